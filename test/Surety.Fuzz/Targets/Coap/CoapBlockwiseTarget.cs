using System.Net;
using Surety.Coap;
using Surety.Testing.Coap;
using static Surety.Fuzz.ScriptInput;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>
/// Block-wise transfers to a server in any order and size (RFC 7959, 2.5; Request-Tag: RFC 9175, 3): what the handler gets is, byte by
/// byte, what the server has accepted, and no block of a download belongs to another version than its ETag says.
/// </summary>
internal sealed class CoapBlockwiseTarget : FuzzTarget
{
    private const int MaxSteps = 150;

    private static readonly CoapEndpointOptions Options = new() { DeduplicationMemory = 64 * 1024, MaxTransferMemory = 16 * 1024, MaxRequestBody = 8_000 };

    private static readonly IPEndPoint[] Peers = [new(new IPAddress([10, 2, 0, 1]), 5683), new(new IPAddress([10, 2, 0, 2]), 5683)];

    public override string Name => "coap-blockwise";

    public override int MaxLength => 600;

    public override long MaxAllocation => 64 * 1024 * 1024;

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        var network = new SimulatedNetwork();
        var handler = new BlockwiseHandler();
        var script = new Script(network, handler, network.Add(handler, Options), features);
        for (int step = 0; step < MaxSteps && !input.IsEmpty; step++)
            script.Step(ref input);
        network.Run(TimeSpan.FromMinutes(45));
        Assert.Equal((0, 0L), script.Server.Transfers);
        Assert.Empty(handler.Faults);
        Assert.Equal(0, handler.OpenReceivers);
    }

    private sealed class Script(SimulatedNetwork network, BlockwiseHandler handler, SimulatedEndpoint server, FeatureSet features)
    {
        private readonly Dictionary<int, Upload> _uploads = [];
        private ushort _messageId;
        private int _generation;

        public SimulatedEndpoint Server => server;

        public void Step(ref ReadOnlySpan<byte> input)
        {
            int operation = Take(ref input);
            switch (operation & 7)
            {
                case <= 3:
                    SendBlock(operation, Take(ref input), Take(ref input));
                    break;
                case <= 5:
                    Fetch(operation, Take(ref input));
                    break;
                case 6:
                    handler.Version++;
                    break;
                default:
                    network.Run(TimeSpan.FromSeconds(operation));
                    break;
            }

            features.AddAmount(10, server.Transfers.Count);
            // The limit is that of each direction.
            Assert.InRange(server.Transfers.Bytes, 0, 2 * Options.MaxTransferMemory);
        }

        private void SendBlock(int operation, int which, int length)
        {
            // Peer, resource, tag and method: the identity of an upload.
            int key = ((operation >> 3) & 0xF) | ((operation & 1) << 4);
            Upload upload = _uploads.TryGetValue(key, out Upload? known) ? known : _uploads[key] = new Upload();
            int exponent = operation >> 7 == 0 ? upload.Exponent : which & 7;
            int size = new BlockValue(0, false, exponent).Size;
            uint number = (which >> 4) switch
            {
                0 => 0,
                < 10 => (uint)(upload.Length / size),
                10 => (uint)Math.Max((upload.Length / size) - 1, 0),
                _ => (uint)which & 15,
            };
            bool more = (which & 8) != 0;
            int count = length == 0 && more ? size : Math.Min(length * 5, 1200);
            if (number == 0 && upload.IsPastFirst)
                upload.Generation = ++_generation;
            var block = new BlockValue(number, more, exponent);
            byte[] payload = Content(upload.Generation, (int)block.Offset, count);
            WireMessage request = Request((operation & 1) != 0 ? CoapCode.Put : CoapCode.Post, (key & 2) != 0 ? "s" : "u", payload);
            request.Options.Add(CoapOptionNumber.Block1, block.ToUInt());
            if ((key >> 2 & 3) != 0)
                request.Options.Add(CoapOptionNumber.RequestTag, (uint)(key >> 2 & 3));
            handler.Received = null;
            WireMessage answer = Exchange(Peers[key & 1], request);
            features.Add(0, answer.Code.Value);
            features.Add(1, (answer.Code.Value << 8) | (exponent << 4) | (more ? 8 : 0) | Math.Min((int)number, 7));
            upload.IsPastFirst = true;
            if (!answer.Code.IsSuccess && answer.Code != CoapCode.Continue)
                return;
            upload.Exponent = Math.Min(answer.Block1?.SizeExponent ?? exponent, exponent);
            upload.Accept((int)block.Offset, payload);
            Assert.Equal(more, answer.Code == CoapCode.Continue);
            if (more)
                return;
            Assert.Equal(upload.Bytes, handler.Received);
            features.AddAmount(2, upload.Length);
            _uploads.Remove(key);
        }

        private void Fetch(int operation, int which)
        {
            WireMessage request = Request((operation & 8) != 0 ? CoapCode.Fetch : CoapCode.Get, "g", []);
            var block = new BlockValue((uint)(which >> 3), false, which & 7);
            request.Options.Add(CoapOptionNumber.Block2, block.ToUInt());
            WireMessage answer = Exchange(Peers[(operation >> 4) & 1], request);
            features.Add(3, answer.Code.Value);
            if (answer.Code != CoapCode.Content)
                return;
            BlockValue given = answer.Block2!.Value;
            Assert.Equal(block.Number * block.Size, given.Offset);
            int version = (int)answer.Options.GetUInt(CoapOptionNumber.ETag)!.Value;
            Assert.InRange(version, 1, handler.Version);
            Assert.Equal(Content(version, (int)given.Offset, answer.Payload.Length), answer.Payload);
            Assert.Equal(given.Offset + answer.Payload.Length < BlockwiseHandler.LengthOf(version), given.More);
            features.Add(4, (handler.Version - version == 0 ? 0 : 1) | (given.More ? 2 : 0) | (given.SizeExponent << 2));
        }

        private WireMessage Request(CoapCode method, string path, byte[] payload) =>
            new(MessageType.Confirmable, method, _messageId++) { Token = [7], Options = new CoapOptions().Add(CoapOptionNumber.UriPath, path), Payload = payload };

        private WireMessage Exchange(IPEndPoint peer, WireMessage request)
        {
            int before = network.Sent.Count;
            network.Inject(peer, server, request.ToBytes());
            network.Run(TimeSpan.Zero);
            WireMessage answer = Assert.Single(network.Sent.Skip(before)).Parse();
            Assert.Equal((MessageType.Acknowledgement, request.MessageId), (answer.Type, answer.MessageId));
            return answer;
        }
    }

    /// <summary>Bytes that tell which body they are of, and where in it they were.</summary>
    internal static byte[] Content(int generation, int offset, int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
            bytes[i] = (byte)((generation * 37) + ((offset + i) * 11) + ((offset + i) >> 8));
        return bytes;
    }

    /// <summary>What the server has accepted of a body.</summary>
    private sealed class Upload
    {
        private byte[] _bytes = [];

        public int Generation { get; set; }

        public int Exponent { get; set; } = 6;

        public bool IsPastFirst { get; set; }

        public int Length => _bytes.Length;

        public byte[] Bytes => _bytes;

        public void Accept(int offset, byte[] payload)
        {
            if (offset == 0)
                _bytes = [];
            // None may leave a gap. One that was accepted before may come again, and is not taken again, whatever is in it.
            Assert.InRange(offset, 0, _bytes.Length);
            if (offset == _bytes.Length)
                _bytes = [.. _bytes, .. payload];
            else
                Assert.True(offset + payload.Length <= _bytes.Length);
        }
    }
}
