using System.Net.Security;
using System.Security.Cryptography;

namespace Surety.Dtls.Tests;

/// <summary>What becomes of sessions: resumption, replacement, address changes, moving between processes.</summary>
public sealed class SessionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_session_is_resumed_by_ticket_or_by_id_with_what_was_proven(bool ticket)
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        DtlsClientOptions Options(DtlsResumption? resumption) =>
            new() { Certificate = Keys.DeviceCertificate, Verifier = Keys.Trust, RequestTicket = ticket, Resumption = resumption };
        client.Engine.Connect(server.Address, Options(null), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1));
        Assert.True(DtlsResumption.TryRead(client.Session.Resumption!.ToBytes(), out DtlsResumption? kept));
        client.Engine.Connect(server.Address, Options(kept), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 2 && server.Established.Count == 2));
        Assert.True(client.Session.IsResumed);
        Assert.True(server.Session.IsResumed);
        Assert.Equal(SHA256.HashData(Keys.DeviceCertificate.Chain[0].Span), Assert.IsType<PeerCredential.Certificate>(server.Session.Peer).Thumbprint.Span);
        Talk(link, client, server);
        // The association that was replaced is gone, and the new one is the only one.
        Assert.Equal(1, server.Engine.SessionCount);
        Assert.Single(server.Closed);
    }

    [Fact]
    public void The_oldest_session_is_forgotten_when_more_can_be_resumed_than_the_server_remembers()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server(maxCachedSessions: 3)), client = link.Add(null);
        List<DtlsResumption> kept = [];
        bool Connect(DtlsResumption? resumption)
        {
            int before = client.Established.Count;
            client.Engine.Connect(server.Address, new() { PreSharedKey = Keys.PskClient().PreSharedKey, RequestTicket = false, Resumption = resumption }, link.Now);
            Assert.True(link.Run(() => client.Established.Count > before));
            return client.Session.IsResumed;
        }

        for (int made = 0; made < 8; made++)
        {
            Assert.False(Connect(null));
            kept.Add(client.Session.Resumption!);
        }

        Assert.All(kept[^3..], resumption => Assert.True(Connect(resumption)));
        Assert.False(Connect(kept[^4]));
    }

    [Fact]
    public void A_resumed_session_survives_the_loss_of_the_clients_last_flight()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1));
        DtlsResumption resumption = client.Session.Resumption!;
        int lost = 0;
        link.Filter = datagram => !(client.Established.Count == 1 && datagram.From == client.Address && datagram.Bytes[0] == 20 && lost++ < 2);
        client.Engine.Connect(server.Address, new() { PreSharedKey = Keys.PskClient().PreSharedKey, Resumption = resumption }, link.Now);
        Assert.True(link.Run(() => server.Established.Count == 2));
        Assert.True(server.Session.IsResumed);
        Talk(link, client, server);
    }

    [Fact]
    public void A_ticket_of_another_server_costs_a_full_handshake_and_nothing_else()
    {
        var link = new Link();
        Peer first = link.Add(Keys.Server()), second = link.Add(Keys.Server()), client = link.Add(null);
        client.Engine.Connect(first.Address, Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1));
        client.Engine.Connect(second.Address, new() { PreSharedKey = Keys.PskClient().PreSharedKey, Resumption = client.Session.Resumption }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 2));
        Assert.False(client.Session.IsResumed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Traffic_goes_on_from_a_new_address_with_Connection_ID_and_without_a_handshake(bool rrc)
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: true, rrc);
        long datagrams = server.Engine.Statistics.Handshakes;
        link.Move(client, Link.Address(60_000));
        Talk(link, client, server);
        link.Settle();
        Assert.Equal(client.Address, server.Session.Address);
        Assert.Equal(datagrams, server.Engine.Statistics.Handshakes);
        Assert.Equal(1, server.Engine.Statistics.AddressChanges);
    }

    [Fact]
    public void A_record_that_was_recorded_and_sent_from_elsewhere_does_not_move_the_session()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: true);
        Talk(link, client, server);
        byte[] old = link.Sent.Last(datagram => datagram.From == client.Address).Bytes;
        link.Send(Link.Address(6666), server.Address, old);
        link.Settle();
        Assert.Equal(client.Address, server.Session.Address);
        Assert.Equal(1, server.Engine.Statistics.Replayed);

        // The same with one that was held back, and overtaken by a newer one.
        link.Filter = _ => false;
        client.Engine.Send(client.Session, "held back"u8);
        byte[] held = link.Sent[^1].Bytes;
        link.Filter = null;
        Talk(link, client, server);
        link.Send(Link.Address(6666), server.Address, held);
        link.Settle();
        Assert.Equal(client.Address, server.Session.Address);
        Assert.Contains(server.Received, received => received.AsSpan().SequenceEqual("held back"u8));
    }

    [Fact]
    public void Addresses_change_a_few_times_at_once_and_then_only_now_and_then()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: true);
        for (int i = 0; i < 10; i++)
        {
            link.Move(client, Link.Address(50_000 + i));
            client.Engine.Send(client.Session, "moved"u8);
            link.Settle();
        }

        Assert.Equal(10, server.Received.Count);
        Assert.InRange(server.Engine.Statistics.AddressChanges, 2, 3);
        link.Run(milliseconds: 11_000);
        Talk(link, client, server);
        Assert.Equal(client.Address, server.Session.Address);
    }

    [Fact]
    public void Without_Connection_ID_a_new_address_needs_a_handshake_and_the_old_session_stays_what_it_was()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: false);
        DtlsSession old = server.Session;
        PeerAddress before = client.Address;
        link.Move(client, Link.Address(60_000));
        client.Engine.Send(client.Session, "lost"u8);
        link.Settle();
        Assert.Empty(server.Received);
        Assert.Equal(before, old.Address);
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 2));
        Talk(link, client, server);
        Assert.NotSame(old, server.Session);
        Assert.Same(old, server.Engine.Find(old.Number));
    }

    [Fact]
    public void The_old_association_serves_until_the_new_one_is_verified()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: false);
        DtlsSession old = server.Session, mine = client.Session;
        // A device that lost its state and begins anew from the same port, with a wrong key: RFC 6347, 4.2.8.
        client.Engine.Connect(server.Address, Keys.PskClient("device-1", new byte[16]), link.Now);
        link.Run(() => client.Failures.Count == 1);
        Assert.Same(old, server.Engine.Find(old.Number));
        Assert.True(client.Engine.Send(mine, "still here"u8));
        link.Settle();
        Assert.Equal("still here"u8, server.Received[^1]);
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => server.Established.Count == 2));
        Assert.Null(server.Engine.Find(old.Number));
    }

    [Fact]
    public void A_device_that_takes_over_the_address_of_another_does_not_end_the_others_session()
    {
        var link = new Link();
        (Peer server, Peer first) = Connect(link, cid: true);
        DtlsSession sleeping = server.Session;
        // The NAT gives the port of the sleeping device to another one.
        PeerAddress shared = first.Address;
        link.Move(first, Link.Address(59_999));
        Peer second = link.Add(null);
        link.Move(second, shared);
        second.Engine.Connect(server.Address, Keys.Client(), link.Now);
        Assert.True(link.Run(() => second.Established.Count == 1 && server.Established.Count == 2));
        Assert.Same(sleeping, server.Engine.Find(sleeping.Number));
        first.Engine.Send(first.Session, "awake again"u8);
        link.Settle();
        Assert.Equal("awake again"u8, server.Received[^1]);
        Assert.Equal(first.Address, sleeping.Address);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_saved_session_goes_on_in_another_engine_and_no_nonce_comes_again(bool cid)
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid);
        Talk(link, client, server);
        byte[] saved = DtlsEngine.Save(server.Session);
        // The server goes on for a while, and is killed.
        Talk(link, client, server);
        byte[] replayed = link.Sent.First(datagram => datagram.From == client.Address && datagram.Bytes[4] == 1).Bytes;
        HashSet<string> nonces = [.. link.Sent.Where(datagram => datagram.From == server.Address && datagram.Bytes[4] == 1).Select(Nonce)];

        Peer next = link.Add(Keys.Server());
        link.Move(next, server.Address);
        DtlsSession? session = next.Engine.Restore(saved, link.Now);
        Assert.NotNull(session);
        next.Established.Add(session);
        Talk(link, client, next);
        Assert.Equal("device-1"u8, Assert.IsType<PeerCredential.PreSharedKey>(session.Peer).Identity.Span);
        Assert.DoesNotContain(Nonce(link.Sent[^1]), nonces);
        link.Send(client.Address, next.Address, replayed);
        link.Settle();
        Assert.Equal(1, next.Engine.Statistics.Replayed);
        Assert.Null(next.Engine.Restore(saved, link.Now));

        static string Nonce(Datagram datagram) => Convert.ToHexString(datagram.Bytes.AsSpan(3, 8));
    }

    [Fact]
    public void Saved_bytes_that_are_damaged_are_no_session()
    {
        var link = new Link();
        (Peer server, _) = Connect(link, cid: true);
        byte[] saved = DtlsEngine.Save(server.Session);
        Peer other = link.Add(Keys.Server());
        for (int length = 0; length < saved.Length; length++)
            Assert.Null(other.Engine.Restore(saved.AsSpan(0, length), link.Now));
        Assert.Null(other.Engine.Restore([.. saved, 0], link.Now));
    }

    [Fact]
    public void A_closed_session_is_closed_for_both_and_takes_no_more_records()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: true);
        link.Filter = _ => false;
        client.Engine.Send(client.Session, "late"u8);
        byte[] late = link.Sent[^1].Bytes;
        link.Filter = null;
        client.Engine.Close(client.Session);
        link.Settle();
        Assert.Single(server.Closed);
        Assert.Single(client.Closed);
        link.Send(client.Address, server.Address, late);
        link.Settle();
        Assert.Empty(server.Received);
        Assert.Equal(0, server.Engine.SessionCount);
        Assert.False(client.Engine.Send(client.Session, "x"u8));
    }

    [Fact]
    public void A_full_table_drops_the_session_idle_longest_and_serves_everybody()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server(), DtlsEngineOptions.Default with { MaxSessions = 3 });
        Peer[] clients = [.. Enumerable.Range(0, 4).Select(_ => link.Add(null))];
        for (int i = 0; i < 3; i++)
        {
            clients[i].Engine.Connect(server.Address, Keys.PskClient(), link.Now);
            Assert.True(link.Run(() => server.Established.Count == i + 1 && clients[i].Established.Count == 1));
        }

        // The first was used last.
        clients[0].Engine.Send(clients[0].Session, "busy"u8);
        link.Settle();
        clients[3].Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => server.Established.Count == 4));
        Assert.Equal(3, server.Engine.SessionCount);
        Assert.Equal(server.Established[1].Number, Assert.Single(server.Closed).Number);
    }

    [Fact]
    public void Idle_sessions_end_when_that_is_wanted()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server(), DtlsEngineOptions.Default with { IdleTimeout = TimeSpan.FromHours(1) }), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        link.Run(() => server.Closed.Count == 1, 3_700_000);
        Assert.Equal(0, server.Engine.SessionCount);
        link.Settle();
        Assert.Single(client.Closed);
    }

    [Fact]
    public void Connection_IDs_carry_the_number_of_the_node()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server(), DtlsEngineOptions.Default with { ConnectionIdLength = 10, ConnectionIdPrefix = new byte[] { 0xAB, 0x07 } }), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        Talk(link, client, server);
        byte[] record = link.Sent.Last(datagram => datagram.From == client.Address).Bytes;
        Assert.Equal(25, record[0]);
        Assert.Equal([0xAB, 0x07], record[11..13]);
    }

    private static (Peer Server, Peer Client) Connect(Link link, bool cid, bool rrc = false)
    {
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        client.Engine.Connect(
            server.Address,
            new() { PreSharedKey = Keys.PskClient().PreSharedKey, OfferConnectionId = cid, OfferReturnRoutabilityCheck = rrc, CipherSuites = [TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8] },
            link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        return (server, client);
    }

    private static void Talk(Link link, Peer client, Peer server)
    {
        server.Respond = static received => [.. received.Reverse()];
        int before = client.Received.Count;
        Assert.True(client.Engine.Send(client.Session, "stressed"u8));
        Assert.True(link.Run(() => client.Received.Count > before));
        Assert.Equal("desserts"u8, client.Received[^1]);
        server.Respond = null;
    }
}
