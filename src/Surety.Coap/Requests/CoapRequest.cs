namespace Surety.Coap;

/// <summary>A request to send: method, options and body. Blocks, tokens and message ids are the endpoint's business.</summary>
public sealed class CoapRequest
{
    /// <summary>A request with this method and path.</summary>
    /// <param name="method">A method, 0.01 to 0.31.</param>
    /// <param name="path">An absolute path, <c>/a/b</c>, whose segments are percent-decoded; a query may follow behind <c>?</c>.</param>
    public CoapRequest(CoapCode method, string path = "/")
    {
        if (!method.IsRequest)
            throw new ArgumentException($"{method} is not a method.", nameof(method));
        ArgumentNullException.ThrowIfNull(path);
        Method = method;
        CoapUri.AddPathAndQuery(path, Options);
    }

    /// <summary>The method.</summary>
    public CoapCode Method { get; }

    /// <summary>The options.</summary>
    public CoapOptions Options { get; init; } = new();

    /// <summary>The whole body; it is sent in blocks when it does not fit into one message.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The body as a stream, read as its blocks go out; in place of <see cref="Payload"/>.</summary>
    public Stream? PayloadStream { get; init; }

    /// <summary>Takes the body of a success response as its blocks come in; the response's payload is then empty.</summary>
    public Stream? ResponseStream { get; init; }

    /// <summary>Sent Confirmable (the default) or Non-confirmable; no difference over reliable transports.</summary>
    public bool Confirmable { get; init; } = true;

    /// <summary>The Content-Format of the payload.</summary>
    public ContentFormat? ContentFormat
    {
        get => Options.GetUInt(CoapOptionNumber.ContentFormat) is { } value ? new ContentFormat((ushort)value) : null;
        init => Options.Set(CoapOptionNumber.ContentFormat, value?.Value);
    }

    /// <summary>The Content-Format wanted in the response.</summary>
    public ContentFormat? Accept
    {
        get => Options.GetUInt(CoapOptionNumber.Accept) is { } value ? new ContentFormat((ushort)value) : null;
        init => Options.Set(CoapOptionNumber.Accept, value?.Value);
    }

    /// <summary>Observe: 0 registers, 1 deregisters (RFC 7641, 2).</summary>
    public uint? Observe
    {
        get => Options.GetUInt(CoapOptionNumber.Observe);
        init => Options.Set(CoapOptionNumber.Observe, value);
    }

    /// <summary>The token to use; one is chosen when this is null. For observations, whose notifications must find their way.</summary>
    public CoapToken? Token { get; init; }

    /// <summary>The size of blocks to ask for and to send, 16 to 1024 bytes.</summary>
    public int PreferredBlockSize { get; init; } = 1024;

    /// <summary>
    /// Asks for the response in blocks of <see cref="PreferredBlockSize"/> when that is less than 1024. Default true; false for peers that take this option
    /// on a request without a body in the response for a mistake.
    /// </summary>
    public bool AsksForBlocks { get; init; } = true;

    /// <summary>
    /// All messages of a request that goes in blocks have one token. Default false: new ones bind each response to its request. There are servers that tell
    /// the blocks of one body by the token.
    /// </summary>
    public bool KeepsToken { get; init; }

    /// <summary>The longest body accepted in the response, bytes; a longer one fails the exchange.</summary>
    public long MaxResponseBody { get; init; } = 4 * 1024 * 1024;
}
