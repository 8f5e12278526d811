using System.Buffers;

namespace Surety.Coap;

/// <summary>Puts the blocks of a response together, or hands them to the caller's stream.</summary>
internal sealed class ResponseCollector(CoapRequest request)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private ReadOnlyMemory<byte>? _etag;

    public long Length { get; private set; }

    /// <summary>RFC 7959, 2.4: blocks of different ETags do not belong together.</summary>
    public bool IsSameVersion(CoapResponse block)
    {
        if (Length == 0 || !block.Options.TryGet(CoapOptionNumber.ETag, out ReadOnlyMemory<byte> etag))
            return true;
        return _etag is not { } first || first.Span.SequenceEqual(etag.Span);
    }

    public bool TryRestart()
    {
        if (request.ResponseStream is not null)
            return false;
        _bytes.ResetWrittenCount();
        Length = 0;
        return true;
    }

    public async ValueTask AppendAsync(CoapResponse block, CancellationToken cancellationToken)
    {
        if (Length == 0)
            _etag = block.Options.TryGet(CoapOptionNumber.ETag, out ReadOnlyMemory<byte> etag) ? etag : null;
        Length += block.Payload.Length;
        if (Length > request.MaxResponseBody)
            throw new CoapExchangeException(ExchangeFailure.BadResponse, $"The response is longer than the {request.MaxResponseBody} bytes allowed.");
        if (request.ResponseStream is { } stream && block.Code.IsSuccess)
            await stream.WriteAsync(block.Payload, cancellationToken).ConfigureAwait(false);
        else
            _bytes.Write(block.Payload.Span);
    }

    /// <summary>The whole, with the options of its first block.</summary>
    public CoapResponse Complete(CoapResponse first)
    {
        CoapOptions options = first.Options.Clone();
        options.Remove(CoapOptionNumber.Block2);
        return new CoapResponse(first.Code) { Options = options, Token = first.Token, Payload = _bytes.WrittenMemory };
    }

    /// <summary>A response that came in one piece.</summary>
    public async ValueTask<CoapResponse> CompleteAsync(CoapResponse whole, CancellationToken cancellationToken)
    {
        if (request.ResponseStream is null || !whole.Code.IsSuccess)
            return whole;
        await AppendAsync(whole, cancellationToken).ConfigureAwait(false);
        return Complete(whole);
    }
}
