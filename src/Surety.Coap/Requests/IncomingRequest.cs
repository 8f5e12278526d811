using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Surety.Coap;

/// <summary>
/// A request that is being handled, and the response that is being written straight into the datagram or stream that will carry it.
/// Valid during the call that hands it over; what must outlive that call is copied, or deferred.
/// </summary>
public ref struct IncomingRequest
{
    private readonly RequestProcessor _processor;
    private readonly IResponseOrigin _origin;
    private CoapMessageWriter _response;

    internal IncomingRequest(RequestProcessor processor, IResponseOrigin origin, in CoapPeer peer, in CoapMessage message, bool isMulticast, CoapMessageWriter response)
    {
        _processor = processor;
        _origin = origin;
        _response = response;
        Peer = peer;
        Message = message;
        Payload = message.Payload;
        IsMulticast = isMulticast;
        Head = RequestOptions.Read(message);
    }

    /// <summary>Who asks.</summary>
    public readonly CoapPeer Peer { get; }

    /// <summary>The message as received; with block-wise requests, the last one.</summary>
    public readonly CoapMessage Message { get; }

    /// <summary>The body, whole.</summary>
    public ReadOnlySpan<byte> Payload { get; internal set; }

    /// <summary>The request came to a multicast address: errors are not answered, and an answer may be withheld (RFC 7252, 8.2).</summary>
    public readonly bool IsMulticast { get; }

    /// <summary>The method.</summary>
    public readonly CoapCode Method => Message.Code;

    /// <summary>The Content-Format of the body.</summary>
    public readonly ContentFormat? ContentFormat => Head.ContentFormat < 0 ? null : new ContentFormat((ushort)Head.ContentFormat);

    /// <summary>The Content-Format wanted in the response.</summary>
    public readonly ContentFormat? Accept => Head.Accept < 0 ? null : new ContentFormat((ushort)Head.Accept);

    /// <summary>Observe: 0 registers, 1 deregisters (RFC 7641, 2).</summary>
    public readonly int? Observe => Head.Observe < 0 ? null : Head.Observe;

    /// <summary>The segments of the path.</summary>
    public readonly RepeatedOptionReader Path => new(Message.Options, CoapOptionNumber.UriPath);

    /// <summary>The number of segments in the path.</summary>
    public readonly int PathCount => Head.PathCount;

    /// <summary>The arguments of the query, <c>name=value</c> or <c>name</c> each.</summary>
    public readonly RepeatedOptionReader Query => new(Message.Options, CoapOptionNumber.UriQuery);

    /// <summary>An answer was written, or deferred.</summary>
    public readonly bool IsHandled => State != ResponseState.None;

    internal RequestOptions Head;

    /// <summary>Asks for a further block of a response that was begun before, and for nothing else.</summary>
    internal readonly bool IsContinuation => Head.Block1 < 0 && Head.Block2 >= 16;

    internal ResponseState State { get; private set; }

    internal CoapCode ResponseCode { get; private set; }

    /// <summary>Where the answer will come from, once it is deferred.</summary>
    internal DeferredResponse? Deferred { get; private set; }

    /// <summary>The response's length in its buffer, header included.</summary>
    internal int ResponseLength => _response.Finish();

    internal readonly bool Overflowed => _response.Overflowed;

    /// <summary>The Block1 option of the last request of a block-wise body, to be echoed; -1 without.</summary>
    internal long EchoedBlock1 { get; set; } = -1;

    /// <summary>The path is this one, <c>a/b</c> without a leading slash; compared byte by byte.</summary>
    public readonly bool PathIs(scoped ReadOnlySpan<byte> path)
    {
        // The root has no segment, which is not the same as an empty one.
        if (path.IsEmpty || PathCount == 0)
            return path.IsEmpty && PathCount == 0;
        RepeatedOptionReader segments = Path;
        while (segments.MoveNext())
        {
            if (!path.StartsWith(segments.Current) || segments.Current.Contains((byte)'/'))
                return false;
            path = path[segments.Current.Length..];
            if (path.IsEmpty)
                return !segments.MoveNext();
            if (path[0] != (byte)'/')
                return false;
            path = path[1..];
        }

        return false;
    }

    /// <summary>The path as text, <c>/a/b</c>.</summary>
    public readonly string PathText
    {
        get
        {
            var text = new StringBuilder();
            foreach (ReadOnlySpan<byte> segment in Path)
                text.Append('/').Append(Encoding.UTF8.GetString(segment));
            return text.Length == 0 ? "/" : text.ToString();
        }
    }

    /// <summary>Begins the response; options are added in ascending order, then at most one block of payload.</summary>
    /// <exception cref="InvalidOperationException">The request is handled already.</exception>
    [UnscopedRef]
    public ref CoapMessageWriter Respond(CoapCode code)
    {
        if (IsHandled)
            throw new InvalidOperationException("The request is handled already.");
        State = ResponseState.Written;
        ResponseCode = code;
        if (EchoedBlock1 >= 0)
            _response.Insert(CoapOptionNumber.Block1, (uint)EchoedBlock1);
        return ref _response;
    }

    /// <summary>Responds with a body, in blocks when it does not fit into one message.</summary>
    public void Respond(CoapCode code, ContentFormat format, scoped ReadOnlySpan<byte> body)
    {
        if (body.Length <= _processor.InlineBody && Head.Block2 < 0)
        {
            ref CoapMessageWriter response = ref Respond(code);
            response.ContentFormat(format);
            response.Payload(body);
            return;
        }

        Respond(new CoapResponse(code, format, body.ToArray()));
    }

    /// <summary>Responds; the body goes in blocks when it does not fit into one message.</summary>
    public void Respond(CoapResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        ref CoapMessageWriter writer = ref Respond(response.Code);
        ResponseCode = _processor.WriteResponse(ref writer, ToContext(), response);
    }

    /// <summary>Responds with a body that is read as the client asks for its blocks; each block is a request of its own, so only to GET and FETCH.</summary>
    /// <exception cref="InvalidOperationException">The method is not safe: handling it for each block would repeat its effect.</exception>
    public void Respond(CoapCode code, ContentFormat format, CoapBody body)
    {
        if (!Method.IsSafe)
            throw new InvalidOperationException($"A body that is read block by block cannot answer {Method}.");
        ref CoapMessageWriter writer = ref Respond(code);
        ResponseCode = _processor.WriteBody(ref writer, ToContext(), code, format, body);
    }

    /// <summary>Responds with one block of a response that was begun before.</summary>
    internal void RespondBlock(CoapResponse response, BlockValue block)
    {
        ref CoapMessageWriter writer = ref Respond(response.Code);
        ResponseCode = _processor.WriteBlock(ref writer, response, block);
    }

    /// <summary>Responds with an error and says what is wrong (RFC 7252, 5.5.2).</summary>
    public void RespondError(CoapCode code, scoped ReadOnlySpan<byte> diagnostic) => Respond(code).Payload(diagnostic);

    /// <summary>Responds with an error and says what is wrong (RFC 7252, 5.5.2).</summary>
    public void RespondError(CoapCode code, string diagnostic)
    {
        ref CoapMessageWriter writer = ref Respond(code);
        writer.Payload(RequestProcessor.CutDiagnostic(Encoding.UTF8.GetBytes(diagnostic)));
    }

    /// <summary>
    /// Asks for proof that the request is fresh and its source address real: a valid Echo option (RFC 9175, 2). Without it the request is
    /// answered with 4.01 and a challenge, which clients repeat the request with.
    /// </summary>
    /// <returns>True when the proof is there.</returns>
    public bool RequireEcho() => _processor.RequireEcho(ref this);

    /// <summary>Answers later, from any thread.</summary>
    public DeferredResponse Defer()
    {
        if (IsHandled)
            throw new InvalidOperationException("The request is handled already.");
        State = ResponseState.Deferred;
        return Deferred = _origin.Defer(this);
    }

    /// <summary>Sends no answer, as if the request had not come.</summary>
    internal void Reject() => State = ResponseState.Rejected;

    /// <summary>Takes back what was written; only options and payload are lost.</summary>
    internal void Restart(CoapMessageWriter response)
    {
        _response = response;
        State = ResponseState.None;
    }

    internal readonly ResponseContext ToContext() => new(Method, Head.Block2, EchoedBlock1, TransferKey.OfResponse(Peer.Key, Message)) { Accept = Head.Accept };

    /// <summary>The Content-Format in the response that was written behind <paramref name="start"/> of its buffer.</summary>
    internal readonly ContentFormat? GetResponseFormat(int start)
    {
        var options = new CoapOptionReader(_response.WrittenFrom(start));
        while (options.MoveNext())
        {
            if (options.Number == CoapOptionNumber.ContentFormat)
                return new ContentFormat((ushort)CoapOption.ReadUInt(options.Value));
        }

        return null;
    }

    internal enum ResponseState : byte
    {
        None,
        Written,
        Deferred,
        Rejected,
    }
}
