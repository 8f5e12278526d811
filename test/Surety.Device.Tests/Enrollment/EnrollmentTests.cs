using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Lwm2m.Client;
using Surety.Pki;
using Surety.Testing;

namespace Surety.Device.Tests;

/// <summary>The way of a device from the factory to its server, over DTLS, and what happens when the power is cut on it.</summary>
public sealed class EnrollmentTests : IAsyncDisposable
{
    private static readonly byte[] RenewOrder = [0, 1, 0, 6, .. "LWM2M\0"u8];

    private readonly string _folder = Directory.CreateTempSubdirectory("surety-enrolment").FullName;
    private readonly ListLogger _log = new();
    private ScriptedPlatform _platform = new();
    private DeviceIdentity? _factory;

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task From_the_factory_to_the_server_with_a_key_made_on_the_device()
    {
        await using DeviceHost device = Start();
        await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(["/bs", "/est/crts", "/est/sen", "/rd"], _platform.Requests);
        Assert.Equal("CN=meter-1, OU=0123456789abcdef, L=fedcba98", _platform.Subjects.Single());
        await TestServer.UntilAsync(() => File.Exists(PathOf("operational.pem")));
        Assert.Equal(_platform.Registered.Single(), device.OperationalIdentity!.Certificate.SerialNumber);
        Assert.False(File.Exists(PathOf("candidate.pem")) || File.Exists(PathOf("candidate.key")));
        if (!OperatingSystem.IsWindows())
        {
            // What is being written takes its name, and its mode along, in the next moment.
            foreach (string file in Directory.GetFiles(_folder).Where(file => !file.EndsWith(".new", StringComparison.Ordinal)))
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task After_a_restart_it_needs_neither_bootstrap_nor_enrolment()
    {
        await RegisterOnceAsync();
        _platform.Requests.Clear();

        await using DeviceHost again = Start();
        await again.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal("/rd/1", Assert.Single(_platform.Requests));
    }

    [Fact]
    public async Task A_server_orders_a_renewal_and_the_new_certificate_takes_over_when_it_has_worked()
    {
        await using DeviceHost device = await RegisterAsync();
        string first = device.OperationalIdentity!.Certificate.SerialNumber;

        CoapResponse answer = await OrderAsync(RenewOrder);

        Assert.Equal("2.04 0", $"{answer.Code} {answer.Text}");
        Assert.Contains("/est/sren", _platform.Requests);
        await TestServer.UntilAsync(() => device.OperationalIdentity!.Certificate.SerialNumber != first);
        Assert.Equal(device.OperationalIdentity!.Certificate.SerialNumber, _platform.Registered.Last());
    }

    [Fact]
    public async Task Orders_that_cannot_be_followed_are_answered_with_their_number()
    {
        await using DeviceHost device = await RegisterAsync();

        Assert.Equal("1284", (await OrderAsync([0, 1, 0, 4, .. "Foo\0"u8])).Text);
        Assert.Equal("1286", (await OrderAsync([0, 1, 0, 99])).Text);
        Assert.Equal("1286", (await OrderAsync([])).Text);
        Assert.Equal("1286", (await OrderAsync([0, 2, 0, 0, .. RenewOrder])).Text);
        _platform.ForgetsKey = true;
        Assert.Equal("1287", (await OrderAsync(RenewOrder)).Text);
        _platform.ForgetsKey = false;
        // What is marked as optional is passed over.
        Assert.Equal("0", (await OrderAsync([0x80, 2, 0, 1, 7, .. RenewOrder])).Text);
    }

    [Fact]
    public async Task A_new_certificate_that_does_not_work_gives_way_to_the_old_one()
    {
        await using DeviceHost device = await RegisterAsync();
        string first = device.OperationalIdentity!.Certificate.SerialNumber;
        _platform.Registered.Clear();
        // The server will not have whatever is issued next.
        using var watch = new Timer(_ => RefuseAllBut(first), null, 0, 1);
        Assert.Equal("0", (await OrderAsync(RenewOrder)).Text);

        await TestServer.UntilAsync(() => _platform.Registered.Contains(first) && !File.Exists(PathOf("candidate.pem")));

        Assert.Equal(first, device.OperationalIdentity!.Certificate.SerialNumber);
    }

    [Fact]
    public async Task When_no_certificate_works_the_factory_identity_and_a_bootstrap_do()
    {
        await using (DeviceHost device = await RegisterAsync())
            _platform.Refused[device.OperationalIdentity!.Certificate.SerialNumber] = true;
        _platform.Requests.Clear();

        await using DeviceHost again = Start();
        await again.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Contains("/bs", _platform.Requests);
        Assert.Contains("/est/sen", _platform.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_power_cut_at_any_step_of_the_enrolment_is_recovered_from(int steps)
    {
        var files = new CutFiles(_folder, steps);
        await using (DeviceHost device = Start(files))
            await TestServer.UntilAsync(() => files.IsCut);

        await RegisterOnceAsync();

        Assert.True(File.Exists(PathOf("operational.pem")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_power_cut_at_any_step_of_a_renewal_is_recovered_from(int steps)
    {
        await RegisterOnceAsync();
        var files = new CutFiles(_folder, int.MaxValue);
        await using (DeviceHost device = Start(files))
        {
            await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await TestServer.UntilAsync(() => files.Steps > 0);
            files.CutAfter(steps);
            _ = device.RenewCertificateAsync(TestContext.Current.CancellationToken).ContinueWith(static done => done.Exception, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
            await TestServer.UntilAsync(() => files.IsCut);
        }

        await using DeviceHost again = Start();
        await again.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await TestServer.UntilAsync(() => !File.Exists(PathOf("candidate.pem")) && _platform.Registered.Last() == again.OperationalIdentity!.Certificate.SerialNumber);
    }

    [Fact]
    public async Task A_device_that_nobody_has_claimed_says_by_what_it_is_claimed()
    {
        _platform.Refusal = CoapResponse.Error(CoapCode.Forbidden, "nobody has claimed this device");
        await using DeviceHost device = Start();
        await TestServer.UntilAsync(() => device.Client.Bootstrap.State == BootstrapState.Retrying || device.Client.Bootstrap.LastRefusal == CoapCode.Forbidden);
        await TestServer.UntilAsync(() => _log.Lines.Any(entry => entry.Contains("A-", StringComparison.Ordinal)));

        string fingerprint = string.Join(':', SHA256.HashData(_factory!.Certificate.RawData).Select(octet => Convert.ToHexString([octet])));
        Assert.Equal("A-" + fingerprint, device.EnrollmentId);
        Assert.Equal(97, device.EnrollmentId!.Length);
        string line = _log.Lines.First(entry => entry.Contains(device.EnrollmentId, StringComparison.Ordinal));
        Assert.Contains("nobody has claimed this device", line, StringComparison.Ordinal);
        _platform.Refusal = null;
        await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(40)]
    public async Task A_clock_that_is_wrong_by_years_is_set_by_the_bootstrap(int years)
    {
        await _platform.DisposeAsync();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        // Valid for a year around now: neither in the device's past nor in its future.
        _platform = new ScriptedPlatform(new ValidityPeriod(now.AddDays(-180), now.AddDays(180))) { Time = now };

        await using DeviceHost device = Start(time: new ShiftedTime(TimeSpan.FromDays(365 * years)));
        await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Contains("/rd", _platform.Requests);
    }

    private async Task RegisterOnceAsync()
    {
        await using DeviceHost device = await RegisterAsync();
        await device.StopAsync(deregister: false, TestContext.Current.CancellationToken);
    }

    private async Task<DeviceHost> RegisterAsync()
    {
        DeviceHost device = Start();
        await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await TestServer.UntilAsync(() => File.Exists(PathOf("operational.pem")) && !File.Exists(PathOf("candidate.pem")) && File.Exists(PathOf("time")) && File.Exists(PathOf("state.json")));
        return device;
    }

    private DeviceHost Start(IdentityFiles? files = null, TimeProvider? time = null)
    {
        _factory ??= _platform.MakeFactoryIdentity("meter-1");
        DeviceHostBuilder builder = DeviceHost.CreateBuilder()
            .UseFactoryIdentity(_factory)
            .UseBootstrapServer(_platform.BootstrapUri)
            .UseIdentityStore(_folder)
            .Trust([_platform.ServerAuthority.Certificate])
            .LogTo(_log)
            .Configure(options => options with
            {
                Retry = new RetryPolicy { InitialDelay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(100) },
                BootstrapRetry = new RetryPolicy { InitialDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(200) },
            });
        if (files is not null)
            builder.UseIdentityStore(files);
        if (time is not null)
            builder.UseTime(time);
        DeviceHost device = builder.Build();
        device.Start();
        return device;
    }

    private Task<CoapResponse> OrderAsync(byte[] payload) =>
        _platform.Device.SendAsync(new CoapRequest(CoapCode.Post, "/35011/0/27002") { ContentFormat = ContentFormat.TextPlain, Payload = payload }, TestContext.Current.CancellationToken);

    private void RefuseAllBut(string serial)
    {
        try
        {
            if (File.Exists(PathOf("candidate.pem")))
            {
                using X509Certificate2 candidate = X509Certificate2.CreateFromPem(File.ReadAllText(PathOf("candidate.pem")));
                if (candidate.SerialNumber != serial)
                    _platform.Refused[candidate.SerialNumber] = true;
            }
        }
        catch (Exception e) when (e is IOException or CryptographicException)
        {
            // Gone meanwhile.
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Does so many steps, and then nothing more: the power is gone.</summary>
    private sealed class CutFiles(string folder, int steps) : IdentityFiles(folder)
    {
        private int _left = steps;

        public bool IsCut { get; private set; }

        public int Steps { get; private set; }

        public void CutAfter(int steps) => Volatile.Write(ref _left, steps);

        public override void Write(string name, string text)
        {
            Step();
            base.Write(name, text);
        }

        public override void Rename(string from, string to)
        {
            Step();
            base.Rename(from, to);
        }

        public override void Delete(string name)
        {
            Step();
            base.Delete(name);
        }

        private void Step()
        {
            if (Interlocked.Decrement(ref _left) < 0)
            {
                IsCut = true;
                throw new IOException("the power is gone");
            }

            Steps++;
        }
    }

    private sealed class ShiftedTime(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
