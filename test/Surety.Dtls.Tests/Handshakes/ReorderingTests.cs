namespace Surety.Dtls.Tests;

/// <summary>What overtakes the end of the handshake (RFC 6347, 4.2.4).</summary>
public sealed class ReorderingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Data_that_overtakes_the_Finished_of_a_resuming_client_is_delivered_after_it(bool cid)
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        DtlsClientOptions options = Keys.PskClient() with { OfferConnectionId = cid };
        client.Engine.Connect(server.Address, options, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1));
        List<byte[]> held = [];
        link.Filter = datagram => Hold(held, datagram, client.Established.Count == 1 && datagram.From == client.Address && datagram.Bytes[0] == (byte)ContentType.ChangeCipherSpec);
        client.Engine.Connect(server.Address, options with { Resumption = client.Session.Resumption }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 2));
        for (int i = 0; i < 20; i++)
            client.Engine.Send(client.Session, [(byte)i]);
        link.Settle();
        Assert.Single(server.Established);
        Assert.Empty(server.Received);

        link.Filter = null;
        link.Send(client.Address, server.Address, Assert.Single(held));
        link.Settle();
        Assert.Equal(2, server.Established.Count);
        // As many as are kept, in order; those that were there before the last ones gave way.
        Assert.InRange(server.Received.Count, 7, 8);
        Assert.Equal(Enumerable.Range(20 - server.Received.Count, server.Received.Count).Select(i => (byte)i), server.Received.Select(record => record[0]));
        Assert.True(client.Engine.Send(client.Session, "after"u8));
        link.Settle();
        Assert.Equal("after"u8, server.Received[^1]);
    }

    [Fact]
    public void Data_that_overtakes_the_Finished_of_the_server_is_delivered_after_it()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        List<byte[]> held = [];
        link.Filter = datagram => Hold(held, datagram, server.Established.Count == 0 && datagram.From == server.Address && datagram.Bytes[0] == (byte)ContentType.ChangeCipherSpec);
        client.Engine.Connect(server.Address, Keys.PskClient() with { RequestTicket = false }, link.Now);
        Assert.True(link.Run(() => server.Established.Count == 1));
        server.Engine.Send(server.Session, "early"u8);
        link.Settle();
        Assert.Empty(client.Received);
        link.Send(server.Address, client.Address, Assert.Single(held));
        link.Settle();
        Assert.Single(client.Established);
        Assert.Equal("early"u8, Assert.Single(client.Received));
    }

    [Fact]
    public void A_session_that_is_closed_before_its_handshake_has_arrived_is_closed()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        List<byte[]> held = [];
        link.Filter = datagram => Hold(held, datagram, server.Established.Count == 0 && datagram.From == server.Address && datagram.Bytes[0] == (byte)ContentType.ChangeCipherSpec);
        client.Engine.Connect(server.Address, Keys.PskClient() with { RequestTicket = false }, link.Now);
        Assert.True(link.Run(() => server.Established.Count == 1));
        server.Engine.Send(server.Session, "the end"u8);
        server.Engine.Close(server.Session);
        link.Settle();
        link.Send(server.Address, client.Address, Assert.Single(held));
        link.Settle();
        Assert.Equal("the end"u8, Assert.Single(client.Received));
        Assert.Single(client.Closed);
        Assert.Equal(0, client.Engine.SessionCount);
    }

    [Fact]
    public void Records_of_a_flight_may_come_in_any_order()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        bool isTurned = false;
        link.Filter = datagram =>
        {
            if (isTurned)
                return true;
            isTurned = true;
            foreach (byte[] record in Enumerable.Reverse(Records(datagram.Bytes)))
                link.Send(datagram.From, datagram.To, record);
            isTurned = false;
            return false;
        };
        client.Engine.Connect(server.Address, Keys.Client(), link.Now);
        long start = link.Now;
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        // Nothing had to be repeated.
        Assert.True(link.Now - start < 1000);
    }

    [Fact]
    public void Forged_records_that_come_before_the_Finished_do_not_keep_it_out()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        bool isForging = false;
        link.Filter = datagram =>
        {
            if (isForging || datagram.From != client.Address || !Records(datagram.Bytes).Any(record => record[0] == (byte)ContentType.ChangeCipherSpec))
                return true;
            isForging = true;
            for (int i = 0; i < 50; i++)
                server.Engine.Receive(client.Address, Forged(i), link.Now);
            isForging = false;
            return true;
        };
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        long start = link.Now;
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        Assert.True(link.Now - start < 1000);
    }

    private static bool Hold(List<byte[]> held, Datagram datagram, bool isHeld)
    {
        if (isHeld)
            held.Add(datagram.Bytes);
        return !isHeld;
    }

    private static List<byte[]> Records(byte[] datagram)
    {
        List<byte[]> records = [];
        for (int at = 0; RecordHeader.TryRead(datagram.AsSpan(at), DtlsEngineOptions.Default.ConnectionIdLength, out RecordHeader header); at += header.HeaderLength + header.Length)
            records.Add(datagram[at..(at + header.HeaderLength + header.Length)]);
        return records;
    }

    private static byte[] Forged(int number)
    {
        byte[] record = new byte[13 + 40];
        RecordHeader.Write(record, ContentType.Handshake, ProtocolVersion.Dtls12, 1, (ulong)number, 40);
        return record;
    }
}
