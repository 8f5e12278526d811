using System.Net;
using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Testing.Coap;
using static Surety.Fuzz.ScriptInput;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>
/// A whole LwM2M server with four devices, two of them without security. The input is a script: datagrams, requests of devices that are well
/// framed whatever is in them, answers to the server's requests, notifications, operations of the server, failed commits, and time. Nothing
/// may be thrown, every Confirmable message is answered or reset, and an hour later nothing is left.
/// </summary>
internal sealed class Lwm2mServerTarget : FuzzTarget
{
    private const int MaxSteps = 100;

    public override string Name => "lwm2m-server";

    public override long MaxAllocation => 128 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[] { "ep=a", "&lt=60", "&lwm2m=1.1", "&b=UQ", "&Q", "&pid=1:2", "&et=x", "</1/0>,</3/0>", "</>;rt=\"oma.lwm2m\";ct=110", "</3442/0>", "[{\"bn\":\"/3/0/\",\"n\":\"9\",\"v\":1}]", "rd", "dp" }.Select(Encoding.UTF8.GetBytes),
        .. new[] { "b272 64", "51 70", "c128", "d16e03", "60", "6101", "c116", "d10a0e", "ff" }.Select(w => Convert.FromHexString(w.Replace(" ", "", StringComparison.Ordinal))),
    ];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        using var script = new ServerScript(features);
        for (int step = 0; step < MaxSteps && !input.IsEmpty; step++)
            script.Step(ref input);
        script.Finish();
    }

    private sealed class ServerScript : IDisposable
    {
        private static readonly CoapEndpointOptions Options = new() { DeduplicationMemory = 64 * 1024, MaxTransferMemory = 64 * 1024, MaxRequestBody = 20_000, MaxWaitingPerPeer = 5, MaxExchanges = 30 };

        private static readonly IPEndPoint[] Peers = [.. Enumerable.Range(1, 4).Select(i => new IPEndPoint(new IPAddress([10, 2, 0, (byte)i]), 5683))];

        private static readonly Lwm2mPath[] Paths = [.. new[] { "/", "/3", "/3/0", "/3/0/9", "/3442/0/110", "/1/0/1" }.Select(p => Lwm2mPath.Parse(p))];

        private static readonly ushort[] Formats = [0, 40, 42, 60, 110, 112, 11542, 11543, 11544, 65535];

        private readonly FeatureSet _features;
        private readonly SimulatedNetwork _network = new() { HasContinuations = false };
        private readonly FuzzedAdmission _admission = new();
        private readonly FuzzedEvents _events = new();
        private readonly FaultLogger _log = new() { IsExpected = static e => e is IOException { Message: "not durable" } };
        private readonly Lwm2mServer _server;
        private readonly SimulatedEndpoint[] _endpoints;
        private readonly ReplyCheck _replies;
        private readonly List<Task> _tasks = [];
        private readonly string?[] _locations = new string?[Peers.Length];
        private ushort _messageId = 0x4000;

        public ServerScript(FeatureSet features)
        {
            _features = features;
            _replies = new ReplyCheck(_network);
            _server = new Lwm2mServer(new() { MaxLifetime = TimeSpan.FromMinutes(5) }, _admission, _events, _network.QuietTime, _log);
            var handler = new WatchedHandler(_server, _log);
            _endpoints = [_network.Add(handler, Options), _network.Add(handler, Options, "coaps")];
            _endpoints[1].Identify = address => new PeerIdentity.PreSharedKey(Encoding.UTF8.GetBytes($"device {address.Address}"));
            foreach (SimulatedEndpoint endpoint in _endpoints)
                _server.AddEndpoint(endpoint);
        }

        public void Step(ref ReadOnlySpan<byte> input)
        {
            int operation = Take(ref input);
            int peer = (operation >> 3) & 3;
            int more = operation >> 5;
            switch (operation & 7)
            {
                case 0:
                    Deliver(peer, TakeMany(ref input));
                    break;
                case 1:
                    Request(peer, "rd", more, ref input);
                    break;
                case 2:
                    Request(peer, "dp", more, ref input);
                    break;
                case 3:
                    Answer(peer, more, TakeMany(ref input));
                    break;
                case 4:
                    Notify(peer, more, ref input);
                    break;
                case 5:
                    Operate(peer, more, Take(ref input));
                    break;
                case 6:
                    int seconds = Take(ref input);
                    _network.Run(TimeSpan.FromMilliseconds(seconds < 128 ? seconds * 20 : (seconds - 128) * 3000));
                    break;
                default:
                    Change(more);
                    break;
            }

            _features.AddAmount(0, _server.Registrations.Count);
            _features.AddAmount(1, _server.Registrations.ObservationCount);
            Assert.InRange(_server.Registrations.Count, 0, _events.Counts[0]);
            Assert.InRange(_server.Registrations.ObservationCount, 0, _tasks.Count);
        }

        public void Finish()
        {
            _events.FailsToCommit = false;
            _admission.CompleteAll();
            _network.Run(TimeSpan.FromMinutes(12));
            if (_tasks.Count > 0)
                Continuations.RunUntil(_network, () => _tasks.TrueForAll(t => t.IsCompleted));
            foreach (Task task in _tasks)
                Assert.True(task.Exception is null || task.Exception.InnerException is CoapExchangeException, task.Exception?.ToString());
            Assert.Equal((0, 0), (_server.Registrations.Count, _server.Registrations.ObservationCount));
            Assert.All(_endpoints, endpoint => Assert.Equal((0, (0, 0L)), (endpoint.OpenCount, endpoint.Transfers)));
            _replies.Check();
            Assert.Empty(_log.Faults);
            Assert.Empty(_events.Faults);
            for (int kind = 0; kind < _events.Counts.Length; kind++)
                _features.AddAmount(10 + kind, _events.Counts[kind]);
            foreach (SimulatedNetwork.Datagram sent in _network.Sent)
                _features.Add(2, ((int)sent.Type << 8) | sent.Code.Value);
        }

        public void Dispose() => _server.Dispose();

        private SimulatedEndpoint EndpointOf(int peer) => _endpoints[peer >> 1];

        private void Deliver(int peer, byte[] bytes)
        {
            int before = _network.Sent.Count;
            _replies.Deliver(Peers[peer], EndpointOf(peer), bytes, _events.FailsToCommit);
            for (int i = before; i < _network.Sent.Count; i++)
            {
                WireMessage sent = _network.Sent[i].Parse();
                if (sent.Code == CoapCode.Created)
                    _locations[peer] = string.Join('/', sent.Options.GetStrings(CoapOptionNumber.LocationPath));
                if (sent.Code.Class >= 4)
                    _features.AddText(3, sent.Text);
            }
        }

        /// <summary>A POST, or another method; to the device's own location when there is one and the script wants it.</summary>
        private void Request(int peer, string path, int how, ref ReadOnlySpan<byte> input)
        {
            int head = Take(ref input);
            var options = new CoapOptions();
            string target = (how & 1) != 0 && _locations[peer] is { } location ? location : path;
            foreach (string segment in target.Split('/'))
                options.Add(CoapOptionNumber.UriPath, segment);
            foreach (string query in Encoding.UTF8.GetString(TakeMany(ref input)).Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                if (Encoding.UTF8.GetByteCount(query) <= 255)
                    options.Add(CoapOptionNumber.UriQuery, query);
            }

            if ((head & 0x80) == 0)
                options.Add(CoapOptionNumber.ContentFormat, Formats[(head & 15) % Formats.Length]);
            CoapCode method = (how >> 1) switch { 2 => CoapCode.Delete, 3 => new CoapCode((byte)(head >> 4)), _ => CoapCode.Post };
            Deliver(peer, new WireMessage((head & 0x40) == 0 ? MessageType.Confirmable : MessageType.NonConfirmable, method, _messageId++) { Options = options, Payload = TakeMany(ref input) }.ToBytes());
        }

        /// <summary>Answers what was sent last, rightly or not.</summary>
        private void Answer(int peer, int how, byte[] rest)
        {
            SimulatedNetwork.Datagram? last = _network.Sent.FindLast(d => d.To.Equals(Peers[peer]) && d.Code.IsRequest);
            if (last is null)
                return;
            WireMessage asked = last.Parse();
            if (how == 7)
            {
                Deliver(peer, [0x70, 0, (byte)(asked.MessageId >> 8), (byte)asked.MessageId]);
                return;
            }

            bool isPiggybacked = (how & 2) == 0;
            CoapCode code = (how & 4) != 0 ? CoapCode.Changed : CoapCode.Content;
            byte[] bytes = new byte[CoapMessageWriter.HeaderLength(asked.Token.Length) + 2 + rest.Length];
            int length = CoapMessageWriter.WriteHeader(
                bytes, isPiggybacked ? MessageType.Acknowledgement : MessageType.Confirmable, code, isPiggybacked ? asked.MessageId : _messageId++, asked.Token);
            if ((how & 1) != 0)
            {
                // Observe: 5
                bytes[length++] = 0x61;
                bytes[length++] = 5;
            }

            rest.CopyTo(bytes, length);
            Deliver(peer, bytes[..(length + rest.Length)]);
        }

        private void Notify(int peer, int how, ref ReadOnlySpan<byte> input)
        {
            int sequence = Take(ref input);
            byte[] rest = TakeMany(ref input);
            SimulatedNetwork.Datagram? observe = _network.Sent.FindLast(
                d => d.To.Equals(Peers[peer]) && d.Code.IsRequest && d.Parse().Options.GetUInt(CoapOptionNumber.Observe) == 0);
            if (observe is null)
                return;
            WireMessage asked = observe.Parse();
            byte[] bytes = new byte[CoapMessageWriter.HeaderLength(asked.Token.Length) + 2 + rest.Length];
            int length = CoapMessageWriter.WriteHeader(
                bytes, (how & 1) != 0 ? MessageType.NonConfirmable : MessageType.Confirmable, (how & 6) == 6 ? CoapCode.NotFound : CoapCode.Content, _messageId++, asked.Token);
            bytes[length++] = 0x61;
            bytes[length++] = (byte)sequence;
            rest.CopyTo(bytes, length);
            Deliver(peer, bytes);
        }

        private void Operate(int peer, int how, int what)
        {
            Registration? registration = _server.Registrations.ToArray().Where(r => r.Peer.Key.ToEndPoint()!.Equals(Peers[peer])).MaxBy(r => r.RegisteredAt);
            if (registration is null)
                return;
            Lwm2mPath path = Paths[(what & 15) % Paths.Length];
            ContentFormat format = new(Formats[(what >> 4) % Formats.Length]);
            // What awaits a device's answer goes on elsewhere.
            _network.HasContinuations = true;
            switch (how)
            {
                case 0:
                    _tasks.Add(_server.SendAsync(registration, DeviceRequest.Read(path, format)));
                    break;
                case 1 or 2:
                    _tasks.Add(_server.ObserveAsync(registration, path, new ObserveOptions { Accept = how == 1 ? null : format }));
                    break;
                case 3:
                    _tasks.Add(_server.ObserveCompositeAsync(registration, [path, Paths[3]], ContentFormat.SenmlCbor));
                    break;
                case 4:
                    _tasks.Add(_server.SendAsync(registration, DeviceRequest.Write(path, format, new byte[what * 10])));
                    break;
                case 5 when _server.Registrations.ObservationsOf(registration) is { Count: > 0 } observations:
                    if ((what & 1) != 0)
                        _tasks.Add(_server.CancelAsync(observations[0]));
                    else if (!_events.FailsToCommit)
                        _server.Forget(observations[0]);
                    break;
                case 6 when !_events.FailsToCommit:
                    _server.Revoke(registration);
                    break;
            }

            _network.Run(TimeSpan.Zero);
        }

        private void Change(int how)
        {
            switch (how)
            {
                case < 2:
                    _admission.IsSlow = how == 0;
                    break;
                case < 4:
                    _admission.CompleteOne();
                    break;
                default:
                    _events.FailsToCommit = (how & 1) == 0;
                    break;
            }

            _network.Run(TimeSpan.Zero);
        }
    }
}
