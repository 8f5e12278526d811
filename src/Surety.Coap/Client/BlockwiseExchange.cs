using System.Security.Cryptography;

namespace Surety.Coap;

/// <summary>One request with its response, in as many messages as the two bodies need (RFC 7959; Echo and Request-Tag: RFC 9175).</summary>
internal sealed class BlockwiseExchange
{
    private readonly CoapPeer _peer;
    private readonly CoapRequest _request;
    private readonly CoapOptions _options;
    private readonly int _inlineBody;
    private readonly CoapToken? _kept;
    private int _sizeExponent;
    private bool _isUploaded;

    public BlockwiseExchange(in CoapPeer peer, CoapRequest request)
    {
        _peer = peer;
        _request = request;
        _options = request.Options.Clone();
        _inlineBody = peer.Endpoint.GetInlineBody(peer.Key);
        _sizeExponent = peer.Endpoint.GetSizeExponent(peer.Key);
        _kept = request.KeepsToken ? request.Token ?? new CoapToken(RandomNumbers.NextUInt64()) : null;
        int preferred = BlockValue.ExponentFor(request.PreferredBlockSize);
        if (preferred >= BlockValue.ExponentFor(1024))
            return;
        // The caller wants smaller blocks than the transport needs, both ways.
        _sizeExponent = Math.Min(_sizeExponent, preferred);
        _inlineBody = Math.Min(_inlineBody, BlockSize);
        if (request.AsksForBlocks && !_options.Contains(CoapOptionNumber.Block2))
            _options.Set(CoapOptionNumber.Block2, new BlockValue(0, false, _sizeExponent).ToUInt());
    }

    /// <summary>Bytes in one message: with BERT, as many whole blocks as the peer takes.</summary>
    private int BlockSize => _sizeExponent == BlockValue.BertSizeExponent ? _inlineBody / 1024 * 1024 : new BlockValue(0, false, _sizeExponent).Size;

    public async Task<CoapResponse> RunAsync(CancellationToken cancellationToken)
    {
        if (_request.PayloadStream is not null || _request.Payload.Length > _inlineBody)
            return await UploadAndDownloadAsync(cancellationToken).ConfigureAwait(false);
        CoapResponse first = await SendOnceAsync(_options, _request.Payload, _request.Token, cancellationToken).ConfigureAwait(false);
        return await ContinueAsync(first, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on from the response to a request that was sent in one message.</summary>
    public async Task<CoapResponse> ContinueAsync(CoapResponse first, CancellationToken cancellationToken)
    {
        if (TryTakeEcho(first, _options))
            first = await SendOnceAsync(_options, _request.Payload, _request.Token, cancellationToken).ConfigureAwait(false);
        // RFC 7959, 2.9.3: a hint to try blocks of this size.
        if (first.Code != CoapCode.RequestEntityTooLarge || GetBlock(first, CoapOptionNumber.Block1) is not { } hint || hint.Size >= _request.Payload.Length)
            return await DownloadAsync(first, cancellationToken).ConfigureAwait(false);
        _sizeExponent = hint.SizeExponent;
        return await UploadAndDownloadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches what follows the first block, which a response or notification has brought.</summary>
    public async Task<CoapResponse> DownloadAsync(CoapResponse first, CancellationToken cancellationToken)
    {
        CoapResponse current = first;
        var body = new ResponseCollector(_request);
        bool hasRestarted = false;
        while (true)
        {
            BlockValue? block = GetBlock(current, CoapOptionNumber.Block2);
            if (block is null && body.Length == 0)
                return await body.CompleteAsync(current, cancellationToken).ConfigureAwait(false);
            if (!current.Code.IsSuccess)
                return current;
            if (block is not { } b || b.Offset != body.Length || !b.Fits(current.Payload.Length, _peer.Endpoint.IsReliable))
                throw new CoapExchangeException(ExchangeFailure.BadResponse, "The blocks of the response are not in order.");
            if (!body.IsSameVersion(current))
            {
                // The representation changed meanwhile: once more from the start, if nothing was handed on.
                if (hasRestarted || !body.TryRestart())
                    throw new CoapExchangeException(ExchangeFailure.BadResponse, "The resource changed while its blocks were fetched.");
                hasRestarted = true;
                first = current = await RequestBlockAsync(0, b, cancellationToken).ConfigureAwait(false);
                continue;
            }

            await body.AppendAsync(current, cancellationToken).ConfigureAwait(false);
            if (!b.More)
                return body.Complete(first);
            current = await RequestBlockAsync(body.Length, b, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<CoapResponse> UploadAndDownloadAsync(CancellationToken cancellationToken)
    {
        string path = string.Join('/', _options.GetStrings(CoapOptionNumber.UriPath));
        bool isUntagged = _peer.Endpoint.OpenUploads.TryOpenUntagged(_peer.Key, path);
        if (!isUntagged)
            _options.Add(CoapOptionNumber.RequestTag, RandomNumberGenerator.GetBytes(4));
        CoapResponse response = await UploadAsync(cancellationToken).ConfigureAwait(false);
        _isUploaded = true;
        if (isUntagged)
            _peer.Endpoint.OpenUploads.Close(_peer.Key, path);
        return await DownloadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CoapResponse> UploadAsync(CancellationToken cancellationToken)
    {
        var body = new RequestBodyReader(_request);
        long offset = 0;
        while (true)
        {
            int size = BlockSize;
            (ReadOnlyMemory<byte> bytes, bool more) = await body.ReadAsync(offset, size, cancellationToken).ConfigureAwait(false);
            CoapOptions options = _options.Clone().Set(CoapOptionNumber.Block1, GetBlockAt(offset, more, _sizeExponent, ExchangeFailure.TooLarge).ToUInt());
            if (offset == 0 && body.Length is { } length)
                options.Set(CoapOptionNumber.Size1, (uint)Math.Min(length, uint.MaxValue));
            // RFC 7959, 2.10
            if (offset > 0)
                options.Remove(CoapOptionNumber.IfNoneMatch);
            // What is not wanted is the response, not the word to go on (RFC 7967).
            if (more)
                options.Remove(CoapOptionNumber.NoResponse);
            CoapResponse response = await SendAsync(options, bytes, more ? null : _request.Token, cancellationToken).ConfigureAwait(false);

            int wanted = GetBlock(response, CoapOptionNumber.Block1)?.SizeExponent ?? _sizeExponent;
            if (response.Code == CoapCode.RequestEntityTooLarge && offset == 0 && wanted < _sizeExponent)
            {
                _sizeExponent = wanted;
                continue;
            }

            if (!more || !response.Code.IsSuccess)
                return response;
            // 2.31, or 2.04 of a server that applies each block at once (RFC 7959, 2.3). From the next block on the server's size counts.
            offset += bytes.Length;
            _sizeExponent = Math.Min(_sizeExponent, wanted);
        }
    }

    private Task<CoapResponse> RequestBlockAsync(long offset, BlockValue last, CancellationToken cancellationToken)
    {
        // RFC 7959, 2.4, 2.7: the same options, but for those about the request's own body, its conditions, and without registering again.
        CoapOptions options = _options.Clone();
        options.Remove(CoapOptionNumber.IfMatch);
        options.Remove(CoapOptionNumber.IfNoneMatch);
        options.Remove(CoapOptionNumber.Observe);
        options.Remove(CoapOptionNumber.Block1);
        options.Remove(CoapOptionNumber.Size1);
        options.Remove(CoapOptionNumber.NoResponse);
        options.Set(CoapOptionNumber.Block2, GetBlockAt(offset, false, last.SizeExponent, ExchangeFailure.BadResponse).ToUInt());
        // The body of a FETCH is part of what is asked for (RFC 8132, 2); one that went in blocks is known by then.
        ReadOnlyMemory<byte> payload = _request.Method == CoapCode.Fetch && !_isUploaded ? _request.Payload : default;
        return SendAsync(options, payload, null, cancellationToken);
    }

    private async Task<CoapResponse> SendAsync(CoapOptions options, ReadOnlyMemory<byte> payload, CoapToken? token, CancellationToken cancellationToken)
    {
        CoapResponse response = await SendOnceAsync(options, payload, token, cancellationToken).ConfigureAwait(false);
        return TryTakeEcho(response, options) ? await SendOnceAsync(options, payload, token, cancellationToken).ConfigureAwait(false) : response;
    }

    private Task<CoapResponse> SendOnceAsync(CoapOptions options, ReadOnlyMemory<byte> payload, CoapToken? token, CancellationToken cancellationToken) =>
        new RequestMessage(_request.Method, options, payload) { IsConfirmable = _request.Confirmable, Token = _kept ?? token }.SendAsync(_peer, cancellationToken);

    /// <summary>RFC 9175, 2.3: the server wants to know that we are here, now; the request goes again with the value it gave, and later ones too.</summary>
    private bool TryTakeEcho(CoapResponse response, CoapOptions options)
    {
        if (response.Code != CoapCode.Unauthorized || !response.Options.TryGet(CoapOptionNumber.Echo, out ReadOnlyMemory<byte> echo))
            return false;
        foreach (CoapOptions target in options == _options ? [_options] : new[] { _options, options })
        {
            target.Remove(CoapOptionNumber.Echo);
            target.Add(CoapOptionNumber.Echo, echo);
        }

        return true;
    }

    private static BlockValue GetBlockAt(long offset, bool more, int sizeExponent, ExchangeFailure failure) => BlockValue.At(offset, more, sizeExponent)
        ?? throw new CoapExchangeException(failure, $"A body cannot have more than {BlockValue.MaxNumber + 1} blocks.");

    private static BlockValue? GetBlock(CoapResponse response, CoapOptionNumber number) =>
        response.Options.GetUInt(number) is { } value ? BlockValue.FromUInt(value) : null;
}
