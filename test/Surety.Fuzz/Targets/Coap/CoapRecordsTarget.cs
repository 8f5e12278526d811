using Surety.Coap;
using Surety.Testing;
using static Surety.Fuzz.ScriptInput;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>
/// A session in the layout of Pelion's device client: one message of RFC 7252 in each TLS record. The input is a script: records, requests of ours,
/// answers to them, completions, failed commits, a peer that does not read, time. What leaves is well formed, and every message of ours ends once.
/// </summary>
internal sealed class CoapRecordsTarget : FuzzTarget
{
    private const int MaxSteps = 200;

    public override string Name => "coap-records";

    public override long MaxAllocation => 64 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "4001", "4401000101020304", "b168", "b162", "b163", "b164", "b165", "b16f60", "b173", "b178", "60000001", "6000000111", "70000001", "4000", "c102", "d10a0e", "d10e0e", "d1060a", "d106de", "ff61", "5801" }.Select(Convert.FromHexString)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        using var script = new Script();
        for (int step = 0; step < MaxSteps && !input.IsEmpty; step++)
        {
            script.Step(ref input);
            features.Add(0, (script.Session.HasEnded ? 1 : 0) | (script.Session.IsStalled ? 2 : 0) | (script.Session.HasOutput ? 4 : 0));
        }

        script.Finish(features);
    }

    private sealed class Script : ITcpSessionOwner, IDisposable
    {
        private static readonly CoapEndpointOptions Options = new()
        {
            DeduplicationMemory = 64 * 1024,
            MaxTransferMemory = 64 * 1024,
            MaxRequestBody = 20_000,
            MaxWaitingPerPeer = 5,
            MaxExchanges = 30,
            Tcp = new CoapTcpOptions { MaxOutgoingBacklog = 10_000 },
        };

        private readonly Queue<(PendingResponse Pending, CoapResponse Response)> _completed = new();
        private readonly List<FuzzedRequest> _requests = [];
        private readonly List<byte[]> _sent = [];
        private readonly FaultLogger _log = new() { IsExpected = static e => (e is InvalidOperationException && (e.Message == "a fault of the handler" || e.Message.StartsWith("A body that is read block by block", StringComparison.Ordinal))) || e is IOException { Message: "not durable" } };
        private readonly FuzzedHandler _handler = new(new ManualTime());
        private readonly CoapTcpEngine _connections;
        private readonly RecordEngine _engine;
        private bool _peerReads = true;
        private string? _endReason;
        private long _now = 1000;

        public Script()
        {
            _connections = new CoapTcpEngine(new SessionEndpoint(Options, message => Session!.Send(message, _now)), _handler, (_, _) => Assert.Fail("not over records"), _log, _now);
            _engine = new RecordEngine(_connections, (pending, response) => _completed.Enqueue((pending, response)), _now);
            Session = _engine.Open(PeerKey.FromConnection(1), this);
            Session.Start(_now);
        }

        public RecordSession Session { get; }

        public void Step(ref ReadOnlySpan<byte> input)
        {
            int operation = Take(ref input);
            switch (operation & 7)
            {
                case 0 or 1:
                    Receive(TakeMany(ref input));
                    break;
                case 2:
                    // A request that is framed rightly, whatever is in it.
                    Receive([(byte)(0x41 | (operation & 0x10)), (byte)(1 + (Take(ref input) % 7)), (byte)(operation >> 3), (byte)Take(ref input), 0xA2, .. TakeMany(ref input)]);
                    break;
                case 3:
                    Answer(operation, TakeMany(ref input));
                    break;
                case 4:
                    Advance(TimeSpan.FromMilliseconds(Take(ref input) is var step && step < 128 ? step * 20 : (step - 128) * 3000));
                    break;
                case 5:
                    var request = new FuzzedRequest(CoapCode.Get);
                    _requests.Add(request);
                    Session.Send(request, _now);
                    break;
                case 6:
                    if (_handler.Deferred.Count > 0)
                        _handler.Deferred[Take(ref input) % _handler.Deferred.Count].Complete(new CoapResponse(CoapCode.Content) { Payload = new byte[(operation & 8) != 0 ? 3000 : 5] });
                    break;
                default:
                    Change(operation);
                    break;
            }

            Settle();
        }

        public void Finish(FeatureSet features)
        {
            _handler.FailsToCommit = false;
            _peerReads = true;
            Settle();
            Advance(TimeSpan.FromMinutes(5));
            Session.OnTransportClosed("the connection was closed", _now);
            Settle();
            Assert.True(Session.HasEnded);
            Session.ClearOutput();
            Assert.All(_requests, request => Assert.True(request.IsOver));
            Assert.Empty(_log.Faults);
            Assert.Empty(_handler.Faults);
            foreach (byte[] sent in _sent)
            {
                Assert.InRange(sent.Length, CoapMessage.HeaderLength, RecordEngine.MaxMessageSize);
                Assert.Equal(CoapParseResult.Message, CoapMessage.Parse(sent, out CoapMessage message));
                features.Add(1, ((int)message.Type << 8) | message.Code.Value);
            }

            features.AddText(2, _endReason);
            features.AddAmount(3, (int)_engine.Statistics.Malformed);
        }

        public void Dispose() => _engine.Dispose();

        void ITcpSessionOwner.Flush()
        {
        }

        void ITcpSessionOwner.OnReady()
        {
        }

        void ITcpSessionOwner.OnEnded(string reason)
        {
            Assert.Null(_endReason);
            _endReason = reason;
        }

        private void Receive(byte[] record)
        {
            if (record.Length == 0 || Session.IsStalled)
                return;
            _ = RecordLayout.Matches(record);
            Assert.Equal(record.Length, Session.Receive(record, _now));
        }

        /// <summary>Acknowledges, resets or answers what was sent last.</summary>
        private void Answer(int operation, byte[] rest)
        {
            if (_sent.FindLast(message => (message[0] & 0x20) == 0) is not { } last)
                return;
            int length = CoapMessage.HeaderLength + (last[0] & 15);
            if ((operation & 8) == 0)
                Receive([(operation & 16) == 0 ? (byte)0x60 : (byte)0x70, 0, last[2], last[3], .. rest]);
            else
                Receive([(byte)(0x60 | (last[0] & 15)), 0x45, last[2], last[3], .. last[CoapMessage.HeaderLength..Math.Min(length, last.Length)], .. rest]);
        }

        private void Change(int operation)
        {
            switch (operation >> 3 & 3)
            {
                case 0:
                    _handler.FailsToCommit = (operation & 0x20) != 0;
                    break;
                case 1:
                    _peerReads = (operation & 0x20) == 0;
                    break;
                case 2:
                    Session.Release(new ConnectionRelease { Diagnostic = "maintenance" }, _now);
                    break;
                default:
                    foreach (ObserveRelation relation in _handler.Relations.All)
                        relation.Notify(new CoapResponse(CoapCode.Content) { Payload = new byte[50] }, confirmable: false);
                    break;
            }
        }

        private void Advance(TimeSpan time)
        {
            long end = _now + (long)time.TotalMilliseconds;
            while (Math.Min(_engine.NextTimeout, _connections.NextTimeout) is var next && next <= end)
            {
                _now = Math.Max(_now, next);
                if (_now >= _connections.NextTimeout)
                    _connections.HandleTimeout(_now);
                if (_now >= _engine.NextTimeout)
                    _engine.HandleTimeout(_now);
                Settle();
            }

            _now = end;
        }

        /// <summary>Does what an endpoint does in its rounds.</summary>
        private void Settle()
        {
            do
            {
                while (_completed.TryDequeue(out (PendingResponse Pending, CoapResponse Response) completed))
                    _engine.Complete(completed.Pending, completed.Response, _now);
                _connections.Commit(_now);
                _engine.Commit(_now);
                while (_peerReads && Session.TryPeek(out ReadOnlyMemory<byte> bytes))
                {
                    _sent.Add(bytes.ToArray());
                    Session.OnSent(bytes.Length, _now);
                }
            }
            while (_completed.Count > 0);
        }
    }
}
