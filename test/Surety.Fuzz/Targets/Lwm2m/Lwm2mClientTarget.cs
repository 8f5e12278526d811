using System.Net;
using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;
using Surety.Testing.Coap;
using static Surety.Fuzz.ScriptInput;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>
/// A whole LwM2M client whose server, and a stranger, send what they like. The input is a script: datagrams, operations that are well framed
/// whatever is in them, answers to what the client sends, values that change, Send, and time. Nothing may be thrown, every Confirmable
/// message is answered or reset, and afterwards the client still serves.
/// </summary>
internal sealed class Lwm2mClientTarget : FuzzTarget
{
    private const int MaxSteps = 100;

    public override string Name => "lwm2m-client";

    public override long MaxAllocation => 128 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[] { "/3/0", "/3/0/9", "/3303/0/5700", "/1/0/1", "/16/0/0/1", "/3311", "/3311/5/5850", "pmin=1", "&pmax=2", "&gt=5", "&st=1", "&edge=1", "&con=1", "&hqmax=3", "depth=2", "0='a',1", "[{\"n\":\"/3/0/9\"}]", "[{\"n\":\"/3306/0/5850\",\"vb\":true}]" }
            .Select(Encoding.UTF8.GetBytes),
        .. new[] { "c10265", "81a100662f332f302f39", "a1190ce6a100", "60", "6101", "c116", "d10a0e", "ff" }.Select(Convert.FromHexString),
    ];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        using var script = new ClientScript(features, isQueued: !input.IsEmpty && (input[0] & 0x80) != 0);
        for (int step = 0; step < MaxSteps && !input.IsEmpty; step++)
            script.Step(ref input);
        script.Finish();
    }

    private sealed class ClientScript : IServerConnector, IDisposable
    {
        private static readonly CoapEndpointOptions Options = new() { DeduplicationMemory = 64 * 1024, MaxTransferMemory = 64 * 1024, MaxRequestBody = 20_000, MaxWaitingPerPeer = 20, MaxExchanges = 50 };

        private static readonly IPEndPoint Server = new(new IPAddress([10, 2, 0, 1]), 5683);
        private static readonly IPEndPoint Stranger = new(new IPAddress([10, 2, 0, 9]), 5683);

        private static readonly ushort[] Formats = [0, 40, 42, 60, 110, 112, 320, 322, 11542, 11543, 11544, 1542, 65535];
        private static readonly CoapCode[] Methods = [CoapCode.Get, CoapCode.Put, CoapCode.Post, CoapCode.Delete, CoapCode.Fetch, CoapCode.Patch, CoapCode.IPatch];

        private readonly FeatureSet _features;
        private readonly SimulatedNetwork _network = new() { HasContinuations = false };
        private readonly FaultLogger _log = new();
        private readonly Lwm2mClient _client;
        private readonly ObjectInstance _thermometer;
        private readonly SimulatedEndpoint _endpoint;
        private readonly ReplyCheck _replies;
        private readonly List<Task> _tasks = [];
        private ushort _messageId = 0x4000;

        public ClientScript(FeatureSet features, bool isQueued)
        {
            _features = features;
            _replies = new ReplyCheck(_network);
            var options = new Lwm2mClientOptions
            {
                EndpointName = "node",
                Servers = [new ServerAccount($"coap://{Server}") { ShortServerId = 1 }],
                QueueMode = isQueued,
                MaxObservations = 10,
                MaxStoredNotifications = 5,
                MaxHistory = 8,
                Random = new Random(1),
            };
            _client = new Lwm2mClient(options, this, _network.QuietTime, _log);
            _client.Objects.Add(new DeviceInstance(new DeviceInformation { Manufacturer = "a", ModelNumber = "b", SerialNumber = "c", FirmwareVersion = "1.0" }, () => Task.CompletedTask, time: _network.QuietTime));
            _thermometer = new ObjectInstance(3303) { [5700] = 21.5, [5701] = "Cel", [5601] = 20.0, [5602] = 22.0 };
            _thermometer.OnExecute(5605, () => _thermometer[5601] = 1.0);
            _client.Objects.Add(_thermometer);
            _client.Objects.Add(new ObjectInstance(16) { [0, 0] = "a" });
            _client.Objects.Add(new ObjectInstance(3306) { [5850] = false, [5851] = 10 });
            _client.Objects.Add(new Lwm2mObject(3311) { AllowsCreate = true, AllowsDelete = true, MaxInstances = 5 });
            _endpoint = _network.Add(new WatchedHandler(_client, _log), Options);
            _client.Start();
            _network.RunUntil(() => _network.Sent.Count > 0);
            Respond(CoapCode.Created, "rd/1");
        }

        public ValueTask<CoapPeer> ConnectAsync(CoapUri server, ICoapHandler client, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new CoapPeer(_endpoint, PeerKey.FromAddress(Server)));

        public void Close(CoapPeer peer)
        {
        }

        public void Step(ref ReadOnlySpan<byte> input)
        {
            int operation = Take(ref input);
            int more = (operation >> 3) & 15;
            switch (operation & 7)
            {
                case 0:
                    _replies.Deliver(more == 15 ? Stranger : Server, _endpoint, TakeMany(ref input));
                    break;
                case 1 or 2:
                    Request(more, ref input);
                    break;
                case 3:
                    Answer(more, TakeMany(ref input));
                    break;
                case 4:
                    int seconds = Take(ref input);
                    _network.Run(TimeSpan.FromMilliseconds(seconds < 128 ? seconds * 20 : (seconds - 128) * 3000));
                    break;
                case 5:
                    Change(more, Take(ref input));
                    break;
                case 6:
                    Respond(more < 8 ? CoapCode.Changed : CoapCode.Created, more < 8 ? null : "rd/2");
                    break;
                default:
                    _tasks.Add(_client.SendAsync([Lwm2mPath.Parse("/3303/0/5700"), Lwm2mPath.Parse("/3/0")]));
                    _network.Run(TimeSpan.Zero);
                    break;
            }

            ServerSession session = _client.Servers[0];
            Assert.InRange(session.ObservationCount, 0, 10);
            _features.Add(0, ((int)session.State << 8) | session.ObservationCount);
            _features.AddText(1, session.LastProblem ?? "");
        }

        public void Finish()
        {
            _network.Run(TimeSpan.FromMinutes(10));
            var read = new WireMessage(MessageType.Confirmable, CoapCode.Get, _messageId++) { Path = "/3/0/0" };
            _replies.Deliver(Server, _endpoint, read.ToBytes());
            // While it registers, a client lets requests wait, with an empty acknowledgement.
            _network.Run(TimeSpan.FromSeconds(10));
            _replies.Check();
            Assert.Empty(_log.Faults);
            foreach (SimulatedNetwork.Datagram sent in _network.Sent)
                Note(sent);
            if (_tasks.Count > 0)
                Continuations.RunUntil(_network, () => _tasks.TrueForAll(t => t.IsCompleted));
            Assert.All(_tasks, task => Assert.Null(task.Exception));
            Task stopping = _client.StopAsync();
            Continuations.RunUntil(_network, () => stopping.IsCompleted);
            stopping.GetAwaiter().GetResult();
            Assert.Empty(_log.Faults);
        }

        public void Dispose() => _client.DisposeAsync().AsTask().GetAwaiter().GetResult();

        private void Note(SimulatedNetwork.Datagram sent)
        {
            _features.Add(2, ((int)sent.Type << 8) | sent.Code.Value);
            WireMessage message = sent.Parse();
            if (message.Code.Class >= 4)
                _features.AddText(3, message.Text);
            else if (message.Options.GetUInt(CoapOptionNumber.ContentFormat) is { } format)
                _features.Add(4, (int)format);
        }

        private void Request(int how, ref ReadOnlySpan<byte> input)
        {
            int head = Take(ref input);
            int formats = Take(ref input);
            var options = new CoapOptions();
            string[] target = Encoding.UTF8.GetString(TakeMany(ref input)).Split('?', 2);
            foreach (string segment in target[0].Split('/', StringSplitOptions.RemoveEmptyEntries))
                options.Add(CoapOptionNumber.UriPath, segment.Length > 60 ? segment[..60] : segment);
            foreach (string query in target.Length < 2 ? [] : target[1].Split('&', StringSplitOptions.RemoveEmptyEntries))
                options.Add(CoapOptionNumber.UriQuery, query.Length > 60 ? query[..60] : query);
            if ((formats & 15) < Formats.Length)
                options.Add(CoapOptionNumber.ContentFormat, Formats[formats & 15]);
            if ((formats >> 4) < Formats.Length)
                options.Add(CoapOptionNumber.Accept, Formats[formats >> 4]);
            if ((head & 0x18) != 0)
                options.Add(CoapOptionNumber.Observe, (uint)((head & 0x18) >> 4));
            var message = new WireMessage((how & 8) == 0 ? MessageType.Confirmable : MessageType.NonConfirmable, Methods[(head & 7) % Methods.Length], _messageId++)
            {
                Token = [(byte)(head >> 5)],
                Options = options,
                Payload = TakeMany(ref input),
            };
            _replies.Deliver((how & 7) == 7 ? Stranger : Server, _endpoint, message.ToBytes());
        }

        /// <summary>Acknowledges, resets or answers what the client sent last.</summary>
        private void Answer(int how, byte[] rest)
        {
            SimulatedNetwork.Datagram? last = _network.Sent.FindLast(d => d.To.Equals(Server) && d.Type <= MessageType.NonConfirmable);
            if (last is null)
                return;
            WireMessage sent = last.Parse();
            if ((how & 3) < 2)
            {
                _replies.Deliver(Server, _endpoint, [(how & 1) == 0 ? (byte)0x60 : (byte)0x70, 0, (byte)(sent.MessageId >> 8), (byte)sent.MessageId]);
                return;
            }

            byte[] bytes = new byte[CoapMessageWriter.HeaderLength(sent.Token.Length) + rest.Length];
            CoapCode code = (how >> 2) switch { 0 => CoapCode.Changed, 1 => CoapCode.NotFound, 2 => CoapCode.PreconditionFailed, _ => CoapCode.Created };
            int header = CoapMessageWriter.WriteHeader(bytes, (how & 3) == 2 ? MessageType.Acknowledgement : MessageType.Confirmable, code, (how & 3) == 2 ? sent.MessageId : _messageId++, sent.Token);
            rest.CopyTo(bytes, header);
            _replies.Deliver(Server, _endpoint, bytes);
        }

        /// <summary>Answers the last request of the client as a server would.</summary>
        private void Respond(CoapCode code, string? location)
        {
            SimulatedNetwork.Datagram? last = _network.Sent.FindLast(d => d.To.Equals(Server) && d.Code.IsRequest);
            if (last is null)
                return;
            WireMessage asked = last.Parse();
            var answer = new WireMessage(MessageType.Acknowledgement, code, asked.MessageId) { Token = asked.Token };
            foreach (string segment in location?.Split('/') ?? [])
                answer.Options.Add(CoapOptionNumber.LocationPath, segment);
            _replies.Deliver(Server, _endpoint, answer.ToBytes());
        }

        private void Change(int how, int value)
        {
            switch (how & 3)
            {
                case 0:
                    _thermometer[5700] = value - 100.5;
                    break;
                case 1:
                    _client.RequestUpdate();
                    break;
                case 2:
                    _client.RegisterAgain();
                    break;
                default:
                    _thermometer[5701] = new string('x', value * 20);
                    break;
            }

            _network.Run(TimeSpan.Zero);
        }
    }
}
