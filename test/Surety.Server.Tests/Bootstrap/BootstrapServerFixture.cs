namespace Surety.Server.Tests.Bootstrap;

/// <summary>A server with bootstrap and LwM2M ports, for the tests of a class.</summary>
public class BootstrapServerFixture : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(
    [
        "--Surety:Lwm2m:Coaps=127.0.0.1:0", "--Surety:Lwm2m:CoapsTcp=127.0.0.1:0", "--Surety:Bootstrap:Coaps=127.0.0.1:0", "--Surety:Bootstrap:CoapsTcp=127.0.0.1:0",
        .. await SettingsAsync(),
    ]);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual ValueTask<string[]> SettingsAsync() => new(["--Surety:PublicHost=iot.example.org"]);
}
