using System.Diagnostics.CodeAnalysis;

namespace Surety.Coap;

internal sealed partial class RequestProcessor
{
    /// <summary>Writes a response, or the block of it that was asked for (RFC 7959, 2.4).</summary>
    /// <returns>The response's code.</returns>
    public CoapCode WriteResponse(ref CoapMessageWriter writer, in ResponseContext context, CoapResponse response)
    {
        if (context.Block1 >= 0)
            writer.Insert(CoapOptionNumber.Block1, (uint)context.Block1);
        if (!response.Code.IsSuccess)
        {
            // Not what the block option of the request was about.
            response.Options.WriteTo(ref writer);
            ReadOnlySpan<byte> payload = response.Payload.Span;
            writer.Payload(payload.Length <= InlineBody ? payload : CutDiagnostic(payload));
            return response.Code;
        }

        if (context.Block2 < 0 && response.Payload.Length <= InlineBody)
        {
            response.Options.WriteTo(ref writer);
            writer.Payload(response.Payload.Span);
            return response.Code;
        }

        if (!response.Options.Contains(CoapOptionNumber.ETag))
        {
            CoapOptions options = response.Options.Clone().Add(CoapOptionNumber.ETag, ComputeETag(response.Payload.Span));
            response = new CoapResponse(response.Code) { Options = options, Payload = response.Payload };
        }

        BlockValue block = SelectBlock(context.Block2);
        long end = block.Offset + BlockLength(block, response.Payload.Length);
        if (end < response.Payload.Length && block.Number == 0)
            _responseBodies.Set(context.Transfer, new ResponseBody(response), Now);
        return WriteBlock(ref writer, response, block);
    }

    /// <summary>Writes a response that was deferred; what cannot be sent becomes an error.</summary>
    /// <returns>The response's code.</returns>
    public CoapCode WriteDeferred(ref CoapMessageWriter writer, in ResponseContext context, CoapResponse response)
    {
        CoapMessageWriter restart = writer;
        if (context.Accept >= 0 && context.Method.IsSafe && response.Code.IsSuccess && response.ContentFormat is { } format && format.Value != context.Accept)
        {
            // RFC 7252, 5.10.4
            writer.Payload(NotInThisFormat);
            return CoapCode.NotAcceptable;
        }

        CoapCode code = WriteResponse(ref writer, context, response);
        if (!writer.Overflowed)
            return code;
        writer = restart;
        writer.Payload(TooLongForMessage);
        return CoapCode.InternalServerError;
    }

    /// <summary>Writes the asked-for block of a body that is read piece by piece.</summary>
    /// <returns>The response's code.</returns>
    public CoapCode WriteBody(ref CoapMessageWriter writer, in ResponseContext context, CoapCode code, ContentFormat format, CoapBody body)
    {
        BlockValue block = SelectBlock(context.Block2);
        int length = BlockLength(block, body.Length);
        if (block.Offset > 0 && length == 0)
            return WriteBeyondEnd(ref writer);
        writer.Option(CoapOptionNumber.ETag, body.ETag.Span);
        writer.ContentFormat(format);
        if (context.Block2 >= 0 || body.Length > length)
            writer.Option(CoapOptionNumber.Block2, new BlockValue(block.Number, block.Offset + length < body.Length, block.SizeExponent).ToUInt());
        if (context.Block1 >= 0)
            writer.Insert(CoapOptionNumber.Block1, (uint)context.Block1);
        if (block.Number == 0)
            writer.Option(CoapOptionNumber.Size2, (uint)Math.Min(body.Length, uint.MaxValue));
        body.Read(block.Offset, writer.PayloadSpan(length));
        return code;
    }

    /// <summary>Serves a further block of a response that was begun; false when the handler must be asked again.</summary>
    private bool TryContinueResponse(ref IncomingRequest request)
    {
        TransferKey key = TransferKey.OfResponse(request.Peer.Key, request.Message);
        if (!_responseBodies.TryGet(key, Now, out ResponseBody? body))
        {
            // Safe requests can be handled again for the block; for others that would repeat their effect.
            if (request.Method.IsSafe)
                return false;
            request.RespondError(CoapCode.RequestEntityIncomplete, "the response is not kept any more; repeat the request"u8);
            return true;
        }

        BlockValue block = SelectBlock(request.Head.Block2);
        if (block.Offset + BlockLength(block, body.Response.Payload.Length) >= body.Response.Payload.Length && !request.Method.IsSafe)
            _responseBodies.Remove(key);
        request.RespondBlock(body.Response, block);
        return true;
    }

    public CoapCode WriteBlock(ref CoapMessageWriter writer, CoapResponse response, BlockValue block)
    {
        int total = response.Payload.Length;
        int length = BlockLength(block, total);
        if (block.Offset > 0 && length == 0)
            return WriteBeyondEnd(ref writer);
        CoapOptions options = response.Options.Clone()
            .Set(CoapOptionNumber.Block2, new BlockValue(block.Number, block.Offset + length < total, block.SizeExponent).ToUInt());
        if (block.Number == 0)
            options.Set(CoapOptionNumber.Size2, (uint)total);
        options.WriteTo(ref writer);
        if (length > 0)
            writer.Payload(response.Payload.Span.Slice((int)block.Offset, length));
        return response.Code;
    }

    /// <summary>Takes one block of a request's body; with the last one the request is handled (RFC 7959, 2.5).</summary>
    private void ReceiveBlock(ref IncomingRequest request)
    {
        BlockValue block = BlockValue.FromUInt((uint)request.Head.Block1);
        ReadOnlySpan<byte> payload = request.Message.Payload;
        if (!block.Fits(payload.Length, AcceptsBert))
        {
            request.RespondError(CoapCode.BadRequest, block.IsBert && !AcceptsBert ? ReservedBlockSize : "the payload does not have the size that Block1 says"u8);
            return;
        }

        TransferKey key = TransferKey.OfRequest(request.Peer.Key, request.Message);
        if (block is { Number: 0, More: false })
        {
            // The only block is the body; what was begun before is over (RFC 7959, 2.5).
            if (_requestBodies.TryGet(key, Now, out RequestBody? abandoned))
                Drop(key, abandoned);
            request.EchoedBlock1 = block.ToUInt();
            _handler.OnRequest(ref request);
            return;
        }

        if (!TryFindBody(ref request, key, block, out RequestBody? body))
            return;
        if (block.Offset == body.Length)
        {
            if (body.Receiver is null && body.Length + payload.Length > _options.MaxRequestBody)
            {
                Drop(key, body);
                RespondTooLarge(ref request);
                return;
            }

            Write(key, body, payload);
        }
        else if (!block.More || block.Offset + payload.Length > body.Length)
        {
            // A gap; what is wholly contained in what we have is a repetition, and acknowledged again, if it cannot be the end.
            Drop(key, body);
            request.RespondError(CoapCode.RequestEntityIncomplete, "blocks are missing; start again with block 0"u8);
            return;
        }

        request.EchoedBlock1 = new BlockValue(block.Number, block.More, Math.Min(block.SizeExponent, SizeExponent)).ToUInt();
        if (block.More)
        {
            _requestBodies.Recount(body, Now);
            request.Respond(CoapCode.Continue);
            return;
        }

        _requestBodies.Remove(key);
        if (body.Receiver is { } receiver)
        {
            receiver.Complete(ref request);
            return;
        }

        request.Payload = body.Collected;
        _handler.OnRequest(ref request);
    }

    private bool TryFindBody(ref IncomingRequest request, in TransferKey key, BlockValue block, [NotNullWhen(true)] out RequestBody? body)
    {
        if (block.Number > 0)
        {
            if (_requestBodies.TryGet(key, Now, out body))
                return true;
            request.RespondError(CoapCode.RequestEntityIncomplete, "there is no such transfer; start again with block 0"u8);
            return false;
        }

        // Block 0 starts anew, whatever came before (RFC 7959, 2.5).
        body = null;
        request.Payload = default;
        BodyReceiver? receiver = _handler.OpenBody(ref request);
        if (request.IsHandled)
            return false;
        if (receiver is null && request.Head.Size1 > _options.MaxRequestBody)
        {
            RespondTooLarge(ref request);
            return false;
        }

        body = new RequestBody(receiver);
        _requestBodies.Set(key, body, Now);
        return true;
    }

    private void Write(in TransferKey key, RequestBody body, ReadOnlySpan<byte> payload)
    {
        try
        {
            body.Write(payload);
        }
        catch
        {
            Drop(key, body);
            throw;
        }
    }

    private void Drop(in TransferKey key, RequestBody body)
    {
        _requestBodies.Remove(key);
        body.Abort();
    }

    private void RespondTooLarge(ref IncomingRequest request)
    {
        ref CoapMessageWriter writer = ref request.Respond(CoapCode.RequestEntityTooLarge);
        writer.Option(CoapOptionNumber.Size1, (uint)_options.MaxRequestBody);
        writer.Payload("the body is longer than this server takes; Size1 says how much it takes"u8);
    }

    /// <summary>The block to send: the one asked for, or the first; never larger than ours, nor than the one asked for.</summary>
    private BlockValue SelectBlock(long requested)
    {
        if (requested < 0)
            return new BlockValue(0, false, SizeExponent);
        BlockValue block = BlockValue.FromUInt((uint)requested);
        if (block.SizeExponent <= SizeExponent)
            return block;
        // RFC 7959, 2.3: with a smaller block the number grows, so that the offset stays.
        long number = block.Offset >> (SizeExponent + 4);
        return new BlockValue((uint)Math.Min(number, BlockValue.MaxNumber), false, SizeExponent);
    }

    private int BlockLength(BlockValue block, long total)
    {
        int room = block.IsBert ? InlineBody / 1024 * 1024 : block.Size;
        return (int)Math.Clamp(total - block.Offset, 0, room);
    }

    private static CoapCode WriteBeyondEnd(ref CoapMessageWriter writer)
    {
        writer.Payload("the body ends before this block"u8);
        return CoapCode.BadRequest;
    }
}
