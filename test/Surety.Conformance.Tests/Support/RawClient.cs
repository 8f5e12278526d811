using System.Text;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Testing.Coap;

namespace Surety.Conformance.Tests;

/// <summary>A client without any code of the client under test: says what the test wants, and shows what arrives.</summary>
internal sealed class RawClient(ServerBench bench, bool isSecure = false)
{
    public const string Links = "</1/0>,</3/0>";

    private readonly RawPeer _peer = bench.Network.AddRaw();

    /// <summary>Where the last Register was answered: <c>/rd/...</c>.</summary>
    public string Location { get; set; } = "";

    private SimulatedEndpoint Server => isSecure ? bench.Secure : bench.Endpoint;

    /// <summary>Sends a Register and describes the answer.</summary>
    public string Register(string query = "ep=node&lt=86400&lwm2m=1.1&b=U", string links = Links)
    {
        WireMessage answer = Exchange(CoapCode.Post, $"/rd?{query}", links, links.Length > 0 ? ContentFormat.LinkFormat : null);
        if (answer.Code == CoapCode.Created)
            Location = "/" + string.Join('/', answer.Options.GetStrings(CoapOptionNumber.LocationPath));
        return Wire.Describe(answer);
    }

    /// <summary>Sends an Update and describes the answer.</summary>
    public string Update(string query = "", string? links = null) =>
        Wire.Describe(Exchange(CoapCode.Post, query.Length > 0 ? $"{Location}?{query}" : Location, links ?? "", links is null ? null : ContentFormat.LinkFormat));

    public string Deregister() => Wire.Describe(Exchange(CoapCode.Delete, Location));

    /// <summary>Sends a Send and describes the answer.</summary>
    public string Send(ContentFormat format, byte[] payload) => Wire.Describe(Exchange(Request(CoapCode.Post, "/dp", payload, format)));

    /// <summary>The server begins an operation: it must look as expected, and is answered.</summary>
    public DeviceResponse Serve(DeviceRequest operation, string expected, CoapCode code, ContentFormat? format = null, byte[]? payload = null)
    {
        Task<DeviceResponse> task = bench.Begin(operation);
        Serve(expected, code, format, payload);
        return bench.Await(task);
    }

    /// <summary>A request comes: it must look as expected, and is answered.</summary>
    public WireMessage Serve(string expected, CoapCode code, ContentFormat? format = null, byte[]? payload = null, uint? observe = null)
    {
        WireMessage request = Receive();
        Assert.Equal(expected, Wire.Describe(request));
        var answer = new WireMessage(MessageType.Acknowledgement, code, request.MessageId) { Token = request.Token, Payload = payload ?? [] };
        answer.Options.Set(CoapOptionNumber.Observe, observe).Set(CoapOptionNumber.ContentFormat, format?.Value);
        _peer.Send(Server, answer);
        return request;
    }

    /// <summary>Sends a Confirmable notification; what comes back is an acknowledgement or a Reset, of this very message.</summary>
    public MessageType Notify(byte[] token, uint sequence, ContentFormat format, byte[] payload)
    {
        var notification = new WireMessage(MessageType.Confirmable, CoapCode.Content, _peer.NextMessageId()) { Token = token, Payload = payload };
        notification.Options.Add(CoapOptionNumber.Observe, sequence).Add(CoapOptionNumber.ContentFormat, format.Value);
        _peer.Send(Server, notification);
        WireMessage answer = Receive();
        Assert.True(answer.Code.IsEmpty);
        Assert.Equal(notification.MessageId, answer.MessageId);
        return answer.Type;
    }

    /// <summary>Sends a Non-confirmable notification.</summary>
    public ushort NotifyOnce(byte[] token, uint sequence, ContentFormat format, byte[] payload)
    {
        var notification = new WireMessage(MessageType.NonConfirmable, CoapCode.Content, _peer.NextMessageId()) { Token = token, Payload = payload };
        notification.Options.Add(CoapOptionNumber.Observe, sequence).Add(CoapOptionNumber.ContentFormat, format.Value);
        _peer.Send(Server, notification);
        return notification.MessageId;
    }

    /// <summary>The next message; time passes until it is there.</summary>
    public WireMessage Receive() => _peer.Receive();

    /// <summary>Time passes, and nothing comes.</summary>
    public void ReceiveNothing(double seconds)
    {
        bench.Run(seconds);
        Assert.Empty(_peer.Received);
    }

    private WireMessage Exchange(CoapCode method, string path, string payload = "", ContentFormat? format = null) =>
        Exchange(Request(method, path, Encoding.UTF8.GetBytes(payload), format));

    private WireMessage Exchange(WireMessage request)
    {
        WireMessage answer = _peer.Exchange(Server, request);
        Assert.Equal((MessageType.Acknowledgement, request.MessageId), (answer.Type, answer.MessageId));
        Assert.Equal(request.Token, answer.Token);
        return answer;
    }

    private WireMessage Request(CoapCode method, string path, byte[] payload, ContentFormat? format)
    {
        ushort messageId = _peer.NextMessageId();
        return new(MessageType.Confirmable, method, messageId)
        {
            Token = [(byte)(messageId >> 8), (byte)messageId],
            Options = new CoapOptions().Set(CoapOptionNumber.ContentFormat, format?.Value),
            Path = path,
            Payload = payload,
        };
    }
}
