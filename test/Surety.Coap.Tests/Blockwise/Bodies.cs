using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Blockwise;

internal static class Bodies
{
    /// <summary>Bytes that differ from block to block, whatever the size of blocks.</summary>
    public static byte[] Make(int length, int seed = 7959)
    {
        byte[] body = new byte[length];
        new Random(seed).NextBytes(body);
        return body;
    }

    /// <summary>Answers GET with a body, and PUT, POST and FETCH with the length of what was received.</summary>
    public static CoapRouter Serve(byte[] body, List<byte[]>? received = null)
    {
        var router = new CoapRouter();
        router.Map("/body")
            .On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content, ContentFormat.OctetStream, body))
            .On(CoapCode.Put, (ref request) =>
            {
                received?.Add(request.Payload.ToArray());
                request.Respond(CoapCode.Changed);
            })
            .On(CoapCode.Post, (ref request) =>
            {
                received?.Add(request.Payload.ToArray());
                request.Respond(CoapCode.Changed, ContentFormat.OctetStream, body);
            })
            .On(CoapCode.Fetch, (ref request) =>
            {
                received?.Add(request.Payload.ToArray());
                request.Respond(CoapCode.Content, ContentFormat.OctetStream, [.. request.Payload, .. body]);
            });
        return router;
    }

    public static WireMessage Message(CoapCode code, ushort messageId, string path, BlockValue? block1 = null, BlockValue? block2 = null, ReadOnlySpan<byte> payload = default)
    {
        var message = new WireMessage(MessageType.Confirmable, code, messageId) { Token = [0x4a], Path = path, Payload = payload.ToArray() };
        if (block2 is { } b2)
            message.Options.Add(CoapOptionNumber.Block2, b2.ToUInt());
        if (block1 is { } b1)
            message.Options.Add(CoapOptionNumber.Block1, b1.ToUInt());
        return message;
    }

    /// <summary>A block in the notation of RFC 7959, 3: <c>0/1/128</c>.</summary>
    public static BlockValue Block(string text)
    {
        string[] parts = text.Split('/');
        return new BlockValue(uint.Parse(parts[0]), parts[1] == "1", parts[2] == "BERT" ? 7 : BlockValue.ExponentFor(int.Parse(parts[2])));
    }
}
