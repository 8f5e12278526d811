using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Surety.Pki;

namespace Surety.EndToEnd.Tests;

/// <summary>samples/EnrolledDevice as a process: a device with the identity of its factory, whose power may be cut. Its folder stays.</summary>
internal sealed partial class EnrolledDeviceProcess : IAsyncDisposable
{
    private readonly string _bootstrapServer;
    private readonly string _factory;
    private readonly string _authority;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private Process? _process;
    private int _start;

    /// <param name="name">Endpoint name.</param>
    /// <param name="factory">Makes the factory identity.</param>
    /// <param name="bootstrapServer">URI.</param>
    /// <param name="server">Whose authority the device believes.</param>
    public EnrolledDeviceProcess(string name, CertificateAuthority factory, string bootstrapServer, SuretyProcess server)
    {
        Name = name;
        _bootstrapServer = bootstrapServer;
        _authority = Path.Combine(server.DataDirectory, "ca", "ca.pem");
        _factory = Directory.CreateTempSubdirectory("surety-device-").FullName;
        using X509Certificate2 identity = factory.IssueWithNewKey(CertificateProfile.Device(new CertificateSubject(name), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(365))));
        using ECDsa key = identity.GetECDsaPrivateKey()!;
        PemFiles.WriteCertificates(Path.Combine(_factory, "factory.pem"), [identity]);
        PemFiles.WritePrivateKey(Path.Combine(_factory, "factory.key"), key);
        Store = Path.Combine(_factory, "store");
    }

    public string Name { get; }

    /// <summary>The folder of its identity store.</summary>
    public string Store { get; }

    /// <summary>Renews whenever it has registered.</summary>
    public bool RenewsAlways { get; set; }

    /// <summary>Serial numbers of the certificates that it has stored, in hexadecimal.</summary>
    public IReadOnlyList<string> Stored
    {
        get
        {
            lock (_lock)
                return [.. _lines.Select(line => StoredCertificate().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];
        }
    }

    public string Output
    {
        get
        {
            lock (_lock)
                return $"{Name}:\n{string.Join('\n', _lines.TakeLast(60))}\n";
        }
    }

    /// <summary>Power on.</summary>
    public void Start()
    {
        lock (_lock)
            _start = _lines.Count;
        var start = new ProcessStartInfo(
            "dotnet",
            [SuretyProcess.Metadata("EnrolledDevice"), _bootstrapServer, Path.Combine(_factory, "factory.pem"), Path.Combine(_factory, "factory.key"), _authority, Store])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Power off: SIGKILL.</summary>
    public async Task CutPowerAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public void Renew()
    {
        try
        {
            _process?.StandardInput.WriteLine("renew");
        }
        catch (IOException)
        {
            // Its power was cut in this moment.
        }
    }

    /// <summary>How often the device has said something since its power came.</summary>
    public int CountSinceStart(string text)
    {
        lock (_lock)
            return _lines.Skip(_start).Count(line => line.Contains(text, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await CutPowerAsync();
        Directory.Delete(_factory, recursive: true);
    }

    // DeviceEnrollment's log entry 4010, which is written when the certificate is on disk.
    [GeneratedRegex("^4010: .*serial number ([0-9A-F]+)")]
    private static partial Regex StoredCertificate();

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_lock)
            _lines.Add(line);
        if (RenewsAlways && line.StartsWith("Registered", StringComparison.Ordinal))
            Renew();
    }
}
