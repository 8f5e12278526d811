using System.Buffers.Binary;

namespace Surety.Dtls.Tests;

/// <summary>ClientHellos that do not fit a datagram of the path.</summary>
public sealed class HelloFragmentTests
{
    // Version, random and an empty session id: the shortest beginning that has a cookie, if an empty one.
    private const int Least = 2 + 32 + 1 + 1;

    [Theory]
    [InlineData(60)]
    [InlineData(64)]
    [InlineData(100)]
    public void A_hello_in_fragments_is_asked_for_a_cookie_once_and_then_served(int size)
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        CutHellos(link, client, size);
        client.Engine.Connect(server.Address, Keys.Client(), link.Now);
        Assert.True(link.Run(() => server.Engine.Statistics.CookieRequests == 1));
        Assert.Equal(0, server.Engine.HelloCount);
        Assert.Equal(0, server.Engine.HandshakeCount);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        Assert.Equal(1, server.Engine.Statistics.CookieRequests);
        Assert.Equal(0, server.Engine.HelloCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_hello_in_fragments_gets_through_a_bad_network(int seed)
    {
        var link = new Link(seed) { Loss = 0.2, Duplication = 0.2, Jitter = 50 };
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        CutHellos(link, client, 80);
        client.Engine.Connect(server.Address, Keys.Client(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
    }

    [Fact]
    public void Fragments_of_one_datagram_are_put_together_as_well()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        bool isCut = false;
        link.Filter = datagram =>
        {
            if (isCut || datagram.From != client.Address || !IsHello(datagram.Bytes))
                return true;
            isCut = true;
            link.Send(datagram.From, datagram.To, [.. Cut(datagram.Bytes, 70).SelectMany(fragment => fragment)]);
            isCut = false;
            return false;
        };
        client.Engine.Connect(server.Address, Keys.Client(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
    }

    [Fact]
    public void The_request_for_a_cookie_is_shorter_than_the_shortest_fragment_that_gets_one()
    {
        (Link link, Peer server, byte[] hello) = FirstHello();
        for (int size = 1; size < 100; size++)
        {
            long asked = server.Engine.Statistics.CookieRequests;
            byte[] first = Cut(hello, size)[0];
            server.Engine.Receive(Link.Address(5), [.. first], link.Now);
            bool isAnswered = server.Engine.Statistics.CookieRequests > asked;
            Assert.Equal(size >= Least, isAnswered);
            if (isAnswered)
                Assert.True(link.Sent[^1].Bytes.Length < first.Length);
        }

        Assert.Equal(0, server.Engine.HelloCount);
    }

    [Fact]
    public void Fragments_without_a_valid_cookie_leave_nothing_behind()
    {
        (Link link, Peer server, byte[] hello) = FirstHello();
        byte[][] fragments = [.. Cut(hello, 60)];
        for (int port = 1; port < 1000; port++)
        {
            foreach (byte[] fragment in fragments)
                server.Engine.Receive(Link.Address(port), [.. fragment], link.Now);
        }

        Assert.Equal(999, server.Engine.Statistics.CookieRequests);
        Assert.Equal(0, server.Engine.HelloCount);
        Assert.Equal(0, server.Engine.HandshakeCount);
    }

    [Fact]
    public void Unfinished_hellos_are_limited_in_number_length_and_time()
    {
        (Link link, Peer server, byte[] hello) = FirstHello();
        for (int port = 1; port <= 5; port++)
        {
            byte[] first = Cut(WithCookie(link, server, hello, port), 60)[0];
            server.Engine.Receive(Link.Address(port), [.. first], link.Now);
            server.Engine.Receive(Link.Address(port), [.. first], link.Now);
            Assert.Equal(Math.Min(port, 3), server.Engine.HelloCount);
        }

        server.Engine.HandleTimeout(link.Now + 60_000);
        Assert.Equal(0, server.Engine.HelloCount);

        // One that says that it has 5,000 bytes.
        byte[] tooLong = Cut(WithCookie(link, server, hello, 6), 60)[0];
        BinaryPrimitives.WriteUInt16BigEndian(tooLong.AsSpan(15), 5000);
        server.Engine.Receive(Link.Address(6), tooLong, link.Now);
        Assert.Equal(0, server.Engine.HelloCount);
    }

    [Fact]
    public void A_hello_that_is_repeated_in_fragments_is_answered_with_the_same_flight()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        CutHellos(link, client, 70);
        int flights = 0;
        Func<Datagram, bool> cut = link.Filter!;
        link.Filter = datagram => cut(datagram) && (datagram.From != server.Address || datagram.Bytes[13] != (byte)HandshakeType.ServerHello || ++flights > 2);
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        Assert.Equal(1, server.Engine.Statistics.Handshakes);
        Assert.Equal(3, flights);
    }

    /// <summary>The hellos of a client go on in fragments, each in a datagram.</summary>
    private static void CutHellos(Link link, Peer client, int size)
    {
        bool isCut = false;
        link.Filter = datagram =>
        {
            if (isCut || datagram.From != client.Address || !IsHello(datagram.Bytes))
                return true;
            isCut = true;
            foreach (byte[] fragment in Cut(datagram.Bytes, size))
                link.Send(datagram.From, datagram.To, fragment);
            isCut = false;
            return false;
        };
    }

    private static bool IsHello(byte[] datagram) => datagram[0] == (byte)ContentType.Handshake && datagram[13] == (byte)HandshakeType.ClientHello;

    /// <summary>RFC 6347, 4.2.3.</summary>
    private static List<byte[]> Cut(byte[] hello, int size)
    {
        List<byte[]> fragments = [];
        byte[] body = hello[25..];
        for (int offset = 0; offset < body.Length; offset += size)
        {
            byte[] part = body[offset..Math.Min(body.Length, offset + size)];
            byte[] record = [.. hello[..25], .. part];
            record[10] = (byte)(hello[10] * 16 + fragments.Count);
            BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(11), (ushort)(12 + part.Length));
            BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(20), (ushort)offset);
            BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(23), (ushort)part.Length);
            fragments.Add(record);
        }

        return fragments;
    }

    private static (Link Link, Peer Server, byte[] Hello) FirstHello()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server(), DtlsEngineOptions.Default with { MaxHandshakes = 3 }), client = link.Add(null);
        link.Filter = _ => false;
        client.Engine.Connect(server.Address, Keys.Client(), link.Now);
        return (link, server, link.Sent[0].Bytes);
    }

    /// <summary>The second hello of a client at a port.</summary>
    private static byte[] WithCookie(Link link, Peer server, byte[] hello, int port)
    {
        server.Engine.Receive(Link.Address(port), [.. hello], link.Now);
        byte[] cookie = link.Sent[^1].Bytes[^16..];
        byte[] second = [.. hello[..60], 16, .. cookie, .. hello[61..]];
        BinaryPrimitives.WriteUInt16BigEndian(second.AsSpan(11), (ushort)(second.Length - 13));
        BinaryPrimitives.WriteUInt16BigEndian(second.AsSpan(15), (ushort)(second.Length - 25));
        second[18] = 1;
        return second;
    }
}
