using Surety.EndToEnd.Tests;

namespace Surety.Client.Tests;

/// <summary>A real server with its five simulated devices, in a process of its own.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    private SuretyProcess _server = null!;

    public Uri Url => _server.Url;

    public string Key => _server.Key;

    public SuretyClient Open(SuretyClientOptions? options = null) => new(Url, SuretyCredential.FromKey(Key), options);

    public async ValueTask InitializeAsync()
    {
        _server = await SuretyProcess.StartAsync(["--demo"]);
        await using SuretyClient client = Open();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await client.Devices.CountAsync(new Filter().Equal("state", "registered"), timeout.Token) < 5)
            await Task.Delay(100, timeout.Token);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>A client with a key, and so a channel, of its own: tests run side by side.</summary>
    internal async Task<SuretyClient> OpenOwnAsync(SuretyClientOptions? options = null)
    {
        await using SuretyClient admin = Open();
        ApiKey mine = await admin.ApiKeys.GetMineAsync();
        ApiKey key = await admin.ApiKeys.CreateAsync(new ApiKeyRequest { Name = "test", Groups = mine.Groups });
        return new SuretyClient(Url, SuretyCredential.FromKey(key.Key!), options);
    }

    internal static async Task<string> FindAsync(SuretyClient client, string endpointName)
    {
        await foreach (Device device in client.Devices.ListAsync(new ListOptions { Filter = new Filter().Equal("endpoint_name", endpointName) }))
            return device.Id;
        throw new InvalidOperationException($"There is no {endpointName}.");
    }
}
