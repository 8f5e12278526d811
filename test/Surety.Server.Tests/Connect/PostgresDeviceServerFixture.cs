using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Connect;

/// <summary>The same on PostgreSQL.</summary>
public sealed class PostgresDeviceServerFixture(PostgresCluster cluster) : DeviceServerFixture
{
    private protected override async ValueTask<string[]> DatabaseAsync() =>
        ["--Surety:Database:Provider=Postgres", $"--Surety:Database:ConnectionString={await cluster.CreateDatabaseAsync()}"];
}
