using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Testing;

namespace Surety.Dtls.Tests;

/// <summary>Credentials of all kinds.</summary>
internal static class Keys
{
    public static byte[] Psk { get; } = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");

    public static TestPki Pki => TestPki.Shared;

    public static DtlsCertificate ServerCertificate { get; } = new(Pki.Server, [Pki.Intermediate.Certificate]);

    public static DtlsCertificate DeviceCertificate { get; } = new(Pki.Device("device-1"), [Pki.Intermediate.Certificate]);

    public static ECDsa DeviceRawKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static ECDsa ServerRawKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TrustAnchors Trust { get; } = new([Pki.Root.Certificate.RawData]);

    public static DtlsServerOptions Server(Func<byte[], byte[]?>? psk = null, int maxCachedSessions = 100) => new()
    {
        MaxCachedSessions = maxCachedSessions,
        Certificate = ServerCertificate,
        Verifier = Trust,
        PreSharedKeys = new Store(psk ?? (static identity => identity.AsSpan().SequenceEqual("device-1"u8) ? Psk : null)),
    };

    public static DtlsClientOptions Client() => new() { Certificate = DeviceCertificate, Verifier = Trust, ServerName = "localhost" };

    public static DtlsClientOptions PskClient(string identity = "device-1", byte[]? key = null) =>
        new() { PreSharedKey = new(System.Text.Encoding.ASCII.GetBytes(identity), key ?? Psk) };

    public static DtlsCertificate ToDtls(X509Certificate2 certificate) => new(certificate, [Pki.Intermediate.Certificate]);

    /// <summary>Keys at hand.</summary>
    public sealed class Store(Func<byte[], byte[]?> find) : IPreSharedKeyStore
    {
        public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(find(identity.ToArray()));
    }

    /// <summary>Keys from far away.</summary>
    public sealed class SlowStore : IPreSharedKeyStore
    {
        public TaskCompletionSource<byte[]?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(Answer.Task);
    }
}
