using Surety.Coap;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>
/// The framing of RFC 8323, 3.2: what is known from the beginning of a message stays true when more of it comes, and a message is written
/// again byte by byte.
/// </summary>
internal sealed class CoapTcpFrameTarget : FuzzTarget
{
    private const int MaxLength8323 = 70_000;
    private const int MaxToken = 300;

    public override string Name => "coap-tcp-frame";

    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { "d0", "e0", "f0", "0d", "0e", "dd", "fe", "00e1", "ffffffff", "ff" }.Select(Convert.FromHexString)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        CoapTcpFrameStatus status = CoapTcpFrame.TryRead(input, MaxLength8323, MaxToken, out int length, out CoapMessage message);
        features.Add(0, (int)status);
        if (!input.IsEmpty)
            features.Add(1, ((int)status << 8) | input[0]);
        if (status == CoapTcpFrameStatus.Message)
            CheckMessage(input[..length], message, features);
        else if (status == CoapTcpFrameStatus.Incomplete)
            Assert.InRange(length, input.Length + 1, MaxLength8323);

        for (int part = 0; part < Math.Min(input.Length, 400); part++)
        {
            CoapTcpFrameStatus early = CoapTcpFrame.TryRead(input[..part], MaxLength8323, MaxToken, out int known, out _);
            if (early != CoapTcpFrameStatus.Incomplete)
                Assert.Equal(status, early);
            else if (status is CoapTcpFrameStatus.Message or CoapTcpFrameStatus.Incomplete)
                Assert.InRange(known, part + 1, length);
        }
    }

    private static void CheckMessage(ReadOnlySpan<byte> input, in CoapMessage message, FeatureSet features)
    {
        features.AddAmount(2, message.Token.Length);
        features.AddAmount(3, message.OptionBytes.Length);
        features.AddAmount(4, message.Payload.Length);
        int body = message.OptionBytes.Length + (message.Payload.IsEmpty ? 0 : 1 + message.Payload.Length);
        int start = CoapTcpFrame.MaxHeaderLength(message.Token.Length);
        byte[] buffer = new byte[start + body];
        input[^body..].CopyTo(buffer.AsSpan(start));
        int from = CoapTcpFrame.WriteHeader(buffer, start, body, message.Code, message.Token);
        Assert.Equal(input.ToArray(), buffer[from..]);
        Assert.Equal(input.Length, CoapTcpFrame.HeaderLength(body, message.Token.Length) + body);
        CoapResponse copy = CoapResponse.Read(message);
        Assert.Equal(message.Payload.Length, copy.Payload.Length);
        _ = ConnectionRelease.Read(message);
    }
}
