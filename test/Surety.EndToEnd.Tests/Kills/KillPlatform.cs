using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Surety.EndToEnd.Tests.Pelion;
using Surety.Pki;

namespace Surety.EndToEnd.Tests.Kills;

/// <summary>A server that is killed, a relay before it, and devices of a factory that are claimed each by its fingerprint.</summary>
public sealed class KillPlatform : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly PelionServer _server = new("--Surety:PublicHost", Relay.Host, "--Surety:Est:EnrollmentsPerHour", "100000");
    private readonly ConcurrentBag<RelayedDevice> _devices = [];
    private Relay _relay = null!;
    private CertificateAuthority _factory = null!;
    private X509Certificate2 _authority = null!;

    internal CertificateRecords Records => new(_server.DataDirectory);

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _relay = new Relay(_server.CoapsPort);
        _factory = await _server.TrustFactoryAsync();
        _authority = PemFiles.ReadCertificates(Path.Combine(_server.DataDirectory, "ca", "ca.pem"))[0];
        // What claims need of the server is fetched once.
        await MakeAsync("first");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RelayedDevice device in _devices)
            await device.DisposeAsync();
        await _relay.DisposeAsync();
        await _server.DisposeAsync();
        _factory.Dispose();
        _authority.Dispose();
    }

    /// <summary>A device that is claimed and off.</summary>
    internal async Task<RelayedDevice> MakeAsync(string name)
    {
        PelionCredentials credentials = await _server.ClaimedAsync(_factory, name);
        var device = new RelayedDevice(credentials.Identity.Certificate, _authority, _relay, _server.BootstrapPort);
        _devices.Add(device);
        return device;
    }

    /// <summary>SIGKILL of the server, and its start. The devices' ways to it are whole again.</summary>
    /// <param name="devices">The devices.</param>
    /// <param name="acknowledged">One that was cut at what it says last: it is answered, from the log of registrations, before the server dies with nothing of it in the database.</param>
    internal async Task KillServerAsync(IReadOnlyCollection<RelayedDevice> devices, RelayedDevice acknowledged)
    {
        using (Records.Lock())
        {
            acknowledged.Line.Begin(null);
            await UntilAsync(acknowledged, () => Task.FromResult(acknowledged.IsSettled));
            Assert.DoesNotContain(Records.Of(acknowledged.Name), record => record.IsConfirmed && record.Fingerprint == acknowledged.Fingerprint);
            await _server.KillAsync();
        }

        foreach (RelayedDevice device in devices)
            device.Line.Begin(null);
        await _server.RestartAsync();
    }

    /// <summary>Orders a renewal.</summary>
    /// <returns>Its id.</returns>
    internal async Task<string> OrderAsync(RelayedDevice device)
    {
        string id = (await _server.DeviceAsync(device.Name, "registered")).GetProperty("id").GetString()!;
        return (await _server.PostAsync($"/v3/devices/{id}/certificates/LWM2M/renew", new { })).GetProperty("id").GetString()!;
    }

    internal async Task<bool> HasRenewedAsync(string renewal)
    {
        JsonElement state = await _server.GetAsync("/v3/certificate-enrollments/" + renewal);
        if (state.GetProperty("enroll_status").GetString() != "completed")
            return false;
        Assert.True(state.GetProperty("enroll_result").GetString() == "success", $"{state}");
        return true;
    }

    /// <summary>Waits for what comes true without a push.</summary>
    internal async Task UntilAsync(RelayedDevice device, Func<Task<bool>> condition)
    {
        using CancellationTokenSource patience = Limit();
        try
        {
            while (!await condition())
                await Task.Delay(PollInterval, patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"It has not come true.\n{device.Output}\n{_server.Output}");
        }
    }

    /// <summary>The device's time runs ahead until something has come true.</summary>
    internal async Task DriveAsync(RelayedDevice device, Func<bool> isDone)
    {
        using CancellationTokenSource patience = Limit();
        try
        {
            await device.DriveAsync(isDone, patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"It has not come true.\n{device.Output}\n{string.Join('\n', _server.Output.Split('\n').TakeLast(40))}");
        }
    }

    /// <summary>
    /// Each device is one device in the directory, and registered; its claim was taken up once, by it; one certificate counts, which is the one that it
    /// has, and which has worked; all that was issued is in the log; and what is told of it is what is told of a device that nothing has happened to.
    /// </summary>
    internal async Task CheckAsync(IReadOnlyCollection<RelayedDevice> devices, RelayedDevice undisturbed)
    {
        foreach (RelayedDevice device in devices)
        {
            // One that was told twice may be at its second renewal.
            await UntilAsync(device, () => Task.FromResult(Records.Of(device.Name).Where(record => record.IsActive).ToList() is [{ IsConfirmed: true } only] && only.Fingerprint == device.Fingerprint));
            await _server.DeviceAsync(device.Name, "registered");
        }

        ILookup<string, JsonElement> records = await ListAsync("/v3/devices", "endpoint_name");
        ILookup<string, JsonElement> claims = await ListAsync("/v3/device-enrollments", "enrolled_device_id");
        ILookup<string, JsonElement> events = await ListAsync("/v3/device-events", "device_id");
        string[] expected = Story(events[IdOf(undisturbed)]);
        foreach (RelayedDevice device in devices)
        {
            string id = IdOf(device);
            Assert.True(claims[id].Count() == 1, $"{device.Name} has taken up {claims[id].Count()} claims.");
            Assert.Equal(JsonValueKind.String, claims[id].Single().GetProperty("claimed_at").ValueKind);
            foreach (var certificate in Records.Of(device.Name))
                await _server.GetAsync("/v3/certificate-log/inclusion?fingerprint=" + certificate.Fingerprint);
            Assert.True(expected.SequenceEqual(Story(events[id])), $"{device.Name}: {string.Join('\n', events[id])}");
        }

        // Of nobody in particular: a claim that was lost, a certificate without a record.
        Assert.Empty(events[""]);
        Assert.Equal(Records.Count(), (await _server.GetAsync("/v3/certificate-log")).GetProperty("tree_size").GetInt32());

        string IdOf(RelayedDevice device)
        {
            JsonElement[] found = [.. records[device.Name]];
            Assert.True(found.Length == 1, $"{device.Name} is {found.Length} devices.");
            return found[0].GetProperty("id").GetString()!;
        }

        static string[] Story(IEnumerable<JsonElement> events) => [.. events.Select(e => e.GetProperty("event_type").GetString()!).Order(StringComparer.Ordinal)];
    }

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return limit;
    }

    private async Task<ILookup<string, JsonElement>> ListAsync(string path, string key)
    {
        JsonElement page = await _server.GetAsync(path + "?limit=1000");
        Assert.False(page.GetProperty("has_more").GetBoolean());
        return page.GetProperty("data").EnumerateArray().ToLookup(item => item.GetProperty(key).GetString() ?? "");
    }
}
