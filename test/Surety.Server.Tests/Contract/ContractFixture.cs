using Surety.Server.Features.Accounts;
using Surety.Server.Features.Connect;
using Surety.Server.Tests.Connect;
using Surety.Server.Tests.Notifications;

namespace Surety.Server.Tests.Contract;

/// <summary>A server that devices reach, and somebody who takes webhooks.</summary>
public sealed class ContractFixture : IAsyncLifetime
{
    private readonly DeviceServerFixture _devices = new();
    private WebhookReceiver _webhooks = null!;

    public TestServer Server => _devices.Server;

    public async ValueTask InitializeAsync()
    {
        await _devices.InitializeAsync();
        _webhooks = await WebhookReceiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _webhooks.DisposeAsync();
        await _devices.DisposeAsync();
    }

    /// <summary>A device that can be connected; none when the operation needs none.</summary>
    internal ScriptedDevice? DeviceFor(ContractOperation operation) => ContractScene.NeedsDevice(operation) ? new ScriptedDevice(_devices.CoapPort) : null;

    /// <summary>An account of its own for one call, with a tenant, and the device if there is one.</summary>
    internal async Task<ContractScene> NewSceneAsync(ScriptedDevice? device)
    {
        var (account, key) = await Server.Service<AccountService>().CreateAsync("Contract", null, TestContext.Current.CancellationToken);
        var (tenant, _) = await Server.Service<AccountService>().CreateAsync("Tenant", account, TestContext.Current.CancellationToken);
        var application = new Application(Server.Client(key));
        string? deviceId = null;
        if (device is not null)
        {
            Server.Service<DeviceAdmission>().LaboratoryAccount = account;
            await device.RegisterAsync();
            deviceId = await application.FindAsync(device.Name);
            (await application.Client.SendAsync(HttpMethod.Put, "/v2/notification/websocket", "{}")).Dispose();
        }

        return new ContractScene(Server, application.Client, tenant.ToString(), deviceId, new Uri(_webhooks.Url));
    }
}
