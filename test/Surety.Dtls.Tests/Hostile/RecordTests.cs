using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Cryptography;

namespace Surety.Dtls.Tests;

/// <summary>Records made by hand against an established session.</summary>
public sealed class RecordTests
{
    [Fact]
    public void Forged_records_change_nothing_however_many_come()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: false);
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            byte[] record = new byte[13 + 8 + 8 + random.Next(64)];
            random.NextBytes(record);
            Header(record, ContentType.ApplicationData, 1, (ulong)i + 100);
            server.Engine.Receive(client.Address, record, link.Now);
        }

        Assert.Equal(10_000, server.Engine.Statistics.Forged);
        Assert.Empty(server.Received);
        AssertAlive(link, server, client);
    }

    [Fact]
    public void A_record_is_taken_once_and_old_ones_not_at_all()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: false);
        link.Filter = _ => false;
        for (int i = 0; i < 100; i++)
            client.Engine.Send(client.Session, [(byte)i]);
        byte[][] records = [.. link.Sent.TakeLast(100).Select(datagram => datagram.Bytes)];
        link.Filter = null;

        // The last first, then the others: those more than 64 behind are too old.
        foreach (byte[] record in records.Reverse())
        {
            server.Engine.Receive(client.Address, [.. record], link.Now);
            server.Engine.Receive(client.Address, [.. record], link.Now);
        }

        Assert.Equal(64, server.Received.Count);
        Assert.Equal(Enumerable.Range(36, 64).Select(i => (byte)i).Reverse(), server.Received.Select(received => received[0]));
        Assert.Equal(64 + (36 * 2), server.Engine.Statistics.Replayed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(65_535)]
    public void Records_of_other_epochs_are_ignored(int epoch)
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: false);
        link.Filter = _ => false;
        client.Engine.Send(client.Session, "x"u8);
        byte[] record = link.Sent[^1].Bytes;
        link.Filter = null;
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(3), (ushort)epoch);
        server.Engine.Receive(client.Address, record, link.Now);
        // Data, alerts and handshake messages that are not encrypted prove nothing.
        foreach (ContentType type in new[] { ContentType.ApplicationData, ContentType.Alert, ContentType.ChangeCipherSpec, ContentType.Handshake })
        {
            byte[] plain = new byte[15];
            Header(plain, type, epoch, 99);
            plain[13] = 2;
            plain[14] = (byte)AlertDescription.InternalError;
            server.Engine.Receive(client.Address, plain, link.Now);
            client.Engine.Receive(server.Address, [.. plain], link.Now);
        }

        Assert.Empty(server.Received);
        AssertAlive(link, server, client);
    }

    [Fact]
    public void Every_bit_of_a_record_counts()
    {
        foreach (bool cid in new[] { false, true })
        {
            var link = new Link();
            (Peer server, Peer client) = Connect(link, cid);
            link.Filter = _ => false;
            client.Engine.Send(client.Session, "every bit"u8);
            byte[] record = link.Sent[^1].Bytes;
            link.Filter = null;
            for (int bit = 0; bit < record.Length * 8; bit++)
            {
                // The version's second byte is not looked at before the tag, and is part of it.
                byte[] damaged = [.. record];
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                server.Engine.Receive(client.Address, damaged, link.Now);
                Assert.Empty(server.Received);
            }

            for (int length = 0; length < record.Length; length++)
                server.Engine.Receive(client.Address, record.AsSpan(0, length).ToArray(), link.Now);
            Assert.Empty(server.Received);
            server.Engine.Receive(client.Address, record, link.Now);
            Assert.Equal("every bit"u8, Assert.Single(server.Received));
        }
    }

    [Fact]
    public void A_record_with_the_Connection_ID_of_another_session_is_of_no_session()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), one = link.Add(null), other = link.Add(null);
        one.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        other.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => one.Established.Count == 1 && other.Established.Count == 1 && server.Established.Count == 2));
        link.Filter = _ => false;
        one.Engine.Send(one.Session, "mine"u8);
        byte[] record = link.Sent[^1].Bytes;
        other.Engine.Send(other.Session, "other"u8);
        link.Sent[^1].Bytes.AsSpan(11, 8).CopyTo(record.AsSpan(11));
        link.Filter = null;
        server.Engine.Receive(one.Address, record, link.Now);
        Assert.Empty(server.Received);
        Assert.Equal(1, server.Engine.Statistics.Forged);
    }

    [Fact]
    public void Who_was_given_a_Connection_ID_must_use_it()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: true);
        // The same keys without the Connection ID: RFC 9146, 3.
        byte[] record = new byte[64];
        "no cid"u8.CopyTo(record.AsSpan(21));
        int length = RecordProtection.Seal(CryptoBackend.Default, client.Session.Keys, ContentType.ApplicationData, 1, 50, [], ConnectionIdForm.None, record, 6);
        server.Engine.Receive(client.Address, record.AsSpan(0, length), link.Now);
        Assert.Empty(server.Received);
        AssertAlive(link, server, client);
    }

    [Fact]
    public void Padding_of_records_with_Connection_ID_is_taken_off_and_a_record_of_zeros_alone_is_refused()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: true);
        byte[] cid = client.Session.PeerConnectionId;
        ReceiveInner([.. "padded"u8, (byte)ContentType.ApplicationData, 0, 0, 0, 0]);
        Assert.Equal("padded"u8, Assert.Single(server.Received));
        ReceiveInner(new byte[20]);
        ReceiveInner([.. "nested"u8, (byte)ContentType.Tls12Cid]);
        ReceiveInner([.. "strange"u8, 77]);
        Assert.Single(server.Received);

        // Seals what is inside as it is, in the way of RFC 9146, 5.3.
        void ReceiveInner(byte[] inner)
        {
            byte[] record = new byte[13 + cid.Length + 8 + inner.Length + 8];
            ulong number = 100 + (ulong)inner.Length;
            RecordHeader.Write(record, ContentType.Tls12Cid, ProtocolVersion.Dtls12, 1, number, 0);
            cid.CopyTo(record, 11);
            BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(11 + cid.Length), (ushort)(8 + inner.Length + 8));
            BinaryPrimitives.WriteUInt64BigEndian(record.AsSpan(13 + cid.Length), 1UL << 48 | number);
            inner.CopyTo(record, 21 + cid.Length);
            byte[] additional = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 25, (byte)cid.Length, 25, 0xFE, 0xFD, .. record.AsSpan(3, 8), .. cid, 0, (byte)inner.Length];
            byte[] nonce = [.. client.Session.Keys.WriteIv, .. record.AsSpan(13 + cid.Length, 8)];
            using var ccm = new AesCcm(client.Session.Keys.WriteKey);
            ccm.Encrypt(nonce, inner, record.AsSpan(21 + cid.Length, inner.Length), record.AsSpan(21 + cid.Length + inner.Length, 8), additional);
            server.Engine.Receive(client.Address, record, link.Now);
        }
    }

    [Fact]
    public void Renegotiation_is_refused_and_the_session_goes_on()
    {
        var link = new Link();
        (Peer server, Peer client) = Connect(link, cid: false);
        byte[] hello = link.Sent[0].Bytes[13..];
        SendProtected(server, client, ContentType.Handshake, hello, link);
        Assert.Equal(1, server.Engine.SessionCount);
        byte[] answer = link.Sent[^1].Bytes;
        Assert.Equal((byte)ContentType.Alert, answer[0]);
        Assert.True(RecordHeader.TryRead(answer, 8, out RecordHeader header));
        Assert.True(RecordProtection.TryOpen(CryptoBackend.Default, client.Session.Keys, header, answer, ConnectionIdForm.None, out _, out Span<byte> alert));
        Assert.Equal([1, (byte)AlertDescription.NoRenegotiation], alert.ToArray());
        AssertAlive(link, server, client);
    }

    [Fact]
    public void A_fatal_alert_of_the_session_ends_it_and_keeps_it_from_being_resumed()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        DtlsClientOptions options = new() { PreSharedKey = Keys.PskClient().PreSharedKey, RequestTicket = false };
        client.Engine.Connect(server.Address, options, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        link.Settle();
        SendProtected(server, client, ContentType.Alert, [2, (byte)AlertDescription.InternalError], link);
        Assert.Single(server.Closed);
        client.Engine.Connect(server.Address, options with { Resumption = client.Session.Resumption }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 2));
        Assert.False(client.Session.IsResumed);
    }

    [Fact]
    public void Application_records_allocate_nothing()
    {
        foreach (TlsCipherSuite suite in new[] { TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8, TlsCipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256 })
        {
            var link = new Link();
            Peer peer = link.Add(Keys.Server()), client = link.Add(null);
            client.Engine.Connect(peer.Address, Keys.PskClient() with { CipherSuites = [suite] }, link.Now);
            Assert.True(link.Run(() => client.Established.Count == 1 && peer.Established.Count == 1));
            byte[] saved = DtlsEngine.Save(peer.Session);
            var host = new CountingHost();
            var server = new DtlsEngine(host, Keys.Server(), null, null, 0);
            DtlsSession session = server.Restore(saved, 0)!;
            byte[] datagram = new byte[256];
            PeerAddress from = client.Address;
            long before = 0;
            for (int i = 0; i < 11_000; i++)
            {
                if (i == 1000)
                    before = GC.GetAllocatedBytesForCurrentThread();
                "a request"u8.CopyTo(DtlsEngine.GetContent(client.Session, datagram));
                int length = client.Engine.Seal(client.Session, datagram, 9);
                server.Receive(from, datagram.AsSpan(0, length), i);
                Assert.True(server.Send(session, "an answer"u8));
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(11_000, host.Received);
        }
    }

    [Fact]
    public void Sequence_numbers_never_wrap()
    {
        var link = new Link();
        (Peer server, _) = Connect(link, cid: false);
        byte[] saved = DtlsEngine.Save(server.Session);
        // The number is behind 1 + 8 + 24 + 2 + 1 + 1 bytes, the Connection ID and the keys.
        int at = 37 + 1 + saved[37];
        at += 1 + saved[at];
        BinaryPrimitives.WriteUInt64BigEndian(saved.AsSpan(at), DtlsSession.LastSequenceNumber - (1UL << 24) - 2);
        var host = new CountingHost();
        var engine = new DtlsEngine(host, Keys.Server(), null, null, 0);
        DtlsSession session = engine.Restore(saved, 0)!;
        Assert.True(engine.Send(session, "1"u8));
        Assert.True(engine.Send(session, "2"u8));
        Assert.True(engine.Send(session, "3"u8));
        Assert.False(engine.Send(session, "4"u8));
    }

    private static void SendProtected(Peer server, Peer client, ContentType type, byte[] content, Link link)
    {
        byte[] record = new byte[content.Length + 64];
        content.CopyTo(record, client.Session.ContentOffset);
        int length = RecordProtection.Seal(
            CryptoBackend.Default, client.Session.Keys, type, 1, client.Session.TakeSequenceNumber(), client.Session.PeerConnectionId, client.Session.ConnectionIdForm, record, content.Length);
        server.Engine.Receive(client.Address, record.AsSpan(0, length), link.Now);
    }

    private static (Peer Server, Peer Client) Connect(Link link, bool cid)
    {
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.PskClient() with { OfferConnectionId = cid, CipherSuites = [TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8] }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        link.Settle();
        return (server, client);
    }

    private static void AssertAlive(Link link, Peer server, Peer client)
    {
        int before = server.Received.Count;
        Assert.True(client.Engine.Send(client.Session, "alive"u8));
        link.Settle();
        Assert.Equal(before + 1, server.Received.Count);
        Assert.Equal("alive"u8, server.Received[^1]);
    }

    private static void Header(Span<byte> record, ContentType type, int epoch, ulong number) =>
        RecordHeader.Write(record, type, ProtocolVersion.Dtls12, (ushort)epoch, number, record.Length - RecordHeader.Size);

    private sealed class CountingHost : IDtlsHost
    {
        private readonly byte[] _buffer = new byte[2048];

        public int Received { get; private set; }

        public Span<byte> Rent(in PeerAddress to, int length) => _buffer;

        public void Commit(int length)
        {
        }

        public void OnEstablished(DtlsSession session)
        {
        }

        public void OnReceived(DtlsSession session, ReadOnlySpan<byte> content) => Received++;

        public void OnClosed(DtlsSession session)
        {
        }

        public void OnHandshakeFailed(in HandshakeFailure failure)
        {
        }

        public bool TryOffload(HandshakeTask task) => false;

        public void Post(HandshakeTask task)
        {
        }
    }
}
