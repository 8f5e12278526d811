using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Lwm2m.Client;
using Surety.Lwm2m.Server;
using Surety.Pki;

namespace Surety.Device.Tests;

public sealed class DeviceHostTests : IAsyncDisposable
{
    private readonly TestServer _server = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("surety-device").FullName;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_device_without_security_is_a_name_a_server_and_what_it_measures()
    {
        await using DeviceHost device = DeviceHost.CreateBuilder()
            .UseEndpointName("hello")
            .UseServer(_server.Uri)
            .Describe(new DeviceInformation { Manufacturer = "Surety" })
            .Add(new ObjectInstance(3303) { [5700] = 21.5 })
            .Build();
        device.Start();
        await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal("21.5", await _server.ReadAsync("hello", "/3303/0/5700"));
        Assert.Equal("Surety", await _server.ReadAsync("hello", "/3/0/0"));
        Assert.Equal("U", await _server.ReadAsync("hello", "/3/0/16"));
    }

    [Fact]
    public async Task Pem_files_give_a_device_its_identity_and_its_name()
    {
        using X509Certificate2 certificate = _server.Issue("from-pem");
        PemFiles.WriteCertificates(Path.Combine(_folder, "device.pem"), [certificate]);
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        PemFiles.WritePrivateKey(Path.Combine(_folder, "device.key"), key);
        PemFiles.WriteCertificates(Path.Combine(_folder, "ca.pem"), [_server.Authority.Certificate]);

        await using DeviceHost device = DeviceHost.CreateBuilder()
            .UseServer(_server.SecureUri)
            .UseIdentity(Path.Combine(_folder, "device.pem"), Path.Combine(_folder, "device.key"))
            .Trust(Path.Combine(_folder, "ca.pem"))
            .Build();
        device.Start();
        await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal("T", await _server.ReadAsync("from-pem", "/3/0/16"));
    }

    [Fact]
    public async Task A_pkcs12_file_does_as_well()
    {
        using X509Certificate2 certificate = _server.Issue("from-p12");
        string path = Path.Combine(_folder, "device.p12");
        await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pkcs12, "secret"), TestContext.Current.CancellationToken);

        await using DeviceHost device = DeviceHost.CreateBuilder()
            .UseServer(_server.SecureUri)
            .UseIdentity(DeviceIdentity.FromPkcs12(path, "secret"))
            .Trust([_server.Authority.Certificate])
            .Build();
        device.Start();
        await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal("from-p12", device.Client.Options.EndpointName);
        Assert.Throws<CryptographicException>(() => { DeviceIdentity.FromPkcs12(path, "wrong"); });
    }

    [Fact]
    public void A_key_that_belongs_to_another_certificate_is_refused()
    {
        using X509Certificate2 certificate = _server.Issue("a");
        using X509Certificate2 other = _server.Issue("b");
        string certificatePath = Path.Combine(_folder, "a.pem");
        string keyPath = Path.Combine(_folder, "b.key");
        PemFiles.WriteCertificates(certificatePath, [certificate]);
        using ECDsa key = other.GetECDsaPrivateKey()!;
        PemFiles.WritePrivateKey(keyPath, key);

        CryptographicException e = Assert.Throws<CryptographicException>(() => { DeviceIdentity.FromPem(certificatePath, keyPath); });

        Assert.Contains(keyPath, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_said_before_anything_happens()
    {
        DeviceHostBuilder[] incomplete =
        [
            DeviceHost.CreateBuilder().UseEndpointName("x"),
            DeviceHost.CreateBuilder().UseServer(_server.Uri),
            DeviceHost.CreateBuilder().UseEndpointName("x").UseServer("coaps://localhost"),
            DeviceHost.CreateBuilder().UseEndpointName("x").UseServer(_server.SecureUri),
            DeviceHost.CreateBuilder().UseEndpointName("x").UseServer(_server.SecureUri).Trust([_server.Authority.Certificate]),
            DeviceHost.CreateBuilder().UseEndpointName("x").UseServer(_server.Uri).Add(new ObjectInstance(3303)),
        ];
        string[] problems = [.. incomplete.Select(builder => Assert.Throws<InvalidOperationException>(() => { builder.Build(); }).Message)];

        string[] expected = ["UseServer", "UseEndpointName", "Trust", "Trust", "UseIdentity", "5700 (Sensor Value)"];
        Assert.All(problems.Zip(expected), pair => Assert.Contains(pair.Second, pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_state_file_lets_a_restart_go_on()
    {
        string path = Path.Combine(_folder, "state.json");
        string location;
        await using (DeviceHost first = Make())
        {
            first.Start();
            await first.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            location = first.Client.Servers[0].Location!;
            await first.StopAsync(deregister: false, TestContext.Current.CancellationToken);
        }

        await using DeviceHost second = Make();
        second.Start();
        await second.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(location, second.Client.Servers[0].Location);
        Assert.Equal(0, second.Client.Statistics.Registrations);

        DeviceHost Make() => DeviceHost.CreateBuilder().UseEndpointName("restarting").UseServer(_server.Uri).UseStateFile(path).Build();
    }

    [Fact]
    public async Task A_reboot_registers_again_unless_the_application_does_it()
    {
        int reboots = 0;
        await using DeviceHost plain = DeviceHost.CreateBuilder().UseEndpointName("plain").UseServer(_server.Uri).Build();
        await using DeviceHost own = DeviceHost.CreateBuilder().UseEndpointName("own").UseServer(_server.Uri).OnReboot(() =>
        {
            reboots++;
            return Task.CompletedTask;
        }).Build();
        foreach (DeviceHost device in new[] { plain, own })
        {
            device.Start();
            await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        foreach (string name in new[] { "plain", "own" })
            Assert.True((await _server.Server.SendAsync(_server.Find(name), DeviceRequest.Execute(Lwm2m.Lwm2mPath.Parse("/3/0/4")), TestContext.Current.CancellationToken)).IsSuccess);

        await TestServer.UntilAsync(() => plain.Client.Statistics.Registrations == 2 && reboots == 1);
        Assert.Equal(1, own.Client.Statistics.Registrations);
    }

    [Fact]
    public async Task A_device_that_sleeps_speaks_dtls()
    {
        await using DeviceHost device = DeviceHost.CreateBuilder()
            .UseServer(_server.DtlsUri)
            .UseIdentity(DeviceIdentity.From(_server.Issue("over-dtls")))
            .Trust([_server.Authority.Certificate])
            .UseQueueMode(TimeSpan.FromSeconds(20))
            .UseRetry(new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(1) })
            .Build();
        device.Start();
        await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal("U", await _server.ReadAsync("over-dtls", "/3/0/16"));
        Assert.True(_server.Find("over-dtls").QueueMode);
        Assert.Equal(TimeSpan.FromSeconds(20), device.Client.Options.AwakeTime);
        Assert.Equal(TimeSpan.FromSeconds(1), device.Client.Options.Retry.InitialDelay);
    }

    [Fact]
    public async Task Running_ends_with_the_token_and_deregisters()
    {
        using var stop = new CancellationTokenSource();
        var registered = new TaskCompletionSource();
        await using DeviceHost device = DeviceHost.CreateBuilder().UseEndpointName("running").UseServer(_server.Uri).Build();
        device.Registered += _ => registered.TrySetResult();
        Task running = device.RunAsync(stop.Token);
        await registered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(0, _server.Server.Registrations.Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_to_the_application()
    {
        var lost = new TaskCompletionSource<string>();
        await using DeviceHost device = DeviceHost.CreateBuilder().UseEndpointName("alone").UseServer("coap+tcp://127.0.0.1:1").Build();
        device.Lost += (_, problem) => lost.TrySetResult(problem);
        device.Start();

        string problem = await lost.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Contains("127.0.0.1:1", problem, StringComparison.Ordinal);
    }
}
