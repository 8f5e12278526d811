using System.Net;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>The message parser, and what reads the options of a message: what is accepted must be written again byte by byte.</summary>
internal sealed class CoapMessageTarget : FuzzTarget
{
    private static readonly PeerKey Peer = PeerKey.FromAddress(new IPEndPoint(IPAddress.Loopback, 5683));

    public override string Name => "coap-message";

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        CoapParseResult result = CoapMessage.Parse(input, out CoapMessage message);
        features.Add(0, (int)result);
        if (result != CoapParseResult.Message)
            return;

        features.Add(1, message.Code.Value);
        features.AddAmount(2, message.Token.Length);
        features.AddAmount(3, message.Payload.Length);
        int previous = 0;
        foreach (CoapOption option in message.Options)
        {
            int number = (int)option.Number;
            Assert.InRange(number, previous, ushort.MaxValue);
            features.Add(4, Math.Min(number, 300));
            features.AddAmount(5 + (number - previous > 268 ? 2 : number - previous > 12 ? 1 : 0), option.Value.Length);
            previous = number;
            _ = option.Text;
        }

        Assert.Equal(input.ToArray(), WireMessage.Parse(input).ToBytes());

        RequestOptions head = RequestOptions.Read(message);
        features.Add(10, Math.Min(head.BadOption, 300));
        _ = head.Echo(message.OptionBytes);
        Assert.Equal(TransferKey.OfRequest(Peer, message), TransferKey.OfRequest(Peer, message));
        _ = TransferKey.OfResponse(Peer, message);
        features.Add(11, CoapEngine.HasUnknownCriticalOption(message) ? 1 : 0);
        CoapResponse copy = CoapResponse.Read(message);
        Assert.Equal(message.Token.Length, copy.Token.Length);
        Assert.Equal(message.Payload.Length, copy.Payload.Length);
        _ = (copy.LocationPath, copy.LocationQuery, copy.MaxAge, copy.Observe, copy.ContentFormat, copy.ToString());
        _ = CoapUri.FromOptions("coap", copy.Options, new IPEndPoint(IPAddress.Loopback, 5683))?.ToString();
    }
}
