using Surety.Coap;
using Surety.Testing.Coap;
using static Surety.Fuzz.ScriptInput;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>
/// Our requests to a server that answers with blocks as it likes (RFC 7959, 2.4, 2.5; Echo: RFC 9175): every request ends, with a response of
/// at most the length allowed or with the client's own exception.
/// </summary>
internal sealed class CoapBlockwiseClientTarget : FuzzTarget
{
    private const int MaxSteps = 40;
    private const int MaxResponseBody = 6_000;

    public override string Name => "coap-blockwise-client";

    public override int MaxLength => 300;

    public override long MaxAllocation => 64 * 1024 * 1024;

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        var network = new SimulatedNetwork();
        SimulatedEndpoint client = network.Add(new BlockwiseHandler());
        RawPeer server = network.AddRaw();
        int head = Take(ref input);
        var request = new CoapRequest((head & 3) switch { 0 => CoapCode.Get, 1 => CoapCode.Put, 2 => CoapCode.Post, _ => CoapCode.Fetch }, "/r")
        {
            Payload = new byte[(head & 3) == 0 ? 0 : (head >> 2 & 7) * 700],
            PreferredBlockSize = (head & 0x20) != 0 ? 64 : 1024,
            MaxResponseBody = MaxResponseBody,
        };
        Task<CoapResponse> task = server.SeenBy(client).SendAsync(request);
        for (int step = 0; step < MaxSteps && !input.IsEmpty; step++)
        {
            Continuations.RunUntil(network, () => task.IsCompleted || server.Received.Count > 0);
            if (task.IsCompleted)
                break;
            WireMessage asked = server.Receive();
            features.Add(0, asked.Code.Value | (asked.Block1 is null ? 0 : 256) | (asked.Block2 is null ? 0 : 512));
            Answer(server, client, asked, ref input);
        }

        Continuations.RunUntil(network, () => task.IsCompleted);
        if (task.IsCompletedSuccessfully)
        {
            CoapResponse response = task.GetAwaiter().GetResult();
            Assert.InRange(response.Payload.Length, 0, MaxResponseBody);
            features.Add(1, response.Code.Value);
            features.AddAmount(2, response.Payload.Length);
            return;
        }

        CoapExchangeException failure = Assert.IsType<CoapExchangeException>(task.Exception!.InnerException);
        features.AddText(3, failure.Message);
        network.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(0, client.OpenCount);
    }

    private static void Answer(RawPeer server, SimulatedEndpoint client, WireMessage asked, ref ReadOnlySpan<byte> input)
    {
        int kind = Take(ref input);
        int block = Take(ref input);
        int length = Take(ref input);
        CoapCode code = (kind & 7) switch
        {
            0 or 1 => CoapCode.Content,
            2 => CoapCode.Continue,
            3 => CoapCode.RequestEntityTooLarge,
            4 => CoapCode.Unauthorized,
            5 => CoapCode.Changed,
            6 => new CoapCode((byte)block),
            _ => CoapCode.RequestEntityIncomplete,
        };
        int exponent = block & 7;
        int size = new BlockValue(0, false, exponent).Size;
        var answer = new WireMessage(MessageType.Acknowledgement, code, asked.MessageId) { Token = asked.Token, Payload = new byte[length == 0 ? size : length * 6] };
        if ((kind & 8) != 0)
        {
            // Usually the block that was asked for.
            long offset = asked.Block2?.Offset ?? 0;
            uint number = (block & 0xF0) == 0xF0 ? (uint)length : (uint)(offset / size);
            answer.Options.Add(CoapOptionNumber.Block2, new BlockValue(number, (block & 8) != 0, exponent).ToUInt());
        }

        if ((kind & 0x10) != 0)
            answer.Options.Add(CoapOptionNumber.Block1, new BlockValue(asked.Block1?.Number ?? 0, (block & 8) != 0, exponent).ToUInt());
        if ((kind & 0x20) != 0)
            answer.Options.Add(CoapOptionNumber.ETag, (uint)(block >> 6));
        if ((kind & 7) == 4)
            answer.Options.Add(CoapOptionNumber.Echo, (uint)length);
        server.Send(client, answer);
    }
}
