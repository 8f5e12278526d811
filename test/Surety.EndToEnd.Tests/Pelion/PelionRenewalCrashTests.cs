using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Surety.Pki;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>
/// SIGKILL of the server at each step of a certificate's way: before each message of the device, and between what the server commits. Where two
/// commits follow each other with nothing between that others could see, what a kill there leaves is made of what a kill behind them left.
/// </summary>
public sealed class PelionRenewalCrashTests(PelionServer server) : IClassFixture<PelionServer>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PelionServer _server = server;
    private CertificateAuthority _factory = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CertificateRecords Records => new(_server.DataDirectory);

    public async ValueTask InitializeAsync() => _factory = await _server.TrustFactoryAsync();

    public ValueTask DisposeAsync()
    {
        _factory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_server_is_killed_before_each_message_of_a_renewal_and_the_device_ends_with_one_good_certificate()
    {
        foreach (string victim in new[] { "order", "acknowledge the order", "renew", "report", "connect with the new certificate" })
        {
            var (credentials, device) = await StartAsync("killed-before-" + victim.Replace(' ', '-'));
            PelionIdentity first = device.Identity!;
            await using PelionConversation connection = await device.ConnectAsync();
            await device.UpdateAsync(connection);
            string renewal = await OrderAsync(device);
            KillAt(device, victim);
            await Assert.ThrowsAnyAsync<IOException>(async () =>
            {
                await device.RenewAsync(connection);
                // The last step is the device's alone; the server is gone when it connects.
                await (await device.ConnectAsync()).DisposeAsync();
            });
            await _server.RestartAsync();
            await FinishAsync(device, renewal);
            await CheckAsync(credentials, device, first);
        }
    }

    [Fact]
    public async Task The_server_is_killed_when_it_has_recorded_a_certificate_that_is_in_no_log_yet_and_that_the_device_never_gets()
    {
        var (credentials, device) = await StartAsync("killed-before-the-log");
        PelionIdentity first = device.Identity!;
        await using PelionConversation connection = await device.ConnectAsync();
        await device.UpdateAsync(connection);
        string renewal = await OrderAsync(device);
        byte[] log = Records.ReadLog();
        await LoseCertificateAsync(device, credentials, () => device.RenewAsync(connection));
        Records.WriteLog(log);
        await _server.RestartAsync();

        // The device goes on with what it has, and is told again.
        await FinishAsync(device, renewal);
        await CheckAsync(credentials, device, first);
        Assert.Equal(3, Records.Of(credentials.EndpointName).Count);
    }

    [Fact]
    public async Task The_server_is_killed_when_it_has_recorded_the_first_certificate_of_a_device_and_the_device_enrols_again()
    {
        PelionCredentials credentials = await _server.ClaimedAsync(_factory, "killed-at-first-certificate");
        var device = new PelionDevice(credentials, isReliable: true);
        byte[] log = Records.ReadLog();
        await LoseCertificateAsync(device, credentials, device.BootstrapAsync);
        Records.WriteLog(log);
        await _server.RestartAsync();
        await using (PelionConversation connection = await device.StartAsync())
            await device.UpdateAsync(connection);
        await CheckAsync(credentials, device, null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_server_is_killed_between_the_first_use_of_a_certificate_and_what_it_keeps_of_it(bool isConfirmed)
    {
        var (credentials, device) = await StartAsync("killed-at-first-use-" + (isConfirmed ? "2" : "1"));
        PelionIdentity first = device.Identity!;
        string renewal;
        await using (PelionConversation connection = await device.ConnectAsync())
        {
            await device.UpdateAsync(connection);
            renewal = await OrderAsync(device);
            await device.RenewAsync(connection);
        }

        using (isConfirmed ? null : Records.Lock())
        {
            // An update is acknowledged from the log of registrations; that the certificate has worked is committed behind it.
            await using PelionConversation renewed = await device.ConnectAsync();
            await device.UpdateAsync(renewed);
            if (isConfirmed)
                await UntilAsync(() => Task.FromResult(IsConfirmed(credentials, device)));
            await _server.KillAsync();
        }

        Assert.Equal(isConfirmed, IsConfirmed(credentials, device));
        if (isConfirmed)
        {
            // Between the commit of the certificate and that of the renewal.
            Records.Execute($"UPDATE certificate_enrollments SET status = 0, result = NULL, fingerprint = NULL WHERE hex(id) = '{renewal.ToUpperInvariant()}'");
        }

        await _server.RestartAsync();
        await FinishAsync(device, renewal);
        await CheckAsync(credentials, device, first);
        Assert.Equal(2, Records.Of(credentials.EndpointName).Count);
    }

    [Fact]
    public async Task The_server_is_killed_at_each_step_of_a_campaign_and_the_campaign_completes_with_one_renewal()
    {
        foreach (string victim in new[] { "start", "renewal without the campaign", "order" })
        {
            var (credentials, device) = await StartAsync("campaign-killed-at-" + victim.Replace(' ', '-'));
            PelionIdentity first = device.Identity!;
            await using PelionConversation connection = await device.ConnectAsync();
            await device.UpdateAsync(connection);
            string campaign = (await _server.PostAsync(
                "/v3/certificate-campaigns", new { name = victim, device_filter = "endpoint_name__eq=" + credentials.EndpointName })).GetProperty("id").GetString()!;
            await _server.PostAsync($"/v3/certificate-campaigns/{campaign}/start", new { }, HttpStatusCode.OK);
            string renewals = "/v3/certificate-enrollments?device_id__eq=" + device.Id;
            if (victim != "start")
                await UntilAsync(async () => (await StatisticsAsync(campaign)).GetProperty("ordered").GetInt32() == 1);
            await _server.KillAsync();
            if (victim == "renewal without the campaign")
                Records.Execute($"UPDATE certificate_campaign_devices SET state = 0, enrollment_id = NULL WHERE hex(campaign_id) = '{campaign.ToUpperInvariant()}'");
            await _server.RestartAsync();

            await using PelionConversation again = await device.ConnectAsync();
            await device.UpdateAsync(again);
            await device.RenewAsync(again);
            await using PelionConversation renewed = await device.ConnectAsync();
            await device.UpdateAsync(renewed);
            await UntilAsync(async () => (await _server.GetAsync("/v3/certificate-campaigns/" + campaign)).GetProperty("state").GetString() == "completed");
            Assert.Equal(1, (await StatisticsAsync(campaign)).GetProperty("succeeded").GetInt32());
            Assert.Single((await _server.GetAsync(renewals)).GetProperty("data").EnumerateArray());
            await CheckAsync(credentials, device, first);
            Assert.Equal(2, Records.Of(credentials.EndpointName).Count);
        }
    }

    /// <summary>A device that is registered, and whose first certificate is confirmed.</summary>
    private async Task<(PelionCredentials Credentials, PelionDevice Device)> StartAsync(string name)
    {
        PelionCredentials credentials = await _server.ClaimedAsync(_factory, name);
        // Over TLS a dead server shows at once.
        var device = new PelionDevice(credentials, isReliable: true);
        await (await device.StartAsync()).DisposeAsync();
        await _server.DeviceAsync(name, "registered");
        await UntilAsync(() => Task.FromResult(IsConfirmed(credentials, device)));
        return (credentials, device);
    }

    private async Task<string> OrderAsync(PelionDevice device) =>
        (await _server.PostAsync($"/v3/devices/{device.Id}/certificates/LWM2M/renew", new { })).GetProperty("id").GetString()!;

    private void KillAt(PelionDevice device, string victim) => device.BeforeStep = async step =>
    {
        if (step != victim)
            return;
        device.BeforeStep = static _ => Task.CompletedTask;
        await _server.KillAsync();
    };

    /// <summary>Kills the server when the certificate that the device has asked for is on record, and before the device has it.</summary>
    private async Task LoseCertificateAsync(PelionDevice device, PelionCredentials credentials, Func<Task> work)
    {
        int before = Records.Of(credentials.EndpointName).Count;
        device.InsteadOfCertificate = async () =>
        {
            device.InsteadOfCertificate = null;
            await UntilAsync(() => Task.FromResult(Records.Of(credentials.EndpointName).Count > before));
            await _server.KillAsync();
        };
        await Assert.ThrowsAnyAsync<IOException>(work);
    }

    /// <summary>The device comes back with what it has, does as it is told, and the renewal succeeds.</summary>
    private async Task FinishAsync(PelionDevice device, string renewal)
    {
        async Task<bool> IsCompletedAsync() => (await _server.GetAsync("/v3/certificate-enrollments/" + renewal)).GetProperty("enroll_status").GetString() == "completed";
        Task completed;
        await using (PelionConversation connection = await device.ConnectAsync())
        {
            await device.UpdateAsync(connection);
            completed = UntilAsync(IsCompletedAsync);
            Task renewed = device.RenewAsync(connection);
            if (await Task.WhenAny(completed, renewed) == renewed)
                await renewed;
            else
                _ = renewed.ContinueWith(static t => t.Exception, Token, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        await using (PelionConversation latest = await device.ConnectAsync())
        {
            await device.UpdateAsync(latest);
            await completed;
        }

        Assert.Equal("success", (await _server.GetAsync("/v3/certificate-enrollments/" + renewal)).GetProperty("enroll_result").GetString());
    }

    /// <summary>One record, one certificate that counts, which is the device's; what it had before is refused; and the log holds all that was issued.</summary>
    private async Task CheckAsync(PelionCredentials credentials, PelionDevice device, PelionIdentity? before)
    {
        await UntilAsync(() => Task.FromResult(IsConfirmed(credentials, device)));
        Assert.Equal(device.Id, (await _server.DeviceAsync(credentials.EndpointName, "registered")).GetProperty("id").GetString());
        var records = Records.Of(credentials.EndpointName);
        Assert.Equal([FingerprintOf(device)], records.Where(record => record.IsActive).Select(record => record.Fingerprint));
        foreach (var record in records)
            await _server.GetAsync("/v3/certificate-log/inclusion?fingerprint=" + record.Fingerprint);
        Assert.Equal(Records.Count(), (await _server.GetAsync("/v3/certificate-log")).GetProperty("tree_size").GetInt32());
        if (before is null)
            return;
        PelionIdentity current = device.Identity!;
        device.Identity = before;
        // In TLS 1.2 the client is through before the server has judged it. Then it is told in the layout of RFC 8323, since nobody knows its own yet.
        Exception? refused = await Record.ExceptionAsync(async () =>
        {
            await using PelionConversation connection = await device.ConnectAsync();
            await device.UpdateAsync(connection);
        });
        Assert.True(refused is IOException || (refused is FormatException && refused.Message.Contains(Convert.ToHexString("superseded"u8), StringComparison.Ordinal)), $"{refused}");
        device.Identity = current;
    }

    private bool IsConfirmed(PelionCredentials credentials, PelionDevice device) =>
        Records.Of(credentials.EndpointName).Any(record => record.IsConfirmed && record.Fingerprint == FingerprintOf(device));

    private static string FingerprintOf(PelionDevice device) => Convert.ToHexStringLower(SHA256.HashData(device.Identity!.Certificate.RawData));

    private Task<JsonElement> StatisticsAsync(string campaign) => _server.GetAsync($"/v3/certificate-campaigns/{campaign}/statistics");

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        while (!await condition())
            await Task.Delay(20, patience.Token);
    }
}
