using System.Globalization;
using System.Net;
using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;
using Surety.Testing.Coap;
using static Surety.Fuzz.ScriptInput;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>
/// A client whose bootstrap server writes what it likes. The input is a script: operations of the Bootstrap Interface that are well framed whatever
/// is in them, Bootstrap-Finish, bare datagrams, answers to what the client sends, and time. Nothing is in force before a Bootstrap-Finish was
/// answered 2.04, no Read tells a secret, every Confirmable message is answered or reset, and afterwards the client still bootstraps.
/// </summary>
internal sealed class Lwm2mBootstrapTarget : FuzzTarget
{
    private const int MaxSteps = 60;

    public override string Name => "lwm2m-bootstrap";

    public override long MaxAllocation => 128 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[]
        {
            "/0", "/0/0", "/0/1", "/0/65535", "/1", "/1/0", "/2/0", "/3/0/13", "/3303/0", "/", "/0/0/3/1", "iep=x", "coap://10.2.0.1:5683", "coaps://h?aid=1", "\"vb\":true", "\"vb\":false", "\"vlo\":\"65535:65535\"", "{\"n\":\"10\",\"v\":101}",
            "{\"bn\":\"/0/0/\",\"n\":\"0\",\"vs\":\"coap://10.2.0.1\"}", "{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":101}",
        }.Select(Encoding.UTF8.GetBytes),
        .. new[] { "c10265", "c10203", "c80009", "c1010100", "080010", "c10a65", "c20a0065", "a1190ce6a100", "81a30022021803", "60", "ff" }.Select(Convert.FromHexString),
    ];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        using var script = new BootstrapScript(features, asksForPack: !input.IsEmpty && (input[0] & 0x80) != 0);
        for (int step = 0; step < MaxSteps && !input.IsEmpty; step++)
            script.Step(ref input);
        script.Finish();
    }

    private sealed class BootstrapScript : IServerConnector, IDisposable
    {
        private const string Secret = "a secret of the factory";

        private static readonly CoapEndpointOptions Options = new() { DeduplicationMemory = 64 * 1024, MaxTransferMemory = 64 * 1024, MaxRequestBody = 20_000, MaxWaitingPerPeer = 20, MaxExchanges = 50 };

        private static readonly IPEndPoint Server = new(new IPAddress([10, 2, 0, 1]), 5683);
        private static readonly IPEndPoint BootstrapServer = new(new IPAddress([10, 2, 0, 2]), 5683);

        private static readonly ushort[] Formats = [110, 112, 11542, 11543, 11544, 40, 0, 60, 42, 320, 65535];

        private readonly FeatureSet _features;
        private readonly SimulatedNetwork _network = new() { HasContinuations = false };
        private readonly FaultLogger _log = new();
        private readonly Lwm2mClient _client;
        private readonly SimulatedEndpoint _endpoint;
        private readonly ReplyCheck _replies;
        private readonly HashSet<ushort> _finishes = [];
        private ushort _messageId = 0x4000;

        public BootstrapScript(FeatureSet features, bool asksForPack)
        {
            _features = features;
            _replies = new ReplyCheck(_network);
            var account = new BootstrapAccount($"coap://{BootstrapServer}")
            {
                RequestsPack = asksForPack,
                Security = new AccountSecurity { Mode = SecurityMode.NoSec, SecretKey = Encoding.ASCII.GetBytes(Secret) },
            };
            var options = new Lwm2mClientOptions { EndpointName = "node", Servers = [], Bootstrap = account, MaxHistory = 8, Random = new Random(1) };
            _client = new Lwm2mClient(options, this, _network.QuietTime, _log);
            _client.Objects.Add(new DeviceInstance(new DeviceInformation { Manufacturer = "a", ModelNumber = "b", SerialNumber = "c", FirmwareVersion = "1.0" }, () => Task.CompletedTask, time: _network.QuietTime));
            _client.Objects.Add(new ObjectInstance(3303) { [5700] = 21.5, [5701] = "Cel" });
            _client.Objects.Add(new Lwm2mObject(3311) { AllowsCreate = true, AllowsDelete = true, MaxInstances = 5 });
            _endpoint = _network.Add(new WatchedHandler(_client, _log), Options);
            _client.Start();
            _network.RunUntil(() => _network.Sent.Count > 0);
        }

        public ValueTask<CoapPeer> ConnectAsync(CoapUri server, ICoapHandler client, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new CoapPeer(_endpoint, PeerKey.FromAddress(server.ToString().Contains(BootstrapServer.Address.ToString(), StringComparison.Ordinal) ? BootstrapServer : Server)));

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
                    _replies.Deliver(BootstrapServer, _endpoint, TakeMany(ref input));
                    break;
                case 1 or 2 or 3:
                    Request(more, ref input);
                    break;
                case 4:
                    int seconds = Take(ref input);
                    _network.Run(TimeSpan.FromMilliseconds(seconds < 128 ? seconds * 20 : (seconds - 128) * 3000));
                    break;
                case 5:
                    FinishBootstrap(more == 0 ? null : "iep=" + more.ToString(CultureInfo.InvariantCulture));
                    break;
                case 6:
                    Respond(BootstrapServer, more switch { < 8 => CoapCode.Changed, 8 => CoapCode.Content, 9 => CoapCode.NotFound, 10 => CoapCode.Forbidden, _ => CoapCode.UnsupportedContentFormat }, more == 8 ? TakeMany(ref input) : []);
                    break;
                default:
                    Respond(Server, more < 12 ? CoapCode.Created : CoapCode.Forbidden, []);
                    break;
            }

            CheckDraft();
            _features.Add(0, ((int)_client.Bootstrap.State << 4) | Math.Min(_client.Servers.Count, 15));
            _features.AddText(1, _client.Bootstrap.LastProblem ?? "");
        }

        public void Finish()
        {
            _network.Run(TimeSpan.FromMinutes(10));
            CheckDraft();
            _replies.Check();
            foreach (SimulatedNetwork.Datagram sent in _network.Sent)
            {
                Assert.Equal(-1, sent.Bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Secret)));
                _features.Add(2, ((int)sent.Type << 8) | sent.Code.Value);
                WireMessage message = sent.Parse();
                if (message.Code.Class >= 4)
                    _features.AddText(3, message.Text);
            }

            // Who was bootstrapped, badly or not at all, is bootstrapped again.
            _client.RequestBootstrap();
            BootstrapState[] waiting = [BootstrapState.Requesting, BootstrapState.Configuring, BootstrapState.Retrying, BootstrapState.HoldingOff, BootstrapState.Finished];
            Continuations.RunUntil(_network, () => _client.Bootstrap.Uri is null || Array.IndexOf(waiting, _client.Bootstrap.State) >= 0);
            Task stopping = _client.StopAsync();
            Continuations.RunUntil(_network, () => stopping.IsCompleted);
            stopping.GetAwaiter().GetResult();
            Assert.Empty(_log.Faults);
        }

        public void Dispose() => _client.DisposeAsync().AsTask().GetAwaiter().GetResult();

        /// <summary>LwM2M Core 6.1.3.3, step 3: without a Bootstrap-Finish, or the pack, nothing has changed.</summary>
        private void CheckDraft()
        {
            bool isFinished = _client.Bootstrap.LastBootstrapped is not null;
            bool wasAnswered = _network.Sent.Exists(sent => sent.Code == CoapCode.Changed && _finishes.Contains(sent.MessageId) && sent.Type == MessageType.Acknowledgement);
            Assert.True(!wasAnswered || isFinished, "a Bootstrap-Finish was answered 2.04 and is not in force");
            if (isFinished)
                return;
            Assert.Empty(_client.Servers);
            Assert.Single(_client.Objects.Find(0)!.Instances);
            Assert.Empty(_client.Objects.Find(1)!.Instances);
            Assert.Equal(21.5, _client.Objects.FindInstance(new Lwm2mPath(3303, 0))![5700].AsFloat());
            Assert.Empty(_client.Objects.Find(3311)!.Instances);
        }

        private void FinishBootstrap(string? query)
        {
            _finishes.Add(_messageId);
            var options = new CoapOptions();
            options.Add(CoapOptionNumber.UriPath, "bs");
            if (query is not null)
                options.Add(CoapOptionNumber.UriQuery, query);
            _replies.Deliver(BootstrapServer, _endpoint, new WireMessage(MessageType.Confirmable, CoapCode.Post, _messageId++) { Token = [1], Options = options }.ToBytes());
        }

        private void Request(int how, ref ReadOnlySpan<byte> input)
        {
            int head = Take(ref input);
            int format = Take(ref input);
            var options = new CoapOptions();
            foreach (string segment in Encoding.UTF8.GetString(TakeMany(ref input)).Split('/', StringSplitOptions.RemoveEmptyEntries))
                options.Add(CoapOptionNumber.UriPath, segment.Length > 60 ? segment[..60] : segment);
            CoapCode method = (head & 7) switch { < 4 => CoapCode.Put, 4 => CoapCode.Get, 5 => CoapCode.Delete, 6 => CoapCode.Post, _ => CoapCode.Fetch };
            ushort value = Formats[format % Formats.Length];
            options.Add(method == CoapCode.Get ? CoapOptionNumber.Accept : CoapOptionNumber.ContentFormat, value);
            var message = new WireMessage((how & 8) == 0 ? MessageType.Confirmable : MessageType.NonConfirmable, method, _messageId++) { Token = [(byte)(head >> 5)], Options = options, Payload = TakeMany(ref input) };
            _replies.Deliver((how & 7) == 7 ? Server : BootstrapServer, _endpoint, message.ToBytes());
        }

        /// <summary>Answers the client's last request to a server.</summary>
        private void Respond(IPEndPoint server, CoapCode code, byte[] payload)
        {
            if (_network.Sent.FindLast(d => d.Code.IsRequest && d.To.Equals(server)) is not { } last)
                return;
            WireMessage asked = last.Parse();
            var answer = new WireMessage(MessageType.Acknowledgement, code, asked.MessageId) { Token = asked.Token, Payload = payload };
            if (code == CoapCode.Created)
                answer.Options.Add(CoapOptionNumber.LocationPath, "rd").Add(CoapOptionNumber.LocationPath, "1");
            if (code == CoapCode.Content)
                answer.Options.Add(CoapOptionNumber.ContentFormat, (uint)(payload is [(byte)'[', ..] ? 110 : 112));
            _replies.Deliver(server, _endpoint, answer.ToBytes());
        }
    }
}
