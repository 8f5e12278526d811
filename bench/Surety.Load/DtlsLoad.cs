using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Surety.Coap;
using Surety.Dtls;

namespace Surety.Load;

/// <summary>The DTLS side of the server under load.</summary>
internal sealed class DtlsLoad : IPreSharedKeyStore
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    public static DtlsCoapEndpoint Open(IPEndPoint address, ICoapHandler handler, string? certificates)
    {
        TlsServerOptions? tls = certificates is null ? null : new()
        {
            Certificate = new TlsCertificate(X509Certificate2.CreateFromPemFile(Path.Combine(certificates, "server.crt"), Path.Combine(certificates, "server.key"))),
            ClientTrust = new CertificateTrust { Anchors = [X509CertificateLoader.LoadCertificateFromFile(Path.Combine(certificates, "ca.crt"))] },
        };
        return DtlsCoapEndpoint.Open(address, handler, tls: tls, dtls: Options);
    }

    /// <summary>All sessions as bytes, and again as sessions, in an endpoint of its own: seconds of each, bytes of one.</summary>
    public static async Task<CoapResponse> SaveAndRestoreAsync(DtlsCoapEndpoint endpoint, ICoapHandler handler)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<byte[]> saved = await endpoint.SaveAsync();
        double saving = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        await using var restored = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), handler, dtls: Options, saved: saved);
        double restoring = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long bytes = saved.Sum(session => (long)session.Length);
        string text = string.Create(CultureInfo.InvariantCulture, $"{restored.SessionCount} {saving:F3} {restoring:F3} {(double)bytes / saved.Count:F0}");
        return new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, Encoding.UTF8.GetBytes(text));
    }

    public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(Key);

    private static DtlsCoapOptions Options { get; } = new() { PreSharedKeys = new DtlsLoad() };
}
