using System.Text;
using Org.BouncyCastle.Tls;
using Surety.Dtls;
using BcSuite = Org.BouncyCastle.Tls.CipherSuite;

namespace Surety.Interop.Tests.Dtls;

/// <summary>BouncyCastle's DTLS in this process: the only packaged implementation with Connection ID (RFC 9146) to be had.</summary>
public sealed class BouncyCastleTests
{
    private static readonly byte[] ConnectionId = [0xC0, 0xFF, 0xEE];

    public static TheoryData<int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<int, bool>();
            foreach (int suite in new[]
            {
                BcSuite.TLS_PSK_WITH_AES_128_CCM_8, BcSuite.TLS_PSK_WITH_AES_128_CCM, BcSuite.TLS_PSK_WITH_AES_128_GCM_SHA256, BcSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256,
                BcSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256, BcSuite.TLS_PSK_WITH_AES_128_CBC_SHA256, BcSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256,
            })
            {
                cases.Add(suite, true);
                cases.Add(suite, false);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Its_client_is_served_with_and_without_Connection_ID(int suite, bool cid)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        using var transport = new BouncyCastleTransport(server.Port);
        await Task.Run(() =>
        {
            DtlsTransport session = new DtlsClientProtocol().Connect(new BouncyCastleClient(suite, cid ? ConnectionId : null), transport);
            Talk(session);
            session.Close();
        });
        DtlsSession ours = await server.WaitForSessionAsync();
        Assert.Equal(cid, ours.HasConnectionId);
        Assert.Equal(suite, (int)ours.CipherSuite);
        await server.WaitAsync(() => server.Closed.Count == 1);
    }

    [Fact]
    public async Task Its_client_goes_on_from_a_new_port_without_a_handshake()
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        using var transport = new BouncyCastleTransport(server.Port);
        await Task.Run(() =>
        {
            DtlsTransport session = new DtlsClientProtocol().Connect(new BouncyCastleClient(BcSuite.TLS_PSK_WITH_AES_128_CCM_8, []), transport);
            Talk(session);
            transport.Rebind();
            Talk(session);
        });
        Assert.Equal(1, server.Engine.Statistics.Handshakes);
        Assert.Equal(1, server.Engine.Statistics.AddressChanges);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Its_server_is_spoken_to_with_and_without_Connection_ID(int suite, bool cid)
    {
        await using var client = new DtlsUdpHost(null);
        using var transport = new BouncyCastleTransport(0);
        client.Connect(transport.Port, new()
        {
            PreSharedKey = new("device-1"u8.ToArray(), DtlsCredentials.Psk), OfferConnectionId = cid, CipherSuites = [(System.Net.Security.TlsCipherSuite)suite],
        });
        Task<string> received = Task.Run(() =>
        {
            DtlsTransport session = new DtlsServerProtocol().Accept(new BouncyCastleServer(suite, cid ? ConnectionId : null), transport);
            session.Send("hello from BouncyCastle"u8);
            byte[] buffer = new byte[100];
            return Encoding.ASCII.GetString(buffer, 0, session.Receive(buffer, 0, buffer.Length, 20_000));
        });
        DtlsSession ours = await client.WaitForSessionAsync();
        Assert.Equal(cid, ours.HasConnectionId);
        await client.WaitForTextAsync("hello from BouncyCastle");
        client.Send("hello from Surety");
        Assert.Equal("hello from Surety", await received);
    }

    private static void Talk(DtlsTransport session)
    {
        byte[] buffer = new byte[100];
        session.Send("hello"u8);
        int length = session.Receive(buffer, 0, buffer.Length, 20_000);
        Assert.Equal("hello from Surety\n", Encoding.ASCII.GetString(buffer, 0, Math.Max(length, 0)));
    }
}
