using System.Buffers.Binary;
using System.Net;
using Surety.Coap;
using Surety.Testing.Coap;
using static Surety.Fuzz.ScriptInput;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>
/// A whole engine with resources of every kind. The input is a script: datagrams of four peers, unicast and multicast, answers made from
/// what the engine sent last, requests and notifications of ours, completions, failed commits, and time that passes. Nothing may be
/// thrown, every reaction must be legal (RFC 7252, 4.2, 4.3), and after ten silent minutes nothing may be left.
/// </summary>
internal sealed class CoapEngineTarget : FuzzTarget
{
    private const int MaxSteps = 200;

    private static readonly CoapEndpointOptions Options = new()
    {
        DeduplicationMemory = 64 * 1024,
        MaxTransferMemory = 64 * 1024,
        MaxRequestBody = 20_000,
        MaxWaitingPerPeer = 5,
        MaxExchanges = 30,
    };

    public override string Name => "coap-engine";

    public override long MaxAllocation => 64 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "b162", "b16f", "b164", "b173", "60", "c106", "d10a0e", "d10a1e", "d10e0e", "d10e16", "d10e26", "51", "d0eb", "d1f51a", "ff", "6000", "7000", "4001", "5001", "4103", "4205" }.Select(Convert.FromHexString)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        var network = new SimulatedNetwork();
        var handler = new FuzzedHandler(network.Time);
        var script = new Script(network, handler, network.Add(handler, Options), features);
        for (int step = 0; step < MaxSteps && script.Step(ref input); step++)
        {
        }

        script.Finish();
    }

    private sealed class Script(SimulatedNetwork network, FuzzedHandler handler, SimulatedEndpoint server, FeatureSet features)
    {
        private static readonly IPEndPoint[] Peers = [.. Enumerable.Range(1, 4).Select(i => new IPEndPoint(new IPAddress([10, 2, 0, (byte)i]), 5683))];

        private readonly List<FuzzedRequest> _requests = [];
        private readonly HashSet<(IPEndPoint, ushort)> _delivered = [];

        public bool Step(ref ReadOnlySpan<byte> input)
        {
            if (input.IsEmpty)
                return false;
            int operation = Take(ref input);
            IPEndPoint peer = Peers[(operation >> 3) & 3];
            switch (operation & 7)
            {
                case <= 2:
                    Deliver(peer, TakeMany(ref input), isMulticast: (operation & 0x20) != 0);
                    break;
                case 3:
                    Answer(peer, operation, ref input);
                    break;
                case 4:
                    int seconds = Take(ref input);
                    network.Run(TimeSpan.FromMilliseconds(seconds < 128 ? seconds * 20 : (seconds - 128) * 2200));
                    break;
                case 5:
                    Send(peer, operation);
                    break;
                case 6:
                    if (handler.Deferred.Count > 0)
                        handler.Deferred[Take(ref input) % handler.Deferred.Count].Complete(Response(operation));
                    network.Run(TimeSpan.Zero);
                    break;
                default:
                    handler.FailsToCommit = (operation & 8) != 0;
                    foreach (ObserveRelation relation in handler.Relations.All)
                        relation.Notify(Response(operation), (operation & 0x40) != 0);
                    network.Run(TimeSpan.Zero);
                    break;
            }

            return true;
        }

        /// <summary>After a long silence nothing is left, and every request of ours has come to an end.</summary>
        public void Finish()
        {
            handler.FailsToCommit = false;
            network.Run(TimeSpan.FromMinutes(45));
            Assert.Equal((0, 0, (0, 0L)), (server.OpenCount, server.PeerCount, server.Transfers));
            Assert.All(_requests, request => Assert.True(request.IsOver));
            Assert.Empty(handler.Faults);
            foreach (SimulatedNetwork.Datagram sent in network.Sent)
                Assert.Equal(CoapParseResult.Message, CoapMessage.Parse(sent.Bytes, out _));
            features.AddAmount(20, handler.Relations.Count);
            features.AddAmount(21, (int)server.Statistics.Duplicates);
            features.AddAmount(22, (int)server.Statistics.Strays);
            features.AddAmount(23, (int)server.Statistics.FailedCommits);
        }

        private void Deliver(IPEndPoint peer, byte[] bytes, bool isMulticast)
        {
            // What we send ourselves is no reaction.
            network.Run(TimeSpan.Zero);
            int before = network.Sent.Count;
            if (isMulticast)
            {
                if (bytes.Length >= 4)
                    _delivered.Add((peer, BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2))));
                server.ReceiveMulticast(peer, bytes);
                Assert.Equal(before, network.Sent.Count);
                return;
            }

            network.Inject(peer, server, bytes);
            network.Run(TimeSpan.Zero);
            SimulatedNetwork.Datagram[] sent = [.. network.Sent.Skip(before)];
            CheckReaction(peer, bytes, sent);
            foreach (SimulatedNetwork.Datagram datagram in sent)
                Note(datagram.Parse());
            features.AddAmount(3, server.Transfers.Count);
            features.AddAmount(4, server.OpenCount);
            features.AddAmount(5, handler.Relations.Count);
        }

        private void Note(WireMessage sent)
        {
            int options = 0;
            foreach ((CoapOptionNumber number, _) in sent.Options)
                options |= 1 << ((int)number % 24);
            features.Add(1, ((int)sent.Type << 8) | sent.Code.Value);
            features.Add(2, (options << 8) | sent.Code.Value);
        }

        private void CheckReaction(IPEndPoint peer, byte[] bytes, SimulatedNetwork.Datagram[] sent)
        {
            CoapParseResult result = CoapMessage.Parse(bytes, out CoapMessage message);
            ushort messageId = message.MessageId;
            features.Add(0, ((int)result << 8) | (int)message.Type);
            Assert.All(sent, d => Assert.Equal(peer, d.To));
            // Acknowledgements and Resets; what else went out is ours, let go by this message.
            SimulatedNetwork.Datagram[] replies = [.. sent.Where(d => d.Type >= MessageType.Acknowledgement)];
            Assert.All(replies, d => Assert.Equal(messageId, d.MessageId));
            Assert.All(replies, d => Assert.True(d.Type != MessageType.Reset || d.Bytes.Length == 4));
            // What repeats a Message ID gets what the first message with it got, whatever it is itself.
            bool isFirst = _delivered.Add((peer, messageId));
            bool mustReset = result == CoapParseResult.FormatError || (result == CoapParseResult.Message && (message.Code.IsEmpty || message.Code.Class is 1 or 3 or 6 or 7));
            if (result == CoapParseResult.Ignore)
                Assert.Empty(sent);
            else if (message.Type is MessageType.Acknowledgement or MessageType.Reset)
                Assert.Empty(replies);
            else if (message.Type == MessageType.NonConfirmable)
                Assert.True(replies.Length == 0 || !isFirst || (replies.Length == 1 && replies[0].Type == MessageType.Reset && message.Code.IsResponse));
            else if (handler.FailsToCommit)
                Assert.Empty(replies);
            else if (mustReset)
                Assert.Equal([MessageType.Reset], sent.Select(d => d.Type));
            else if (!isFirst)
                Assert.InRange(replies.Length, 0, 1);
            else if (message.Code.IsResponse)
                Assert.Single(replies);
            else
                CheckAnswer(message, sent);
        }

        /// <summary>A Confirmable request gets one acknowledgement, with its token if it has a response; or none yet.</summary>
        private static void CheckAnswer(in CoapMessage request, SimulatedNetwork.Datagram[] sent)
        {
            if (sent.Length == 0)
                return;
            WireMessage answer = Assert.Single(sent).Parse();
            Assert.Equal(MessageType.Acknowledgement, answer.Type);
            Assert.True(answer.Code.IsEmpty || answer.Token.AsSpan().SequenceEqual(request.Token));
        }

        /// <summary>Answers what was sent last, rightly or a little wrongly.</summary>
        private void Answer(IPEndPoint peer, int operation, ref ReadOnlySpan<byte> input)
        {
            SimulatedNetwork.Datagram? last = network.Sent.FindLast(d => d.To.Equals(peer) && d.Type <= MessageType.NonConfirmable);
            if (last is null)
                return;
            WireMessage asked = last.Parse();
            byte[] rest = TakeMany(ref input);
            byte[] answer = new byte[CoapMessageWriter.HeaderLength(asked.Token.Length) + rest.Length];
            int kind = operation >> 5;
            MessageType type = kind switch { 0 => MessageType.Acknowledgement, 1 => MessageType.Reset, 2 => MessageType.Acknowledgement, 3 => MessageType.Confirmable, _ => (MessageType)(kind & 3) };
            CoapCode code = kind <= 1 ? CoapCode.Empty : CoapCode.Content;
            ushort messageId = kind is 3 or 5 ? (ushort)(asked.MessageId ^ 0x55) : asked.MessageId;
            int header = CoapMessageWriter.WriteHeader(answer, type, code, messageId, kind <= 1 ? default : asked.Token);
            rest.CopyTo(answer, header);
            Deliver(peer, answer[..(header + (kind <= 1 ? 0 : rest.Length))], isMulticast: false);
        }

        private void Send(IPEndPoint peer, int operation)
        {
            if ((operation & 0x80) != 0 && _requests.Count > 0)
            {
                FuzzedRequest cancelled = _requests[operation % _requests.Count];
                if (!cancelled.IsOver)
                    server.Cancel(cancelled);
                cancelled.IsOver = true;
            }
            else
            {
                var request = new FuzzedRequest((operation & 0x40) != 0 ? CoapCode.Empty : CoapCode.Get) { IsConfirmable = (operation & 0x20) != 0 };
                _requests.Add(request);
                server.Send(PeerKey.FromAddress(peer), request);
            }

            network.Run(TimeSpan.Zero);
        }

        private static CoapResponse Response(int operation) => new((operation & 0x80) != 0 ? CoapCode.NotFound : CoapCode.Content)
        {
            Payload = new byte[(operation & 0x10) != 0 ? 2000 : 5],
        };
    }
}
