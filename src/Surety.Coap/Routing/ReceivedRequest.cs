namespace Surety.Coap;

/// <summary>A copy of a request that may be kept.</summary>
public sealed class ReceivedRequest
{
    internal ReceivedRequest(in IncomingRequest request)
    {
        Peer = request.Peer;
        Method = request.Method;
        Options = CoapOptions.Read(request.Message.Options);
        Payload = request.Payload.ToArray();
    }

    /// <summary>Who asked.</summary>
    public CoapPeer Peer { get; }

    /// <summary>The method.</summary>
    public CoapCode Method { get; }

    /// <summary>The options.</summary>
    public CoapOptions Options { get; }

    /// <summary>The body, whole.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The path, <c>/a/b</c>.</summary>
    public string Path => "/" + string.Join('/', Options.GetStrings(CoapOptionNumber.UriPath));

    /// <summary>The Content-Format of the body.</summary>
    public ContentFormat? ContentFormat => Options.GetUInt(CoapOptionNumber.ContentFormat) is { } value ? new ContentFormat((ushort)value) : null;
}
