using Surety.Device;
using Surety.Lwm2m.Client;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Connect;

namespace Surety.Server.Tests.Connect;

/// <summary>One server that devices reach without security, for the tests of a class. Each test takes an account of its own, which gets the devices.</summary>
public class DeviceServerFixture : IAsyncLifetime
{
    public static readonly string[] Arguments = ["--Surety:Lwm2m:Coap=127.0.0.1:0", "--Surety:Lwm2m:CoapTcp=127.0.0.1:0"];

    public TestServer Server { get; private set; } = null!;

    /// <summary>Arguments beyond those that let devices in.</summary>
    internal IReadOnlyList<string> More { get; init; } = [];

    internal ShiftedTime Time { get; } = new();

    internal int CoapPort => PortOf(Server, "coap");

    internal int TcpPort => PortOf(Server, "coap+tcp");

    internal static int PortOf(TestServer server, string scheme) => server.Service<DeviceEndpoints>().All.Single(endpoint => endpoint.Scheme == scheme).LocalEndPoint.Port;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(Time, [.. Arguments, .. More, .. await DatabaseAsync()]);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Settings of the database; none: SQLite.</summary>
    private protected virtual ValueTask<string[]> DatabaseAsync() => new([]);

    /// <summary>A new account: devices that register from now on are its own.</summary>
    internal async Task<Application> NewAccountAsync()
    {
        var (account, key) = await Server.Service<AccountService>().CreateAsync("Tenant", null, TestContext.Current.CancellationToken);
        Server.Service<DeviceAdmission>().LaboratoryAccount = account;
        return new Application(Server.Client(key));
    }

    /// <summary>Another application of the same account.</summary>
    internal async Task<Application> NewApplicationAsync(Application of)
    {
        var key = (await of.Client.PostAsync("/v3/api-keys", "{\"name\":\"another\"}")).Text("key");
        return new Application(Server.Client(key));
    }

    internal Task<ScriptedDevice> RegisterAsync(string query = "", string links = ScriptedDevice.Links) => new ScriptedDevice(CoapPort).RegisterAsync(query, links);

    /// <summary>Time passes until a device in queue mode listens no more (LwM2M Core 6.5).</summary>
    internal void LetDevicesSleep() => Time.PutForward(TimeSpan.FromSeconds(94));

    /// <summary>The device of the SDK, registered.</summary>
    internal async Task<DeviceHost> StartDeviceAsync(string name, Func<DeviceHostBuilder, DeviceHostBuilder>? configure = null)
    {
        var builder = DeviceHost.CreateBuilder().UseEndpointName(name).UseServer($"coap://127.0.0.1:{CoapPort}")
            .Add(new Lwm2mObject(3303)).Add(new Lwm2mObject(3341) { AllowsCreate = true, AllowsDelete = true });
        var device = (configure?.Invoke(builder) ?? builder).Build();
        device.Objects.Find(3303)!.Add(new ObjectInstance(3303) { [5700] = 21.5 });
        device.Start();
        await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return device;
    }

    internal static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(5, patience.Token);
    }

    internal static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(20, patience.Token);
    }
}
