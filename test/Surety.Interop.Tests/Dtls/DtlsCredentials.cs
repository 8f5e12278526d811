using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Surety.Dtls;
using Surety.Testing;

namespace Surety.Interop.Tests.Dtls;

/// <summary>Keys and certificates for both sides, as objects for us and as files for others.</summary>
internal sealed class DtlsCredentials : IDisposable
{
    public const string PskHex = "000102030405060708090a0b0c0d0e0f";

    private readonly string _folder = Directory.CreateTempSubdirectory("surety-dtls").FullName;

    public DtlsCredentials()
    {
        RootFile = Pki.WriteRoot(_folder);
        (ServerFile, ServerKeyFile) = Pki.Write(_folder, "server", Pki.Server);
        (DeviceFile, DeviceKeyFile) = Pki.Write(_folder, "device", Device);
    }

    public static TestPki Pki => TestPki.Shared;

    /// <summary>Made anew each time: BouncyCastle overwrites the one that it was given.</summary>
    public static byte[] Psk => Convert.FromHexString(PskHex);

    public static X509Certificate2 Device { get; } = Pki.Device("device-1");

    public static TrustAnchors Trust { get; } = new([Pki.Root.Certificate.RawData]);

    public string RootFile { get; }

    public string ServerFile { get; }

    public string ServerKeyFile { get; }

    public string DeviceFile { get; }

    public string DeviceKeyFile { get; }

    public static DtlsServerOptions Server => new()
    {
        Certificate = new(Pki.Server, [Pki.Intermediate.Certificate]),
        Verifier = Trust,
        PreSharedKeys = new OneKey(),
        CipherSuites = [.. DtlsCipherSuites.Default, .. DtlsCipherSuites.Legacy],
    };

    /// <summary>A client with the device's certificate, or with the key, as the suite demands.</summary>
    public static DtlsClientOptions Client(TlsCipherSuite suite, bool tickets = true, DtlsResumption? resumption = null) => UsesPsk(suite)
        ? new() { PreSharedKey = new("device-1"u8.ToArray(), Psk), CipherSuites = [suite], RequestTicket = tickets, Resumption = resumption }
        : new()
        {
            Certificate = new(Device, [Pki.Intermediate.Certificate]), Verifier = Trust, ServerName = "localhost", CipherSuites = [suite], RequestTicket = tickets,
            Resumption = resumption,
        };

    public static bool UsesPsk(TlsCipherSuite suite) => suite.ToString().Contains("PSK", StringComparison.Ordinal);

    /// <summary>A client of suites with keys proves that it knows the key, one of the others that it has the certificate.</summary>
    public static void AssertIsDevice(DtlsSession session)
    {
        if (UsesPsk(session.CipherSuite))
            Assert.Equal("device-1"u8, Assert.IsType<PeerCredential.PreSharedKey>(session.Peer).Identity.Span);
        else
            Assert.Equal(Device.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256), Assert.IsType<PeerCredential.Certificate>(session.Peer).Thumbprint.ToArray());
    }

    public string File(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class OneKey : IPreSharedKeyStore
    {
        public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(identity.Span.SequenceEqual("device-1"u8) ? Psk : null);
    }
}
