using System.Net.Security;

namespace Surety.Dtls.Tests;

/// <summary>Return routability (RFC 9853).</summary>
public sealed class PathTests
{
    [Fact]
    public void It_is_agreed_on_with_a_Connection_ID_only()
    {
        var link = new Link();
        Assert.True(Connect(link).Server.Session.ChecksReturnRoutability);
        Assert.False(Connect(link, options => options with { OfferReturnRoutabilityCheck = false }).Server.Session.ChecksReturnRoutability);
        // RFC 9853, 3: who omits connection_id gets no rrc.
        Assert.False(Connect(link, options => options with { OfferConnectionId = false }).Server.Session.ChecksReturnRoutability);
        Peer server = link.Add(Keys.Server(), DtlsEngineOptions.Default with { ConnectionIdLength = 0 }), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1));
        Assert.False(client.Session.ChecksReturnRoutability);
    }

    [Fact]
    public void The_extension_is_number_61_and_empty()
    {
        var link = new Link();
        Connect(link);
        foreach (Datagram hello in link.Sent.Where(datagram => datagram.Bytes[0] == 22 && datagram.Bytes[13] is 1 or 2))
            Assert.True(hello.Bytes.AsSpan().IndexOf(new byte[] { 0, 61, 0, 0 }) > 0);
    }

    [Fact]
    public void A_server_answers_at_once_and_follows_when_the_client_has_shown_that_it_is_there()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link);
        server.Respond = static received => received;
        // As often as it likes: no address is believed without an answer.
        for (int i = 0; i < 10; i++)
        {
            PeerAddress before = client.Address;
            link.Move(client, Link.Address(50_000 + i));
            client.Engine.Send(client.Session, "moved"u8);
            Assert.True(link.Run(() => server.Received.Count == i + 1));
            Assert.Equal(before, server.Session.Address);
            link.Settle();
            Assert.Equal(i + 1, client.Received.Count);
            Assert.Equal(client.Address, server.Session.Address);
        }

        Assert.Equal(10, server.Engine.Statistics.PathChallenges);
        Assert.Equal(10, server.Engine.Statistics.AddressChanges);
    }

    [Fact]
    public void Who_sends_the_records_of_a_client_from_elsewhere_gets_no_more_than_three_times_as_much_and_moves_nothing()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link);
        PeerAddress victim = Link.Address(6666);
        server.Respond = static _ => new byte[200];
        int taken = 0, sent = 0;
        link.Filter = datagram =>
        {
            if (datagram.From != client.Address || sent > 0)
                return true;
            taken += datagram.Bytes.Length;
            server.Engine.Receive(victim, [.. datagram.Bytes], link.Now);
            return false;
        };
        for (int i = 0; i < 5; i++)
            client.Engine.Send(client.Session, new byte[60]);
        link.Settle();
        sent = link.Sent.Where(datagram => datagram.To == victim).Sum(datagram => datagram.Bytes.Length);
        Assert.InRange(sent, 1, 3 * taken);
        Assert.Equal(client.Address, server.Session.Address);
        Assert.Equal(0, server.Engine.Statistics.AddressChanges);

        // The client is heard again, and is where it was: nothing more goes to the victim.
        server.Respond = static received => received;
        client.Engine.Send(client.Session, "here"u8);
        link.Settle();
        Assert.Equal("here"u8, client.Received[^1]);
        Assert.Equal(sent, link.Sent.Where(datagram => datagram.To == victim).Sum(datagram => datagram.Bytes.Length));
    }

    [Fact]
    public void A_lost_challenge_is_repeated_when_more_comes_and_each_cookie_is_good()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link);
        link.Move(client, Link.Address(50_000));
        List<Datagram> challenges = [];
        link.Filter = datagram =>
        {
            if (datagram.From == server.Address)
                challenges.Add(datagram);
            return datagram.From != server.Address;
        };
        for (int i = 0; i < 8; i++)
        {
            client.Engine.Send(client.Session, "moved"u8);
            link.Settle();
            link.Run(milliseconds: 600);
        }

        // One a second, and no more than four.
        Assert.Equal(4, challenges.Count);
        Assert.Equal(4, server.Engine.Statistics.PathChallenges);
        link.Filter = null;
        link.Send(server.Address, client.Address, challenges[0].Bytes);
        link.Settle();
        Assert.Equal(client.Address, server.Session.Address);
    }

    [Fact]
    public void An_answer_that_comes_too_late_or_from_elsewhere_or_with_another_cookie_is_worth_nothing()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link);
        PeerAddress before = client.Address;
        link.Filter = datagram => datagram.From != server.Address;
        link.Move(client, Link.Address(50_000));
        client.Engine.Send(client.Session, "moved"u8);
        link.Settle();
        byte[] challenge = link.Sent[^1].Bytes;

        byte[] wrong = Record(client.Session, ContentType.ReturnRoutabilityCheck, [1, 1, 2, 3, 4, 5, 6, 7, 8]);
        server.Engine.Receive(client.Address, wrong, link.Now);
        Assert.Equal(before, server.Session.Address);
        link.Run(milliseconds: 9_500);
        link.Filter = null;
        link.Send(server.Address, client.Address, challenge);
        link.Settle();
        // The answer has begun a new check by itself, as every record from there does.
        Assert.Equal(2, server.Engine.Statistics.PathChallenges);
        Assert.Equal(client.Address, server.Session.Address);

        // From elsewhere.
        link.Filter = datagram => datagram.From != server.Address;
        PeerAddress second = Link.Address(50_001);
        link.Move(client, second);
        client.Engine.Send(client.Session, "moved"u8);
        link.Settle();
        challenge = link.Sent[^1].Bytes;
        link.Filter = datagram => datagram.To == client.Address;
        link.Send(server.Address, client.Address, challenge);
        link.Settle();
        server.Engine.Receive(Link.Address(50_002), [.. link.Sent[^1].Bytes], link.Now);
        Assert.Equal(Link.Address(50_000), server.Session.Address);
    }

    [Fact]
    public void A_challenge_is_answered_once_and_to_where_it_came_from_and_other_messages_are_ignored()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link);
        byte[] challenge = Record(client.Session, ContentType.ReturnRoutabilityCheck, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        int before = link.Sent.Count;
        link.Filter = _ => false;
        server.Engine.Receive(client.Address, [.. challenge], link.Now);
        server.Engine.Receive(client.Address, [.. challenge], link.Now);
        Datagram answer = Assert.Single(link.Sent[before..]);
        Assert.Equal(client.Address, answer.To);
        Assert.Equal([1, 1, 2, 3, 4, 5, 6, 7, 8], Open(client.Session, answer.Bytes, ContentType.ReturnRoutabilityCheck));

        // path_drop, a message of the future, and messages that are too short and too long.
        foreach (byte[] message in new byte[][] { [2, 1, 2, 3, 4, 5, 6, 7, 8], [3, 1, 2, 3, 4, 5, 6, 7, 8], [0], [], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] })
            server.Engine.Receive(client.Address, Record(client.Session, ContentType.ReturnRoutabilityCheck, message), link.Now);
        Assert.Equal(before + 1, link.Sent.Count);
        Assert.Empty(server.Received);
        Assert.Equal(1, server.Engine.SessionCount);
    }

    [Fact]
    public void Messages_of_the_check_mean_nothing_where_it_was_not_agreed_on()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, options => options with { OfferReturnRoutabilityCheck = false });
        int before = link.Sent.Count;
        server.Engine.Receive(client.Address, Record(client.Session, ContentType.ReturnRoutabilityCheck, [0, 1, 2, 3, 4, 5, 6, 7, 8]), link.Now);
        Assert.Equal(before, link.Sent.Count);
    }

    [Fact]
    public void A_client_checks_its_server_as_well()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link);
        link.Move(server, Link.Address(5684));
        server.Engine.Send(server.Session, "moved"u8);
        link.Settle();
        Assert.Equal("moved"u8, Assert.Single(client.Received));
        Assert.Equal(server.Address, client.Session.Address);
        Assert.Equal(1, client.Engine.Statistics.PathChallenges);
    }

    [Fact]
    public void A_restored_session_goes_on_to_check()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link);
        DtlsSession restored = link.Add(Keys.Server()).Engine.Restore(DtlsEngine.Save(server.Session), link.Now)!;
        Assert.True(restored.ChecksReturnRoutability);
        Assert.True(client.Session.ChecksReturnRoutability);
    }

    private static (Peer Server, Peer Client) Connect(Link link, Func<DtlsClientOptions, DtlsClientOptions>? change = null)
    {
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        DtlsClientOptions options = Keys.PskClient() with { CipherSuites = [TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8] };
        client.Engine.Connect(server.Address, change?.Invoke(options) ?? options, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        return (server, client);
    }

    /// <summary>A record as the peer of this session would get it.</summary>
    private static byte[] Record(DtlsSession session, ContentType type, byte[] content)
    {
        byte[] record = new byte[100];
        content.CopyTo(record, session.ContentOffset);
        int length = RecordProtection.Seal(
            CryptoBackend.Default, session.Keys, type, 1, session.TakeSequenceNumber(), session.PeerConnectionId, session.ConnectionIdForm, record, content.Length);
        return record[..length];
    }

    private static byte[] Open(DtlsSession session, byte[] record, ContentType expected)
    {
        Assert.True(RecordHeader.TryRead(record, 8, out RecordHeader header));
        Assert.True(RecordProtection.TryOpen(CryptoBackend.Default, session.Keys, header, record, session.ConnectionIdForm, out ContentType type, out Span<byte> content));
        Assert.Equal(expected, type);
        return content.ToArray();
    }
}
