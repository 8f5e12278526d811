namespace Surety.Dtls.Tests;

/// <summary>What strangers do before a session, and what is tampered with on the way.</summary>
public sealed class HelloTests
{
    [Fact]
    public void A_cookie_is_good_for_one_address_one_hello_and_a_while()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        link.Filter = datagram => datagram.From != client.Address || server.Engine.Statistics.CookieRequests == 0;
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        link.Run(() => server.Engine.Statistics.CookieRequests == 1);
        link.Settle();
        byte[] hello = link.Sent.Last(datagram => datagram.From == client.Address).Bytes;
        Assert.Equal(16, hello[13 + 12 + 34 + 1]);

        // From another address; with another random, as another client behind the same NAT would have it.
        server.Engine.Receive(Link.Address(7), [.. hello], link.Now);
        Assert.Equal(2, server.Engine.Statistics.CookieRequests);
        byte[] changed = [.. hello];
        changed[13 + 12 + 5] ^= 1;
        server.Engine.Receive(client.Address, changed, link.Now);
        Assert.Equal(3, server.Engine.Statistics.CookieRequests);
        // After the key was changed once it is still good, after the second time not.
        server.Engine.Receive(Link.Address(8), [.. hello], 121_000);
        server.Engine.Receive(client.Address, [.. hello], 122_000);
        Assert.Equal(1, server.Engine.Statistics.Handshakes);
        server.Engine.Receive(Link.Address(8), [.. hello], 250_000);
        long requests = server.Engine.Statistics.CookieRequests;
        server.Engine.Receive(client.Address, [.. hello], 251_000);
        Assert.Equal(requests + 1, server.Engine.Statistics.CookieRequests);
        Assert.Equal(1, server.Engine.Statistics.Handshakes);
    }

    [Fact]
    public void Half_open_handshakes_are_limited_and_the_oldest_goes_first()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server(), DtlsEngineOptions.Default with { MaxHandshakes = 3 });
        Peer[] clients = [.. Enumerable.Range(0, 5).Select(_ => link.Add(null))];
        // Nobody gets beyond the ServerHello.
        link.Filter = datagram => datagram.Bytes[0] != 22 || datagram.Bytes[13] is 1 or 3;
        for (int i = 0; i < 5; i++)
        {
            clients[i].Engine.Connect(server.Address, Keys.PskClient(), link.Now);
            link.Run(() => server.Engine.Statistics.Handshakes == i + 1);
        }

        Assert.Equal(3, server.Engine.HandshakeCount);
        Assert.Equal(2, server.Engine.Statistics.Displaced);
        link.Filter = null;
        Assert.True(link.Run(() => clients[4].Established.Count == 1));
    }

    [Fact]
    public void A_handshake_that_is_not_finished_ends_after_a_minute()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        link.Filter = datagram => datagram.Bytes[0] == 22 && datagram.Bytes[13] is 1 or 3;
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        link.Run(() => server.Engine.HandshakeCount == 1);
        Assert.True(link.Run(() => server.Failures.Count == 1 && client.Failures.Count == 1));
        Assert.Equal(0, server.Engine.HandshakeCount);
    }

    [Fact]
    public void A_client_of_an_older_version_is_told_so()
    {
        AlertDescription alert = ChangeHello(hello =>
        {
            hello.Version = ProtocolVersion.Dtls10;
        });
        Assert.Equal(AlertDescription.ProtocolVersion, alert);
    }

    [Fact]
    public void A_client_with_unknown_suites_groups_and_extensions_fails_only_when_nothing_is_in_common()
    {
        Assert.Equal(AlertDescription.HandshakeFailure, ChangeHello(hello => hello.CipherSuites = [0x1301, 0xCCAB, 0x00FF]));
        Assert.Equal(AlertDescription.HandshakeFailure, ChangeHello(hello => hello.Extensions.Groups = [0x1234, 0x11EC], Keys.Client()));
        Assert.Equal(AlertDescription.HandshakeFailure, ChangeHello(hello => hello.Extensions.SignatureSchemes = [0x0401], Keys.Client()));
        Assert.Equal(AlertDescription.IllegalParameter, ChangeHello(hello => hello.Extensions.RecordSizeLimit = 63));
        Assert.Equal(AlertDescription.IllegalParameter, ChangeHello(hello => hello.Extensions.MaxFragmentLength = 9));
        Assert.Equal(AlertDescription.HandshakeFailure, ChangeHello(hello => hello.Extensions.RenegotiationInfo = [1, 2, 3]));
    }

    [Fact]
    public void Without_extended_master_secret_a_server_that_requires_it_refuses()
    {
        Assert.Equal(
            AlertDescription.HandshakeFailure,
            ChangeHello(hello => hello.Extensions.ExtendedMasterSecret = false, server: Keys.Server() with { RequireExtendedMasterSecret = true }));
    }

    [Fact]
    public void Taking_away_the_extended_master_secret_on_the_way_breaks_the_handshake()
    {
        // The server answers without it; the two Finished then do not fit.
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        link.Filter = datagram =>
        {
            int at = datagram.Bytes.AsSpan().IndexOf(new byte[] { 0, 23, 0, 0 });
            if (datagram.From == client.Address && at > 0)
                datagram.Bytes[at + 1] = 99;
            return true;
        };
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        link.Run(() => client.Failures.Count + client.Established.Count > 0);
        Assert.Empty(client.Established);
        Assert.Empty(server.Established);
    }

    [Fact]
    public void A_ClientHello_that_is_cut_off_is_ignored()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        byte[] hello = link.Sent[0].Bytes;
        for (int length = 0; length < hello.Length; length++)
        {
            byte[] part = hello[..length];
            if (length > 13)
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(part.AsSpan(11), (ushort)(length - 13));
            server.Engine.Receive(Link.Address(5), part, link.Now);
        }

        Assert.Equal(0, server.Engine.Statistics.CookieRequests);
        Assert.Equal(0, server.Engine.HandshakeCount);
    }

    [Fact]
    public void Small_clients_that_say_nothing_about_themselves_are_served()
    {
        // tinydtls: no groups, no signature algorithms, no renegotiation_info, one suite.
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        byte[]? answer = null;
        link.Filter = datagram =>
        {
            answer = datagram.From == server.Address ? datagram.Bytes : answer;
            return true;
        };
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        link.Run(() => link.Sent.Count == 1);
        var hello = new ClientHello { Random = new byte[32], CipherSuites = [0xC0A8], Extensions = new HelloExtensions { ExtendedMasterSecret = true } };
        byte[] first = Write(hello, 0);
        server.Engine.Receive(Link.Address(9), first, link.Now);
        hello.Cookie = link.Sent[^1].Bytes[^16..];
        server.Engine.Receive(Link.Address(9), Write(hello, 1), link.Now);
        Assert.Equal(2, link.Sent[^1].Bytes[13]);
        Assert.True(ServerHello.TryRead(link.Sent[^1].Bytes.AsSpan(25, link.Sent[^1].Bytes[24]), out ServerHello chosen));
        Assert.Equal(0xC0A8, chosen.CipherSuite);
        Assert.Equal([ExtensionType.ExtendedMasterSecret], chosen.Extensions.Types);
    }

    [Fact]
    public void The_extension_of_the_draft_is_answered_in_kind()
    {
        // Mbed TLS 2.28 sends number 254.
        var link = new Link();
        Peer server = link.Add(Keys.Server());
        var hello = new ClientHello
        {
            Random = new byte[32], CipherSuites = [0xC0A8], Extensions = new HelloExtensions { ConnectionId = [], ConnectionIdForm = ConnectionIdForm.Draft05 },
        };
        server.Engine.Receive(Link.Address(9), Write(hello, 0), link.Now);
        hello.Cookie = link.Sent[^1].Bytes[^16..];
        server.Engine.Receive(Link.Address(9), Write(hello, 1), link.Now);
        Assert.True(ServerHello.TryRead(link.Sent[^1].Bytes.AsSpan(25, link.Sent[^1].Bytes[24]), out ServerHello chosen));
        Assert.Equal([(ExtensionType)254], chosen.Extensions.Types);
        Assert.Equal(8, chosen.Extensions.ConnectionId!.Length);
    }

    private static AlertDescription ChangeHello(Action<ClientHello> change, DtlsClientOptions? options = null, DtlsServerOptions? server = null)
    {
        var link = new Link();
        Peer responder = link.Add(server ?? Keys.Server()), client = link.Add(null);
        client.Engine.Connect(responder.Address, options ?? Keys.PskClient(), link.Now);
        Assert.True(ClientHello.TryRead(link.Sent[0].Bytes.AsSpan(25), out ClientHello hello));
        change(hello);
        PeerAddress from = Link.Address(4711);
        responder.Engine.Receive(from, Write(hello, 0), link.Now);
        hello.Cookie = link.Sent[^1].Bytes[^16..];
        responder.Engine.Receive(from, Write(hello, 1), link.Now);
        HandshakeFailure failure = Assert.Single(responder.Failures);
        Assert.Equal([21, 0xFE, 0xFD], link.Sent[^1].Bytes[..3]);
        Assert.Equal([2, (byte)failure.Alert], link.Sent[^1].Bytes[13..]);
        Assert.Equal(0, responder.Engine.HandshakeCount);
        return failure.Alert;
    }

    private static byte[] Write(ClientHello hello, ushort sequence)
    {
        var writer = new WireWriter();
        writer.Take(25);
        hello.Write(writer);
        byte[] bytes = writer.ToArray();
        new HandshakeHeader(HandshakeType.ClientHello, bytes.Length - 25, sequence, 0, bytes.Length - 25).Write(bytes.AsSpan(13));
        RecordHeader.Write(bytes, ContentType.Handshake, ProtocolVersion.Dtls10, 0, sequence, bytes.Length - 13);
        return bytes;
    }
}
