using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Surety.Dtls;

namespace Surety.Fuzz.Targets.Dtls;

/// <summary>
/// Two engines whose datagrams are changed on the way as the input says: lost, doubled, cut, bytes changed, fields of records and messages set,
/// ClientHellos and other messages taken to fragments, a client that speaks from another address (RFC 9853).
/// Whatever happens, nobody throws, nobody is taken in, and both still work with each other afterwards.
/// </summary>
internal sealed class DtlsHandshakeTarget : FuzzTarget
{
    private static readonly byte[] Key = new byte[16];
    private static readonly DtlsCertificate ServerKey = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private static readonly DtlsCertificate ClientKey = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public override string Name => "dtls-handshake";

    public override int MaxLength => 256;

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        if (input.IsEmpty)
            return;
        byte setting = input[0];
        var network = new Network(input[1..].ToArray(), setting);
        network.Connect(setting);
        for (int round = 0; round < 12; round++)
            network.Deliver(features, round);
        features.Add(0, (network.Server.SessionCount > 0 ? 1 : 0) | (network.Client.SessionCount > 0 ? 2 : 0) | (network.Failures > 0 ? 4 : 0));

        // Without a hand on the wire all is well.
        network.Stop();
        network.Connect(setting);
        for (int round = 0; round < 12; round++)
            network.Deliver(features, 0);
        Assert.True(network.Client.SessionCount > 0);
        DtlsSession session = network.ClientSession!;
        network.Client.Send(session, "well"u8);
        network.Deliver(features, 0);
        Assert.Contains("well", network.Received);
        Assert.All(network.Received, text => Assert.Contains(text, new[] { "well", "early" }));
    }

    private sealed class OneKey : IPreSharedKeyStore
    {
        public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(identity.Length == 1 ? Key : null);
    }

    private sealed class Network
    {
        private readonly PeerAddress _serverAddress = new(new IPEndPoint(IPAddress.Loopback, 1));
        private readonly PeerAddress _clientAddress = new(new IPEndPoint(IPAddress.Loopback, 2));
        private readonly PeerAddress _otherAddress = new(new IPEndPoint(IPAddress.Loopback, 3));
        private readonly Queue<(bool ToServer, byte[] Bytes)> _onTheWay = new();
        private readonly byte[] _changes;
        private int _at;
        private bool _isStopped;
        private bool _comesFromElsewhere;
        private long _now;

        public Network(byte[] changes, byte setting)
        {
            _changes = changes;
            var trust = new TrustAnchors([], rawPublicKeys: [ServerKey.SubjectPublicKeyInfo.ToArray(), ClientKey.SubjectPublicKeyInfo.ToArray()]);
            Options = (setting & 1) == 0
                ? new DtlsClientOptions { PreSharedKey = new(new byte[] { 1 }, Key), OfferConnectionId = (setting & 2) == 0, CipherSuites = DtlsCipherSuites.Default }
                : new DtlsClientOptions { Certificate = ClientKey, Verifier = trust, AllowRawPublicKeys = true, OfferConnectionId = (setting & 2) == 0 };
            var engine = DtlsEngineOptions.Default with { MaxDatagram = (setting & 4) == 0 ? 1232 : 548 };
            Server = new DtlsEngine(new Host(this, false), new DtlsServerOptions { Certificate = ServerKey, Verifier = trust, PreSharedKeys = new OneKey() }, engine, null, 0);
            Client = new DtlsEngine(new Host(this, true), null, engine, null, 0);
        }

        public DtlsEngine Server { get; }

        public DtlsEngine Client { get; }

        public DtlsSession? ClientSession { get; private set; }

        public int Failures { get; private set; }

        public List<string> Received { get; } = [];

        private DtlsClientOptions Options { get; }

        /// <summary>Nothing is changed any more, and what was begun is given up.</summary>
        public void Stop()
        {
            _isStopped = true;
            _comesFromElsewhere = false;
            _now += 120_000;
            Server.HandleTimeout(_now);
            Client.HandleTimeout(_now);
            _onTheWay.Clear();
        }

        public void Connect(byte setting)
        {
            DtlsResumption? resumption = (setting & 8) != 0 ? ClientSession?.Resumption : null;
            Client.Connect(_serverAddress, Options with { Resumption = resumption }, _now);
        }

        public void Deliver(FeatureSet features, int round)
        {
            for (int i = 0; i < 100 && _onTheWay.TryDequeue(out (bool ToServer, byte[] Bytes) datagram); i++)
            {
                foreach (byte[] bytes in Change(datagram.Bytes))
                {
                    features.Add(1, bytes.Length > 25 ? bytes[0] << 8 | bytes[13] : 0);
                    if (datagram.ToServer)
                        Server.Receive(_comesFromElsewhere ? _otherAddress : _clientAddress, bytes, _now);
                    else
                        Client.Receive(_serverAddress, bytes, _now);
                }
            }

            if (round > 0 && ClientSession is { } session)
                Client.Send(session, "early"u8);
            _now += 5000;
            Server.HandleTimeout(_now);
            Client.HandleTimeout(_now);
        }

        private byte[][] Change(byte[] bytes)
        {
            if (_isStopped || _at >= _changes.Length)
                return [bytes];
            byte what = Next();
            switch (what % 8)
            {
                case 0:
                    return [];
                case 1:
                    return [bytes, [.. bytes]];
                case 2:
                    return [bytes[..(Next() * bytes.Length / 256)]];
                case 3:
                    bytes[(Next() << 8 | Next()) % bytes.Length] ^= (byte)(1 << (Next() & 7));
                    return [bytes];
                case 4:
                    // A field of the first record or message.
                    bytes[Next() % Math.Min(25, bytes.Length)] = Next();
                    return [bytes];
                case 5:
                    _comesFromElsewhere = !_comesFromElsewhere;
                    return [bytes];
                case 6:
                    return Fragment(bytes);
                default:
                    return [bytes];
            }
        }

        /// <summary>The first message of a datagram in two fragments, each in a datagram of its own, whole or overlapping (RFC 6347, 4.2.3).</summary>
        private byte[][] Fragment(byte[] bytes)
        {
            const int RecordHeader = 13, Header = 12;
            int cut = Next(), overlap = Next() % 8;
            if (bytes.Length <= RecordHeader + Header || bytes[0] != 22 || BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(3)) != 0
                || !HandshakeHeader.TryRead(bytes.AsSpan(RecordHeader), out HandshakeHeader header) || !header.IsWhole)
                return [bytes];
            ReadOnlySpan<byte> body = bytes.AsSpan(RecordHeader + Header, header.FragmentLength);
            cut = body.Length * cut / 256;
            int second = Math.Max(0, cut - overlap);
            byte[] rest = bytes[(RecordHeader + Header + body.Length)..];
            byte[][] fragments = [Make(0, body[..cut], 0), [.. Make(second, body[second..], 1), .. rest]];
            return (cut & 1) == 0 ? fragments : [fragments[1], fragments[0]];

            byte[] Make(int offset, ReadOnlySpan<byte> fragment, byte later)
            {
                byte[] record = [.. bytes.AsSpan(0, RecordHeader + Header), .. fragment];
                // Sequence numbers that the sender has not come to, so that neither is a repetition of the other.
                record[8] = later;
                BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(11), (ushort)(Header + fragment.Length));
                record[RecordHeader + 7] = (byte)(offset >> 8);
                record[RecordHeader + 8] = (byte)offset;
                record[RecordHeader + 10] = (byte)(fragment.Length >> 8);
                record[RecordHeader + 11] = (byte)fragment.Length;
                return record;
            }
        }

        private byte Next() => _at < _changes.Length ? _changes[_at++] : (byte)0;

        private sealed class Host(Network network, bool toServer) : IDtlsHost
        {
            private byte[] _buffer = [];

            public Span<byte> Rent(in PeerAddress to, int length) => _buffer = new byte[length];

            public void Commit(int length) => network._onTheWay.Enqueue((toServer, _buffer[..length]));

            public void OnEstablished(DtlsSession session)
            {
                if (!session.IsServer)
                    network.ClientSession = session;
            }

            public void OnReceived(DtlsSession session, ReadOnlySpan<byte> content) => network.Received.Add(System.Text.Encoding.ASCII.GetString(content));

            public void OnClosed(DtlsSession session)
            {
                if (ReferenceEquals(session, network.ClientSession))
                    network.ClientSession = null;
            }

            public void OnHandshakeFailed(in HandshakeFailure failure)
            {
                network.Failures++;
                Assert.NotEqual(AlertDescription.InternalError, failure.Alert);
            }

            public bool TryOffload(HandshakeTask task)
            {
                ValueTask step = task.RunAsync();
                Assert.True(step.IsCompletedSuccessfully);
                (toServer ? network.Client : network.Server).Complete(task, network._now);
                return true;
            }

            public void Post(HandshakeTask task)
            {
            }
        }
    }
}
