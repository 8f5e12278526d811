using System.Net.Security;
using Surety.Dtls;

namespace Surety.Interop.Tests.Dtls;

/// <summary>mbedTLS and wolfSSL, which most devices have, at the other end, in both roles.</summary>
public sealed class LibraryPeerTests : IDisposable
{
    private const string Mbed = LibraryPeer.MbedTls;
    private const string Wolf = LibraryPeer.WolfSsl;

    private readonly DtlsCredentials _files = new();

    /// <summary>Whatever both have: their names, and ours.</summary>
    public static TheoryData<string, string, TlsCipherSuite> Suites => new()
    {
        { Mbed, "TLS-ECDHE-ECDSA-WITH-AES-128-CCM-8", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 },
        { Mbed, "TLS-ECDHE-ECDSA-WITH-AES-128-CCM", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM },
        { Mbed, "TLS-ECDHE-ECDSA-WITH-AES-128-GCM-SHA256", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 },
        { Mbed, "TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 },
        { Mbed, "TLS-ECDHE-ECDSA-WITH-CHACHA20-POLY1305-SHA256", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 },
        { Mbed, "TLS-ECDHE-ECDSA-WITH-AES-128-CBC-SHA256", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 },
        { Mbed, "TLS-PSK-WITH-AES-128-CCM-8", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8 },
        { Mbed, "TLS-PSK-WITH-AES-128-CCM", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM },
        { Mbed, "TLS-PSK-WITH-AES-128-GCM-SHA256", TlsCipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256 },
        { Mbed, "TLS-PSK-WITH-AES-128-CBC-SHA256", TlsCipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256 },
        { Mbed, "TLS-ECDHE-PSK-WITH-AES-128-CBC-SHA256", TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256 },
        { Wolf, "ECDHE-ECDSA-AES128-CCM-8", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 },
        { Wolf, "ECDHE-ECDSA-AES128-CCM", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM },
        { Wolf, "ECDHE-ECDSA-AES128-GCM-SHA256", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 },
        { Wolf, "ECDHE-ECDSA-AES256-GCM-SHA384", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 },
        { Wolf, "ECDHE-ECDSA-CHACHA20-POLY1305", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 },
        { Wolf, "ECDHE-ECDSA-AES128-SHA256", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 },
        { Wolf, "ECDHE-PSK-AES128-GCM-SHA256", TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256 },
        { Wolf, "ECDHE-PSK-AES128-CBC-SHA256", TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256 },
    };

    /// <summary>One suite of each kind, for all else.</summary>
    public static TheoryData<string, string, TlsCipherSuite> UsualSuites => new()
    {
        { Mbed, "TLS-ECDHE-ECDSA-WITH-AES-128-CCM-8", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 },
        { Mbed, "TLS-PSK-WITH-AES-128-CCM-8", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8 },
        { Wolf, "ECDHE-ECDSA-AES128-CCM-8", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 },
        { Wolf, "ECDHE-PSK-AES128-GCM-SHA256", TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256 },
    };

    /// <summary>Every suite that mbedTLS has, and of wolfSSL those that mbedTLS has not, with a part of the datagrams that is lost.</summary>
    public static TheoryData<string, string, TlsCipherSuite, double> SuitesAndLosses
    {
        get
        {
            var data = new TheoryData<string, string, TlsCipherSuite, double>();
            foreach ((string library, string name, TlsCipherSuite suite) in Suites.Select(row => row.Data))
            {
                if (library != Mbed && UsualSuites.All(row => row.Data.Item2 != name))
                    continue;
                data.Add(library, name, suite, 0.1);
                data.Add(library, name, suite, 0.3);
            }

            return data;
        }
    }

    // Retransmissions are early, so that the tests with losses are quick; and the network between may take its time.
    private static DtlsEngineOptions Impatient => DtlsEngineOptions.Default with
    {
        ClientRetransmission = TimeSpan.FromMilliseconds(300), ServerRetransmission = TimeSpan.FromMilliseconds(500), HandshakeTimeout = TimeSpan.FromSeconds(120),
    };

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Its_client_is_served(string library, string name, TlsCipherSuite suite)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = await LibraryPeer.StartClientAsync(library, server.Port, Arguments(name, suite, isServer: false));
        await TalkAsync(client);
        DtlsSession session = await server.WaitForSessionAsync();
        Assert.Equal(suite, session.CipherSuite);
        Assert.True(session.HasExtendedMasterSecret);
        DtlsCredentials.AssertIsDevice(session);
        await client.TellAsync("close");
        await server.WaitAsync(() => !server.Closed.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Its_server_is_spoken_to(string library, string name, TlsCipherSuite suite)
    {
        await using var client = new DtlsUdpHost(null);
        int port = ForeignProcess.FindFreePorts();
        await using ForeignProcess server = await LibraryPeer.StartServerAsync(library, port, Arguments(name, suite, isServer: true));
        client.Connect(port, DtlsCredentials.Client(suite));
        await TalkAsync(client, server);
        if (!DtlsCredentials.UsesPsk(suite))
            Assert.Contains("CN=device-1", server.Output, StringComparison.Ordinal);
        client.Close();
        await server.WaitForOutputAsync("closed by peer");
    }

    [Theory]
    [InlineData(Mbed, "TLS-ECDHE-ECDSA-WITH-AES-128-CCM-8", false)]
    [InlineData(Mbed, "TLS-ECDHE-ECDSA-WITH-AES-128-CCM-8", true)]
    [InlineData(Mbed, "TLS-PSK-WITH-AES-128-CCM-8", false)]
    [InlineData(Mbed, "TLS-PSK-WITH-AES-128-CCM-8", true)]
    [InlineData(Wolf, "ECDHE-ECDSA-AES128-CCM-8", false)]
    [InlineData(Wolf, "ECDHE-ECDSA-AES128-CCM-8", true)]
    [InlineData(Wolf, "ECDHE-PSK-AES128-GCM-SHA256", false)]
    [InlineData(Wolf, "ECDHE-PSK-AES128-GCM-SHA256", true)]
    public async Task Its_client_resumes_by_id_and_by_ticket(string library, string name, bool tickets)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        TlsCipherSuite suite = name.Contains("PSK", StringComparison.Ordinal) ? TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8 : TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8;
        await using ForeignProcess client = await LibraryPeer.StartClientAsync(library, server.Port, [.. Arguments(name, suite, isServer: false), tickets ? "tickets=1" : "tickets=0"]);
        await TalkAsync(client);
        await client.TellAsync("resume");
        await TalkAsync(client, 2);
        DtlsSession session = await server.WaitForSessionAsync(2);
        Assert.True(session.IsResumed);
        DtlsCredentials.AssertIsDevice(session);
    }

    [Theory]
    [InlineData(Mbed, "TLS-ECDHE-ECDSA-WITH-AES-128-CCM-8", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, false)]
    [InlineData(Mbed, "TLS-ECDHE-ECDSA-WITH-AES-128-CCM-8", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, true)]
    [InlineData(Mbed, "TLS-PSK-WITH-AES-128-CCM-8", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8, false)]
    [InlineData(Mbed, "TLS-PSK-WITH-AES-128-CCM-8", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8, true)]
    [InlineData(Wolf, "ECDHE-ECDSA-AES128-CCM-8", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, false)]
    [InlineData(Wolf, "ECDHE-PSK-AES128-GCM-SHA256", TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256, false)]
    public async Task A_session_with_its_server_is_resumed_by_id_and_by_ticket(string library, string name, TlsCipherSuite suite, bool tickets)
    {
        await using var client = new DtlsUdpHost(null);
        int port = ForeignProcess.FindFreePorts();
        await using ForeignProcess server = await LibraryPeer.StartServerAsync(library, port, [.. Arguments(name, suite, isServer: true), tickets ? "tickets=1" : "tickets=0"]);
        client.Connect(port, DtlsCredentials.Client(suite, tickets));
        DtlsSession first = await client.WaitForSessionAsync();
        await server.WaitForOutputAsync("established");
        Assert.NotNull(first.Resumption);
        client.Close();
        await server.WaitForOutputAsync("listening", 2);
        client.Connect(port, DtlsCredentials.Client(suite, tickets, first.Resumption));
        DtlsSession second = await client.WaitForSessionAsync(2);
        Assert.True(second.IsResumed);
        client.Send("resumed\n");
        await server.WaitForOutputAsync("resumed\n");
    }

    [Theory]
    [MemberData(nameof(SuitesAndLosses))]
    public async Task Its_client_is_served_over_a_bad_network(string library, string name, TlsCipherSuite suite, double loss)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server, options: Impatient);
        await using var network = new UdpProxy(server.Port, loss, reordering: 0.1, duplication: 0.1);
        await using ForeignProcess client = await LibraryPeer.StartClientAsync(library, network.Port, [.. Arguments(name, suite, isServer: false), "timeout=300", "mtu=500"]);
        DtlsSession session = await server.WaitForSessionAsync();
        Assert.Equal(suite, session.CipherSuite);
        DtlsCredentials.AssertIsDevice(session);
        await client.WaitForOutputAsync("established");
    }

    [Theory]
    [MemberData(nameof(SuitesAndLosses))]
    public async Task Its_server_is_reached_over_a_bad_network(string library, string name, TlsCipherSuite suite, double loss)
    {
        await using var client = new DtlsUdpHost(null, options: Impatient);
        int port = ForeignProcess.FindFreePorts();
        await using ForeignProcess server = await LibraryPeer.StartServerAsync(library, port, [.. Arguments(name, suite, isServer: true), "timeout=300", "mtu=500"]);
        await using var network = new UdpProxy(port, loss, reordering: 0.1, duplication: 0.1);
        client.Connect(network.Port, DtlsCredentials.Client(suite));
        DtlsSession session = await client.WaitForSessionAsync();
        Assert.Equal(suite, session.CipherSuite);
        await server.WaitForOutputAsync("established");
    }

    [Theory]
    [MemberData(nameof(UsualSuites))]
    public async Task Its_client_is_not_hurt_by_a_nat_that_forgets_it_once_it_says_hello_again(string library, string name, TlsCipherSuite suite)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using var network = new UdpProxy(server.Port);
        await using ForeignProcess client = await LibraryPeer.StartClientAsync(library, network.Port, Arguments(name, suite, isServer: false));
        await TalkAsync(client);
        DtlsSession first = await server.WaitForSessionAsync();
        Assert.False(first.HasConnectionId);
        int port = first.Address.ToEndPoint().Port;
        network.Rebind();
        long ignored = server.Engine.Statistics.Ignored;
        // Records without Connection ID from an unknown address are nobody's, and the session stays where it was.
        await client.TellAsync("from elsewhere");
        await server.WaitAsync(() => server.Engine.Statistics.Ignored > ignored);
        Assert.Equal(port, first.Address.ToEndPoint().Port);
        await client.TellAsync("resume");
        await TalkAsync(client, 2);
        DtlsSession second = await server.WaitForSessionAsync(2);
        Assert.Equal(network.ClientPort, second.Address.ToEndPoint().Port);
        DtlsCredentials.AssertIsDevice(second);
    }

    [Fact]
    public async Task A_client_of_mbedTLS_whose_ClientHello_does_not_fit_its_path_is_served()
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server, options: Impatient);
        await using var network = new UdpProxy(server.Port, loss: 0.2, reordering: 0.1, duplication: 0.1);
        // All suites that it has; it makes fragments of a hello that it repeats.
        await using ForeignProcess client = await LibraryPeer.StartClientAsync(
            Mbed, network.Port, "ca=" + _files.RootFile, "cert=" + _files.DeviceFile, "key=" + _files.DeviceKeyFile, "mtu=256", "timeout=300");
        DtlsSession session = await server.WaitForSessionAsync();
        DtlsCredentials.AssertIsDevice(session);
        await client.WaitForOutputAsync("established");
        Assert.True(network.HelloFragments > 0);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    public async Task A_client_of_mbedTLS_with_small_records_is_served(int length)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = await LibraryPeer.StartClientAsync(
            Mbed, server.Port, [.. Arguments("TLS-ECDHE-ECDSA-WITH-AES-128-CCM-8", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, isServer: false), $"fragment={length}"]);
        await TalkAsync(client);
        DtlsSession session = await server.WaitForSessionAsync();
        // RFC 6066, 4.
        Assert.Equal(length, session.MaxContent);
    }

    [Fact]
    public async Task A_client_of_mbedTLS_without_the_extended_master_secret_is_served()
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = await LibraryPeer.StartClientAsync(
            Mbed, server.Port, [.. Arguments("TLS-PSK-WITH-AES-128-CCM-8", TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8, isServer: false), "ems=0"]);
        await TalkAsync(client);
        Assert.False((await server.WaitForSessionAsync()).HasExtendedMasterSecret);
    }

    [Theory]
    [InlineData(Mbed, "TLS-PSK-WITH-AES-128-CCM-8")]
    [InlineData(Wolf, "ECDHE-PSK-AES128-GCM-SHA256")]
    public async Task Its_client_with_a_wrong_key_is_refused(string library, string name)
    {
        await using var server = new DtlsUdpHost(DtlsCredentials.Server);
        await using ForeignProcess client = await LibraryPeer.StartClientAsync(library, server.Port, "suite=" + name, "psk=00112233445566778899aabbccddeeff", "identity=device-1");
        await client.WaitForOutputAsync("failed: handshake");
        Assert.Empty(server.Established);
    }

    private static async Task TalkAsync(ForeignProcess client, int session = 1)
    {
        await client.WaitForOutputAsync("established", session);
        await client.TellAsync("hello");
        await client.WaitForOutputAsync("hello from Surety", session);
    }

    private static async Task TalkAsync(DtlsUdpHost client, ForeignProcess server)
    {
        await client.WaitForSessionAsync();
        client.Send("hello from Surety\n");
        await server.WaitForOutputAsync("hello from Surety");
        await server.TellAsync("hello from afar");
        await client.WaitForTextAsync("hello from afar");
    }

    private string[] Arguments(string name, TlsCipherSuite suite, bool isServer) => DtlsCredentials.UsesPsk(suite)
        ? ["suite=" + name, "psk=" + DtlsCredentials.PskHex, "identity=device-1"]
        : ["suite=" + name, "ca=" + _files.RootFile, "cert=" + (isServer ? _files.ServerFile : _files.DeviceFile), "key=" + (isServer ? _files.ServerKeyFile : _files.DeviceKeyFile)];
}
