namespace Surety.Server.Tests.Storage;

/// <summary>One server on PostgreSQL for the tests of a class.</summary>
public sealed class PostgresFixture(PostgresCluster cluster) : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(
        "--Surety:Database:Provider=Postgres", $"--Surety:Database:ConnectionString={await cluster.CreateDatabaseAsync()}");

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
