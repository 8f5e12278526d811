using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Surety.Pki;

namespace Surety.EndToEnd.Tests;

/// <summary>SIGKILL of devices and of the server at moments that nobody chose, on the way from the factory to the server and in renewals.</summary>
public sealed class PowerCutTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CertificateAuthority _factory =
        CertificateAuthority.CreateRoot(CertificateProfile.Authority(new CertificateSubject("Factory CA"), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(3650))));

    // Printed with a failure, so that it can be run again as far as processes can.
    private readonly int _seed = new Random().Next();

    [Fact]
    public async Task A_device_whose_power_is_cut_anywhere_ends_registered_with_one_identity_and_one_record()
    {
        const int CutsEach = 7;
        await using SuretyProcess server = await StartServerAsync();
        await TrustFactoryAsync(server);
        EnrolledDeviceProcess[] devices = [.. Enumerable.Range(0, 3).Select(i => new EnrolledDeviceProcess($"cut-{i}", _factory, $"coaps://127.0.0.1:{server.Ports.BootstrapCoaps}", server) { RenewsAlways = true })];
        try
        {
            await Task.WhenAll(devices.Select((device, i) => Task.Run(() => CutAsync(device, new Random(_seed + i), CutsEach))));
            foreach (EnrolledDeviceProcess device in devices)
            {
                device.RenewsAlways = false;
                device.Start();
            }

            await UntilAsync(devices, () => devices.All(device => device.CountSinceStart("Registered with") > 0));
            // A candidate that was interrupted has worked now.
            await UntilAsync(devices, () => devices.All(device => !File.Exists(Path.Combine(device.Store, "candidate.pem"))));
            await CheckAsync(server, devices);

            // What a renewal has left that was cut off serves the next one.
            foreach (EnrolledDeviceProcess device in devices)
                device.Renew();
            await UntilAsync(devices, () => devices.All(device => device.CountSinceStart("Renewed") > 0
                && !File.Exists(Path.Combine(device.Store, "candidate.pem")) && device.CountSinceStart("Registered with") > 1));
            Assert.All(devices, device => Assert.Equal(
                ["authorities.pem", "operational.pem", "state.json", "time"],
                Directory.GetFiles(device.Store).Select(Path.GetFileName).Where(name => !name!.EndsWith(".new", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
            await CheckAsync(server, devices);
        }
        finally
        {
            foreach (EnrolledDeviceProcess device in devices)
                await device.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_a_server_has_issued_is_on_record_when_it_dies_while_devices_enrol()
    {
        const int Cuts = 3;
        SuretyProcess server = await StartServerAsync();
        await TrustFactoryAsync(server);
        var random = new Random(_seed);
        EnrolledDeviceProcess[] devices = [.. Enumerable.Range(0, 3).Select(i => new EnrolledDeviceProcess($"served-{i}", _factory, $"coaps+tcp://127.0.0.1:{server.Ports.BootstrapCoapsTcp}", server) { RenewsAlways = true })];
        try
        {
            foreach (EnrolledDeviceProcess device in devices)
                device.Start();
            for (int i = 0; i < Cuts; i++)
            {
                await Task.Delay(random.Next(300, 2500), TestContext.Current.CancellationToken);
                await server.KillAsync();
                SuretyProcess next = await StartServerAsync(server.DataDirectory, server.Ports);
                server = next;
            }

            foreach (EnrolledDeviceProcess device in devices)
                device.RenewsAlways = false;
            using HttpClient client = server.OpenClient();
            await UntilAsync(devices, async () =>
            {
                foreach (EnrolledDeviceProcess device in devices)
                {
                    if (File.Exists(Path.Combine(device.Store, "candidate.pem")) || !File.Exists(Path.Combine(device.Store, "operational.pem"))
                        || await FindAsync(client, device.Name) is not [var record] || record.GetProperty("state").GetString() != "registered")
                        return false;
                }

                return true;
            });
            await CheckAsync(server, devices);

            // Every certificate that reached a device, used or not.
            HashSet<string> issued = ReadIssued(server);
            Assert.All(devices, device => Assert.NotEmpty(device.Stored));
            Assert.All(devices, device => Assert.Empty(device.Stored.Except(issued, StringComparer.OrdinalIgnoreCase)));
        }
        finally
        {
            foreach (EnrolledDeviceProcess device in devices)
                await device.DisposeAsync();
            await server.DisposeAsync();
        }
    }

    public void Dispose() => _factory.Dispose();

    private static async Task CutAsync(EnrolledDeviceProcess device, Random random, int cuts)
    {
        for (int i = 0; i < cuts; i++)
        {
            device.Start();
            await Task.Delay(random.Next(100, 1700), TestContext.Current.CancellationToken);
            await device.CutPowerAsync();
        }
    }

    /// <summary>One record each, and a certificate on disk that the platform has issued, with its key.</summary>
    private static async Task CheckAsync(SuretyProcess server, EnrolledDeviceProcess[] devices)
    {
        var anchors = new CertificationPathValidator(PemFiles.ReadCertificates(Path.Combine(server.DataDirectory, "ca", "ca.pem")));
        HashSet<string> issued = ReadIssued(server);
        using HttpClient client = server.OpenClient();
        foreach (EnrolledDeviceProcess device in devices)
        {
            JsonElement record = Assert.Single(await FindAsync(client, device.Name));
            Assert.Equal("registered", record.GetProperty("state").GetString());
            string path = Path.Combine(device.Store, "operational.pem");
            // RFC 7030, 4.2.3: the answer to a request is the certificate alone; those above it come from crts.
            X509Certificate2Collection authorities = PemFiles.ReadCertificates(Path.Combine(device.Store, "authorities.pem"));
            // Throws when the key is another one's.
            using X509Certificate2 identity = X509Certificate2.CreateFromPemFile(path);
            Assert.True(identity.HasPrivateKey);
            CertificationPath judged = anchors.Validate(identity, authorities, TimeProvider.System.GetUtcNow(), CertificatePurpose.Client);
            Assert.True(judged.IsValid, judged.Reason);
            Assert.Contains(identity.SerialNumber, issued, StringComparer.OrdinalIgnoreCase);
        }
    }

    private static async Task<JsonElement[]> FindAsync(HttpClient client, string name) =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"/v3/devices?endpoint_name__eq={name}")).GetProperty("data").EnumerateArray()];

    private static HashSet<string> ReadIssued(SuretyProcess server)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "surety.db")};Mode=ReadOnly;Pooling=False");
        database.Open();
        using SqliteCommand command = database.CreateCommand();
        command.CommandText = "SELECT serial_number FROM issued_certificates";
        using SqliteDataReader reader = command.ExecuteReader();
        var serials = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read())
            serials.Add(reader.GetString(0));
        return serials;
    }

    private static Task<SuretyProcess> StartServerAsync(string? dataDirectory = null, Ports? ports = null) =>
        SuretyProcess.StartAsync(["--Surety:PublicHost", "127.0.0.1", "--Surety:Est:EnrollmentsPerHour", "100000"], dataDirectory, ports);

    private async Task TrustFactoryAsync(SuretyProcess server)
    {
        using HttpClient client = server.OpenClient();
        using HttpResponseMessage response = await client.PostAsJsonAsync(
            "/v3/trusted-certificates", new { name = "factory", service = "bootstrap", certificate = _factory.Certificate.ExportCertificatePem() });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private Task UntilAsync(EnrolledDeviceProcess[] devices, Func<bool> condition) => UntilAsync(devices, () => Task.FromResult(condition()));

    private async Task UntilAsync(EnrolledDeviceProcess[] devices, Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!await condition())
        {
            try
            {
                await Task.Delay(50, patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"It has not come true (seed {_seed}).\n{string.Concat(devices.Select(device => $"{device.Output}{string.Join(' ', Directory.GetFiles(device.Store).Select(Path.GetFileName))}\n"))}");
            }
        }
    }
}
