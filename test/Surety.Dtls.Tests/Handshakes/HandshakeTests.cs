using System.Net.Security;
using System.Security.Cryptography;

namespace Surety.Dtls.Tests;

/// <summary>Two engines and a network between them.</summary>
public sealed class HandshakeTests
{
    public static TheoryData<TlsCipherSuite> Suites => [.. DtlsCipherSuites.Default, .. DtlsCipherSuites.Legacy];

    [Theory]
    [MemberData(nameof(Suites))]
    public void Every_suite_works_with_and_without_Connection_ID(TlsCipherSuite suite)
    {
        foreach (bool cid in new[] { true, false })
        {
            var link = new Link();
            Peer server = link.Add(With(Keys.Server(), suite)), client = link.Add(null);
            bool isPsk = suite.ToString().Contains("PSK", StringComparison.Ordinal);
            client.Engine.Connect(server.Address, With(isPsk ? Keys.PskClient() : Keys.Client(), suite, cid), link.Now);
            Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));

            Assert.Equal(suite, client.Session.CipherSuite);
            Assert.Equal(cid, server.Session.HasConnectionId);
            Assert.Equal(cid, client.Session.HasConnectionId);
            Assert.True(server.Session.HasExtendedMasterSecret);
            Exchange(link, client, server, "ping"u8, "pong"u8);
            if (isPsk)
                Assert.Equal("device-1"u8, Assert.IsType<PeerCredential.PreSharedKey>(server.Session.Peer).Identity.Span);
            else
                Assert.Equal(SHA256.HashData(Keys.DeviceCertificate.Chain[0].Span), Assert.IsType<PeerCredential.Certificate>(server.Session.Peer).Thumbprint.Span);
        }
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Where_libcrypto_is_missing_the_base_library_does_the_same(TlsCipherSuite suite)
    {
        var link = new Link();
        Peer server = link.Add(With(Keys.Server(), suite), crypto: Backend.Portable), client = link.Add(null);
        bool isPsk = suite.ToString().Contains("PSK", StringComparison.Ordinal);
        client.Engine.Connect(server.Address, With(isPsk ? Keys.PskClient() : Keys.Client(), suite, cid: true), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        Exchange(link, client, server, "ping"u8, "pong"u8);
    }

    [Fact]
    public void Nothing_is_kept_before_the_address_is_proven_and_the_answer_is_shorter_than_the_hello()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.Client(), link.Now);
        link.Run(() => link.Sent.Count == 2);
        Assert.Equal(0, server.Engine.HandshakeCount);
        Assert.Equal(1, server.Engine.Statistics.CookieRequests);
        Assert.True(link.Sent[1].Bytes.Length < link.Sent[0].Bytes.Length);
        Assert.Equal(0xFF, link.Sent[1].Bytes[2]);
    }

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.1, 2)]
    [InlineData(0.3, 3)]
    [InlineData(0.3, 4)]
    [InlineData(0.3, 5)]
    public void Loss_duplication_and_reordering_do_not_keep_peers_apart(double loss, int seed)
    {
        foreach (DtlsClientOptions options in new[] { Keys.Client(), Keys.PskClient() })
        {
            var link = new Link(seed) { Loss = loss, Duplication = 0.2, Jitter = 200 };
            Peer server = link.Add(Keys.Server(), DtlsEngineOptions.Default with { MaxDatagram = 548, HandshakeTimeout = TimeSpan.FromMinutes(10) });
            Peer client = link.Add(null, DtlsEngineOptions.Default with { MaxDatagram = 548, HandshakeTimeout = TimeSpan.FromMinutes(10) });
            client.Engine.Connect(server.Address, options, link.Now);
            Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count >= 1, 600_000));
            link.Loss = 0;
            Exchange(link, client, server, "ping"u8, "pong"u8);
        }
    }

    [Fact]
    public void A_lost_last_flight_is_sent_again_when_the_client_repeats_its_Finished()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        link.Filter = datagram => !(datagram.From == server.Address && server.Established.Count == 1 && client.Established.Count == 0 && link.Now < 1000);
        link.Run(() => server.Established.Count == 1);
        Assert.Empty(client.Established);
        Assert.True(link.Run(() => client.Established.Count == 1));
        Assert.Single(server.Established);
    }

    [Fact]
    public void A_flight_that_gets_lost_is_repeated_after_1_2_4_seconds_and_given_up_after_a_minute()
    {
        var link = new Link { Filter = static _ => false };
        Peer client = link.Add(null);
        List<long> times = [];
        link.Filter = _ =>
        {
            times.Add(link.Now);
            return false;
        };
        client.Engine.Connect(Link.Address(1), Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => client.Failures.Count == 1));
        Assert.Equal([0, 1000, 3000, 7000, 15_000, 31_000], times);
        Assert.Equal(0, client.Engine.HandshakeCount);
    }

    [Fact]
    public void Flights_that_get_lost_again_and_again_are_sent_in_smaller_datagrams()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server(), DtlsEngineOptions.Default with { ServerRetransmission = TimeSpan.FromSeconds(1) }), client = link.Add(null);
        // A path that swallows what is longer than IPv4 must carry.
        link.Filter = static datagram => datagram.Bytes.Length <= 548;
        client.Engine.Connect(server.Address, Keys.Client(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        Assert.Contains(link.Sent, datagram => datagram.Bytes.Length > 548);
    }

    [Fact]
    public void A_wrong_key_and_an_unknown_identity_look_the_same()
    {
        List<string> answers = [];
        foreach (DtlsClientOptions options in new[] { Keys.PskClient("device-1", new byte[16]), Keys.PskClient("nobody") })
        {
            var link = new Link();
            Peer server = link.Add(Keys.Server()), client = link.Add(null);
            client.Engine.Connect(server.Address, options, link.Now);
            Assert.True(link.Run(() => client.Failures.Count == 1));
            Assert.Empty(server.Established);
            answers.Add(string.Join(',', link.Sent.Where(datagram => datagram.From == server.Address).Select(datagram => datagram.Bytes.Length)) + client.Failures[0].Alert);
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.EndsWith(nameof(AlertDescription.DecryptError), answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_may_be_looked_up_elsewhere_while_the_engine_goes_on()
    {
        var store = new Keys.SlowStore();
        var link = new Link();
        Peer server = link.Add(new DtlsServerOptions { PreSharedKeys = store }), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        link.Run(() => false, 500);
        Assert.Empty(client.Established);
        store.Answer.SetResult(Keys.Psk);
        while (!server.HasPosted)
            await Task.Yield();
        Assert.True(link.Run(() => client.Established.Count == 1));
    }

    [Fact]
    public void Public_key_work_is_done_elsewhere_and_refused_when_there_is_too_much()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        server.IsOverloaded = true;
        client.Engine.Connect(server.Address, Keys.Client(), link.Now);
        link.Run(() => false, 1500);
        Assert.True(server.Engine.Statistics.Overloaded > 0);
        Assert.Equal(0, server.Engine.HandshakeCount);
        server.IsOverloaded = false;
        Assert.True(link.Run(() => client.Established.Count == 1));
    }

    [Fact]
    public void Datagrams_that_come_while_somebody_works_on_a_handshake_wait_for_it()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null, DtlsEngineOptions.Default with { MaxDatagram = 548 });
        client.Engine.Connect(server.Address, Keys.Client(), link.Now);
        server.Held = new Queue<HandshakeTask>();
        for (int i = 0; i < 8 && client.Established.Count == 0; i++)
        {
            link.Run(() => server.Held.Count > 0 || client.Established.Count > 0, 900);
            if (!server.Held.TryDequeue(out HandshakeTask? task))
                continue;
            // Everything that is on the way arrives before the step is done.
            link.Run(() => false, 300);
            Assert.True(task.RunAsync().IsCompletedSuccessfully);
            server.Engine.Complete(task, link.Now);
        }

        Assert.Single(client.Established);
    }

    [Fact]
    public void The_protocol_is_selected_by_ALPN_or_the_handshake_fails()
    {
        var link = new Link();
        Peer server = link.Add(new DtlsServerOptions { PreSharedKeys = new Keys.Store(_ => Keys.Psk), ApplicationProtocols = ["coap"] }), client = link.Add(null), other = link.Add(null);
        client.Engine.Connect(server.Address, new() { PreSharedKey = Keys.PskClient().PreSharedKey, ApplicationProtocols = ["h2", "coap"] }, link.Now);
        other.Engine.Connect(server.Address, new() { PreSharedKey = Keys.PskClient().PreSharedKey, ApplicationProtocols = ["h2"] }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1 && other.Failures.Count == 1));
        Assert.Equal("coap", client.Session.ApplicationProtocol);
        Assert.Equal("coap", server.Session.ApplicationProtocol);
        Assert.Equal(AlertDescription.NoApplicationProtocol, other.Failures[0].Alert);
    }

    [Fact]
    public void Records_are_no_longer_than_the_peer_asked_for()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        client.Engine.Connect(server.Address, new() { Certificate = Keys.DeviceCertificate, Verifier = Keys.Trust, RecordSizeLimit = 128 }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        Assert.Equal(128, server.Session.MaxContent);
        Assert.False(server.Engine.Send(server.Session, new byte[129]));
        Assert.All(link.Sent.Where(datagram => datagram.From == server.Address), datagram =>
        {
            for (ReadOnlySpan<byte> rest = datagram.Bytes; RecordHeader.TryRead(rest, 8, out RecordHeader header); rest = rest[(header.HeaderLength + header.Length)..])
                Assert.True(header.Length <= 128 + 25);
        });
    }

    [Fact]
    public void Raw_public_keys_are_accepted_when_they_are_known()
    {
        var link = new Link();
        var serverTrust = new TrustAnchors([], rawPublicKeys: [Keys.DeviceRawKey.ExportSubjectPublicKeyInfo()]);
        var clientTrust = new TrustAnchors([], rawPublicKeys: [Keys.ServerRawKey.ExportSubjectPublicKeyInfo()]);
        Peer server = link.Add(new DtlsServerOptions { Certificate = new(Keys.ServerRawKey), Verifier = serverTrust });
        Peer client = link.Add(null), stranger = link.Add(null);
        client.Engine.Connect(server.Address, new() { Certificate = new(Keys.DeviceRawKey), Verifier = clientTrust, AllowRawPublicKeys = true }, link.Now);
        stranger.Engine.Connect(server.Address, new() { Certificate = new(Keys.ServerRawKey), Verifier = clientTrust, AllowRawPublicKeys = true }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && stranger.Failures.Count == 1));
        Assert.Equal(Keys.DeviceRawKey.ExportSubjectPublicKeyInfo(), Assert.IsType<PeerCredential.RawPublicKey>(server.Session.Peer).SubjectPublicKeyInfo.ToArray());
        Assert.Equal(AlertDescription.CertificateUnknown, stranger.Failures[0].Alert);
    }

    [Fact]
    public void A_server_with_a_certificate_shows_its_raw_public_key_to_a_client_that_takes_nothing_else()
    {
        var link = new Link();
        byte[] serverKey = Keys.ServerCertificate.SubjectPublicKeyInfo.ToArray();
        Peer server = link.Add(new DtlsServerOptions
        {
            Certificate = Keys.ServerCertificate, AllowRawPublicKeys = true, Verifier = new TrustAnchors([], rawPublicKeys: [Keys.DeviceRawKey.ExportSubjectPublicKeyInfo()]),
        });
        Peer client = link.Add(null), stranger = link.Add(null);
        var options = new DtlsClientOptions { Certificate = new(Keys.DeviceRawKey), Verifier = new TrustAnchors([], rawPublicKeys: [serverKey]), AllowRawPublicKeys = true, AcceptsCertificates = false };
        client.Engine.Connect(server.Address, options, link.Now);
        stranger.Engine.Connect(server.Address, options with { Verifier = new TrustAnchors([], rawPublicKeys: [Keys.ServerRawKey.ExportSubjectPublicKeyInfo()]) }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && stranger.Failures.Count == 1));
        Assert.Equal(serverKey, Assert.IsType<PeerCredential.RawPublicKey>(client.Session.Peer).SubjectPublicKeyInfo.ToArray());
        Assert.IsType<PeerCredential.RawPublicKey>(server.Session.Peer);
    }

    private static void Exchange(Link link, Peer client, Peer server, ReadOnlySpan<byte> request, ReadOnlySpan<byte> response)
    {
        byte[] answer = response.ToArray(), question = request.ToArray();
        server.Respond = received => received.AsSpan().SequenceEqual(question) ? answer : null;
        Assert.True(client.Engine.Send(client.Session, request));
        Assert.True(link.Run(() => client.Received.Count > 0));
        Assert.Equal(answer, client.Received[^1]);
    }

    private static DtlsServerOptions With(DtlsServerOptions options, TlsCipherSuite suite) =>
        new() { Certificate = options.Certificate, Verifier = options.Verifier, PreSharedKeys = options.PreSharedKeys, CipherSuites = [suite] };

    private static DtlsClientOptions With(DtlsClientOptions options, TlsCipherSuite suite, bool cid) => new()
    {
        Certificate = options.Certificate,
        Verifier = options.Verifier,
        ServerName = options.ServerName,
        PreSharedKey = options.PreSharedKey,
        CipherSuites = [suite],
        OfferConnectionId = cid,
    };
}
