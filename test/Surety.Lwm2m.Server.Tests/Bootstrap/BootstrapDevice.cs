using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Bootstrap;

/// <summary>A device of a <see cref="BootstrapHarness"/>: says what the test wants, and shows what arrives.</summary>
internal sealed class BootstrapDevice(BootstrapHarness harness, RawPeer peer)
{
    public RawPeer Peer => peer;

    /// <summary>Asks, and gives the answer, which may come by itself.</summary>
    public WireMessage Ask(string path = "/bs?ep=node", CoapCode? method = null, ContentFormat? accept = null)
    {
        byte[] token = Send(path, method, accept);
        WireMessage answer = Receive();
        Assert.Equal(token, answer.Token);
        return answer;
    }

    public byte[] Send(string path, CoapCode? method = null, ContentFormat? accept = null)
    {
        ushort id = peer.NextMessageId();
        var request = new WireMessage(MessageType.Confirmable, method ?? CoapCode.Post, id)
        {
            Token = [(byte)(id >> 8), (byte)id], Options = new CoapOptions().Set(CoapOptionNumber.Accept, accept?.Value), Path = path,
        };
        peer.Send(harness.Endpoint, request);
        return request.Token;
    }

    /// <summary>The next message that is not Empty; a Confirmable response is acknowledged.</summary>
    public WireMessage Receive()
    {
        WireMessage message;
        do
            message = peer.Receive();
        while (message.Code.IsEmpty);
        if (message.Type == MessageType.Confirmable && !message.Code.IsRequest)
            peer.Send(harness.Endpoint, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, message.MessageId));
        return message;
    }

    /// <summary>A request comes: it must look as expected, and is answered.</summary>
    public WireMessage Serve(string expected, CoapCode code, string payload = "", ContentFormat? format = null)
    {
        WireMessage request = Receive();
        Assert.Equal(expected, Describe(request));
        Answer(request, code, Encoding.UTF8.GetBytes(payload), format);
        return request;
    }

    public void Answer(WireMessage request, CoapCode code, byte[]? payload = null, ContentFormat? format = null, BlockValue? block1 = null)
    {
        var answer = new WireMessage(MessageType.Acknowledgement, code, request.MessageId) { Token = request.Token, Payload = payload ?? [] };
        answer.Options.Set(CoapOptionNumber.ContentFormat, format?.Value).Set(CoapOptionNumber.Block1, block1?.ToUInt());
        peer.Send(harness.Endpoint, answer);
    }

    /// <summary>Method, path, query, and what the request says about formats.</summary>
    public static string Describe(WireMessage message)
    {
        Assert.Equal(MessageType.Confirmable, message.Type);
        string method = message.Code.Value switch { 1 => "GET", 2 => "POST", 3 => "PUT", 4 => "DELETE", _ => message.Code.ToString() };
        string query = string.Join('&', message.Options.GetStrings(CoapOptionNumber.UriQuery));
        string accept = message.Options.GetUInt(CoapOptionNumber.Accept) is { } a ? $" Accept={a}" : "";
        string format = message.Options.GetUInt(CoapOptionNumber.ContentFormat) is { } f ? $" {f}" : "";
        return $"{method} {message.UriPath}{(query.Length > 0 ? "?" + query : "")}{accept}{format}";
    }
}
