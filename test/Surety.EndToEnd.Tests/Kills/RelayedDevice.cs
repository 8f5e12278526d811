using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Device;
using Surety.Lwm2m.Client;
using Surety.Testing;

namespace Surety.EndToEnd.Tests.Kills;

/// <summary>A device of the SDK, on its way from the factory to the server, behind a <see cref="Relay"/>.</summary>
internal sealed class RelayedDevice : IAsyncDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan FirstStep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("surety-kill-").FullName;
    private readonly ListLogger _log = new();
    private readonly X509Certificate2 _factory;
    private readonly X509Certificate2 _authority;
    private readonly int _port;
    private DeviceHost? _host;

    /// <param name="factory">Its identity from the factory.</param>
    /// <param name="authority">Whose servers it believes.</param>
    /// <param name="relay">Its way to the bootstrap server and to the server.</param>
    /// <param name="bootstrapPort">The bootstrap server's.</param>
    public RelayedDevice(X509Certificate2 factory, X509Certificate2 authority, Relay relay, int bootstrapPort)
    {
        _factory = factory;
        _authority = authority;
        _port = relay.Open(Line, bootstrapPort);
        Name = factory.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        Flash = new Flash(_folder);
        Time = new SteppedTime();
    }

    public string Name { get; }

    public Line Line { get; } = new();

    public Flash Flash { get; private set; }

    public SteppedTime Time { get; private set; }

    /// <summary>The fingerprint of the certificate that it has enrolled and that has worked.</summary>
    public string? Fingerprint => _host?.OperationalIdentity is { } identity ? Convert.ToHexStringLower(SHA256.HashData(identity.Certificate.RawData)) : null;

    /// <summary>It is registered, with a certificate that has worked, and is about nothing else.</summary>
    public bool IsSettled => _host is { IsRegistered: true } && Has("operational.pem") && !Has("candidate.pem") && Has("time") && Has("state.json");

    public string Output => $"{Name}: {State} {string.Join(' ', Directory.GetFiles(_folder).Select(Path.GetFileName))}\n  {string.Join("\n  ", _log.Lines.TakeLast(25))}\n";

    /// <summary>Power on.</summary>
    public void Start()
    {
        // At a desk nobody waits for half a minute.
        var retry = new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(4) };
        _host = DeviceHost.CreateBuilder()
            .UseFactoryIdentity(DeviceIdentity.From(_factory))
            .UseBootstrapServer($"coaps://{Relay.Host}:{_port}")
            .UseIdentityStore(Flash)
            .UseStateStore(Flash)
            .Trust([_authority])
            .UseTime(Time)
            .LogTo(_log)
            .Configure(options => options with { Retry = retry, BootstrapRetry = retry })
            .Build();
        _host.Start();
    }

    /// <summary>The power goes at a datagram.</summary>
    public void DieAt(Cut cut) => Line.Begin(cut, Flash.Die);

    /// <summary>The power goes when the disk has done so many steps.</summary>
    public void DieAfter(int steps)
    {
        Line.Begin(null);
        Flash.OnDead = Line.Kill;
        Flash.Begin(steps);
    }

    /// <summary>The power was away, and is back: what is on the disk is all that is left.</summary>
    public async Task RestartAsync()
    {
        // Whatever it still does finds neither disk nor line.
        Flash.Die();
        await _host!.DisposeAsync();
        Line.Begin(null);
        Flash = new Flash(_folder);
        Time = new SteppedTime();
        Start();
    }

    /// <summary>
    /// Steps through the times in which the device waits for what will not come, or before it tries again. What it begins then is with a server that
    /// lives, and takes its time.
    /// </summary>
    public async Task DriveAsync(Func<bool> isDone, CancellationToken cancellationToken)
    {
        TimeSpan step = FirstStep;
        string state = State;
        long since = TimeProvider.System.GetTimestamp();
        bool isAnew = false;
        while (!isDone())
        {
            await Task.Delay(40, cancellationToken);
            bool isWaiting = State.Contains("Retrying", StringComparison.Ordinal);
            isAnew |= isWaiting || Line.Counts.ToDevice > 0;
            if (State != state || Line.Silence < Quiet)
            {
                state = State;
                since = TimeProvider.System.GetTimestamp();
                step = FirstStep;
            }

            if (TimeProvider.System.GetElapsedTime(since) < (isAnew && !isWaiting ? Patience : Quiet))
                continue;
            Time.Step(step);
            Line.Wake();
            step = step * 2 < LongestStep ? step * 2 : LongestStep;
        }
    }

    /// <summary>Speaks to its server.</summary>
    public void Update() => _host!.Client.RequestUpdate();

    public async ValueTask DisposeAsync()
    {
        Line.Kill();
        if (_host is not null)
            await _host.DisposeAsync();
        _factory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string State => _host is null ? "off" : $"{string.Join(", ", _host.Client.Servers)} {_host.Client.Bootstrap.State}";

    private bool Has(string file) => File.Exists(Path.Combine(_folder, file));
}
