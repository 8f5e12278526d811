using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Bootstrap;

/// <summary>The same on PostgreSQL.</summary>
public sealed class PostgresBootstrapKeyFixture(PostgresCluster cluster) : BootstrapKeyFixture
{
    private protected override async ValueTask<string[]> SettingsAsync() =>
        ["--Surety:Database:Provider=Postgres", $"--Surety:Database:ConnectionString={await cluster.CreateDatabaseAsync()}"];
}
