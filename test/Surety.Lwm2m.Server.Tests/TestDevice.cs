using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests;

/// <summary>A device of a <see cref="ServerHarness"/>: says what the test wants, and shows what arrives.</summary>
internal sealed class TestDevice(ServerHarness harness, RawPeer peer, bool isSecure)
{
    public const string Links = "</1/0>,</3/0>";

    public RawPeer Peer => peer;

    public SimulatedEndpoint Server => isSecure ? harness.Secure : harness.Endpoint;

    /// <summary>Where the last Register was answered, <c>/rd/...</c>.</summary>
    public string Location { get; set; } = "";

    /// <summary>Sends a Register and gives the answer.</summary>
    public WireMessage Register(string query, string? links = Links, uint? format = 40)
    {
        WireMessage answer = Exchange(CoapCode.Post, "/rd" + (query.Length > 0 ? "?" + query : ""), links, format);
        if (answer.Code == CoapCode.Created)
            Location = LocationOf(answer);
        return answer;
    }

    /// <summary>Registers for an hour, and finds the registration.</summary>
    public Registration RegisterAs(string endpoint, string query = "&lt=3600&lwm2m=1.1", string links = Links)
    {
        WireMessage answer = Register($"ep={endpoint}{query}", links);
        Assert.True(answer.Code == CoapCode.Created, $"{answer.Code} {answer.Text}");
        return harness.Find(endpoint);
    }

    public WireMessage Update(string query = "", string? links = null, uint? format = 40) =>
        Exchange(CoapCode.Post, Location + (query.Length > 0 ? "?" + query : ""), links, links is null ? null : format);

    public WireMessage Deregister() => Exchange(CoapCode.Delete, Location);

    public WireMessage Exchange(CoapCode method, string path, string? payload = null, uint? format = null) =>
        Exchange(method, path, payload is null ? [] : Encoding.UTF8.GetBytes(payload), format);

    public WireMessage Exchange(CoapCode method, string path, byte[] payload, uint? format)
    {
        WireMessage request = Request(method, path, payload, format);
        Send(request);
        WireMessage answer = Receive();
        Assert.Equal((MessageType.Acknowledgement, request.MessageId), (answer.Type, answer.MessageId));
        Assert.Equal(request.Token, answer.Token);
        return answer;
    }

    public WireMessage Request(CoapCode method, string path, byte[] payload, uint? format, MessageType type = MessageType.Confirmable)
    {
        ushort messageId = peer.NextMessageId();
        return new(type, method, messageId)
        {
            Token = [(byte)(messageId >> 8), (byte)messageId],
            Options = new CoapOptions().Set(CoapOptionNumber.ContentFormat, format),
            Path = path,
            Payload = payload,
        };
    }

    public void Send(WireMessage message) => peer.Send(Server, message);

    /// <summary>The next message that comes.</summary>
    public WireMessage Receive() => peer.Receive();

    /// <summary>The next message that is not Empty.</summary>
    public WireMessage ReceiveResponse()
    {
        WireMessage message = Receive();
        return message.Code.IsEmpty ? ReceiveResponse() : message;
    }

    /// <summary>Nothing comes for a time.</summary>
    public void ReceiveNothing(double seconds)
    {
        harness.Run(seconds);
        Assert.Empty(peer.Received);
    }

    /// <summary>Answers a request, in its acknowledgement.</summary>
    public void Answer(WireMessage request, CoapCode code, string payload = "", Action<CoapOptions>? options = null) =>
        Answer(request, code, Encoding.UTF8.GetBytes(payload), options);

    public void Answer(WireMessage request, CoapCode code, byte[] payload, Action<CoapOptions>? options = null)
    {
        var answer = new WireMessage(
            request.Type == MessageType.Confirmable ? MessageType.Acknowledgement : MessageType.NonConfirmable, code,
            request.Type == MessageType.Confirmable ? request.MessageId : peer.NextMessageId()) { Token = request.Token, Payload = payload };
        options?.Invoke(answer.Options);
        Send(answer);
    }

    /// <summary>Waits for a request and answers it.</summary>
    public WireMessage Serve(CoapCode code, string payload = "", Action<CoapOptions>? options = null)
    {
        WireMessage request = Receive();
        Answer(request, code, payload, options);
        return request;
    }

    /// <summary>Has the server observe, and grants it.</summary>
    public (Observation Observation, byte[] Token) GrantObserve(Registration registration, Lwm2mPath path, string payload = "0", ObserveOptions? options = null)
    {
        Task<ObserveResult> observing = harness.BeginObserve(registration, path, options);
        byte[] token = Serve(CoapCode.Content, payload, o => o.Add(CoapOptionNumber.Observe, 1u)).Token;
        return (harness.Network.Await(observing).Observation!, token);
    }

    /// <summary>Sends a notification; its Message ID comes back.</summary>
    public ushort Notify(byte[] token, uint? sequence, string payload, MessageType type = MessageType.Confirmable, CoapCode? code = null, Action<CoapOptions>? options = null)
    {
        var notification = new WireMessage(type, code ?? CoapCode.Content, peer.NextMessageId()) { Token = token, Payload = Encoding.UTF8.GetBytes(payload) };
        notification.Options.Set(CoapOptionNumber.Observe, sequence);
        options?.Invoke(notification.Options);
        Send(notification);
        return notification.MessageId;
    }

    /// <summary>Sends a Confirmable notification and says whether it was acknowledged; false for a Reset.</summary>
    public bool NotifyConfirmable(byte[] token, uint sequence, string payload)
    {
        ushort messageId = Notify(token, sequence, payload);
        WireMessage answer = Receive();
        Assert.True(answer.Code.IsEmpty);
        Assert.Equal(messageId, answer.MessageId);
        Assert.True(answer.Type is MessageType.Acknowledgement or MessageType.Reset);
        return answer.Type == MessageType.Acknowledgement;
    }

    public static string LocationOf(WireMessage answer) => "/" + string.Join('/', answer.Options.GetStrings(CoapOptionNumber.LocationPath));
}
