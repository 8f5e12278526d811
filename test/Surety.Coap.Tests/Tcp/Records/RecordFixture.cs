using System.Net;
using Surety.Testing;

namespace Surety.Coap.Tests.Tcp.Records;

internal static class RecordFixture
{
    private static readonly TestPki Pki = TestPki.Shared;

    public static TcpCoapEndpoint Open(ICoapHandler handler, CoapEndpointOptions? options = null, ListLogger? logger = null, TimeProvider? time = null) => TcpCoapEndpoint.Open(
        new IPEndPoint(IPAddress.Loopback, 0), handler, options,
        new TlsServerOptions
        {
            Certificate = new TlsCertificate(Pki.Server, [Pki.Intermediate.Certificate]),
            ClientTrust = new CertificateTrust { Anchors = [Pki.Root.Certificate], Intermediates = [Pki.Intermediate.Certificate] },
        },
        logger, time);

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(5, patience.Token);
    }
}
