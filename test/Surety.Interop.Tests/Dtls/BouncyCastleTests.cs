using System.Net.Security;
using Surety.Dtls;

namespace Surety.Interop.Tests.Dtls;

/// <summary>BouncyCastle at the other end, in both roles: every suite, and Connection IDs (RFC 9146).</summary>
public sealed class BouncyCastleTests
{
    public static TheoryData<TlsCipherSuite> Suites => [.. DtlsCipherSuites.Default, .. DtlsCipherSuites.Legacy];

    /// <summary>Suites of each kind of cipher; what BouncyCastle wants in records to itself, in hexadecimal: nothing is what small clients want.</summary>
    public static TheoryData<TlsCipherSuite, string> ConnectionIds => new()
    {
        { TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, "" },
        { TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "0102030405" },
        { TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, "01" },
        { TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, "010203" },
        { TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8, "" },
        { TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8, "00112233445566778899AABBCCDDEEFF0011223344556677" },
        { TlsCipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256, "" },
    };

    /// <summary>With a part of the datagrams that is lost: what no other peer has, and one of each other kind.</summary>
    public static TheoryData<TlsCipherSuite, double> SuitesAndLosses => new()
    {
        { TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, 0.1 },
        { TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, 0.3 },
        { TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8, 0.3 },
        { TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256, 0.1 },
        { TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256, 0.3 },
    };

    private static DtlsEngineOptions Impatient => DtlsEngineOptions.Default with
    {
        ClientRetransmission = TimeSpan.FromMilliseconds(300), ServerRetransmission = TimeSpan.FromMilliseconds(500), HandshakeTimeout = TimeSpan.FromSeconds(120),
    };

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Its_client_is_served(TlsCipherSuite suite)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using var client = BouncyCastlePeer.StartClient(server.Port, (int)suite, connectionId: null);
        await TalkAsync(client);
        DtlsSession session = await server.WaitForSessionAsync();
        Assert.Equal(suite, session.CipherSuite);
        Assert.False(session.HasConnectionId);
        Assert.True(session.HasExtendedMasterSecret);
        DtlsCredentials.AssertIsDevice(session);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Its_server_is_spoken_to(TlsCipherSuite suite)
    {
        await using var client = new DtlsUdpHost(null);
        await using var server = BouncyCastlePeer.StartServer((int)suite, connectionId: null);
        client.Connect(server.Port, DtlsCredentials.Client(suite));
        DtlsSession session = await TalkAsync(client, server, 1);
        Assert.Equal(suite, session.CipherSuite);
        Assert.False(session.HasConnectionId);
    }

    [Theory]
    [MemberData(nameof(ConnectionIds))]
    public async Task Its_client_with_a_Connection_ID_changes_its_address_without_a_handshake(TlsCipherSuite suite, string connectionId)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using var network = new UdpProxy(server.Port);
        await using var client = BouncyCastlePeer.StartClient(network.Port, (int)suite, Convert.FromHexString(connectionId));
        await TalkAsync(client);
        DtlsSession session = await server.WaitForSessionAsync();
        Assert.True(session.HasConnectionId);
        int handshake = network.HandshakeDatagrams;
        network.Rebind();
        await TalkAsync(client, 2);
        Assert.Equal(network.ClientPort, session.Address.ToEndPoint().Port);
        Assert.Equal(handshake, network.HandshakeDatagrams);
        Assert.Equal(1, server.Engine.Statistics.AddressChanges);
        Assert.Single(server.Established);
    }

    [Theory]
    [MemberData(nameof(ConnectionIds))]
    public async Task With_its_server_a_Connection_ID_keeps_the_session_over_a_change_of_address(TlsCipherSuite suite, string connectionId)
    {
        await using var client = new DtlsUdpHost(null);
        await using var server = BouncyCastlePeer.StartServer((int)suite, Convert.FromHexString(connectionId));
        await using var network = new UdpProxy(server.Port);
        client.Connect(network.Port, DtlsCredentials.Client(suite));
        DtlsSession session = await TalkAsync(client, server, 1);
        Assert.True(session.HasConnectionId);
        int handshake = network.HandshakeDatagrams;
        network.Rebind();
        await TalkAsync(client, server, 2);
        Assert.Equal(handshake, network.HandshakeDatagrams);
        Assert.Single(client.Established);
    }

    [Theory]
    [MemberData(nameof(SuitesAndLosses))]
    public async Task Its_client_is_served_over_a_bad_network(TlsCipherSuite suite, double loss)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server, options: Impatient);
        await using var network = new UdpProxy(server.Port, loss, reordering: 0.1, duplication: 0.1);
        await using var client = BouncyCastlePeer.StartClient(network.Port, (int)suite, []);
        DtlsSession session = await server.WaitForSessionAsync();
        DtlsCredentials.AssertIsDevice(session);
        await server.WaitAsync(() => client.IsEstablished);
    }

    [Theory]
    [MemberData(nameof(SuitesAndLosses))]
    public async Task Its_server_is_reached_over_a_bad_network(TlsCipherSuite suite, double loss)
    {
        await using var client = new DtlsUdpHost(null, options: Impatient);
        await using var server = BouncyCastlePeer.StartServer((int)suite, [1, 2, 3]);
        await using var network = new UdpProxy(server.Port, loss, reordering: 0.1, duplication: 0.1);
        client.Connect(network.Port, DtlsCredentials.Client(suite));
        DtlsSession session = await client.WaitForSessionAsync();
        Assert.True(session.HasConnectionId);
        await client.WaitAsync(() => server.IsEstablished);
    }

    private static async Task TalkAsync(BouncyCastlePeer client, int time = 1)
    {
        client.Tell($"hello {time}\n");
        await client.WaitForTextAsync("hello from Surety", time);
    }

    private static async Task<DtlsSession> TalkAsync(DtlsUdpHost client, BouncyCastlePeer server, int time)
    {
        DtlsSession session = await client.WaitForSessionAsync();
        client.Send($"message {time}\n");
        await server.WaitForTextAsync($"message {time}");
        await client.WaitForTextAsync(string.Concat(Enumerable.Repeat("hello from BouncyCastle\n", time)));
        return session;
    }
}
