using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Surety.Coap;

/// <summary>
/// What happens to a request between transport and handler, the same over every transport: options that must be understood, blocks both
/// ways, freshness, errors. One per engine or connection, used by one thread at a time.
/// </summary>
internal sealed partial class RequestProcessor
{
    /// <summary>A diagnostic message is for people and must never need blocks.</summary>
    public const int MaxDiagnostic = 256;

    // RFC 9175, 2.4: what an unproven peer may be sent, for what it sent; the least is for the headers below CoAP.
    private const int MaxAmplification = 3;
    private const int MinUnprovenResponse = 136;

    private readonly ICoapHandler _handler;
    private readonly CoapEndpointOptions _options;
    private readonly EchoChallenge _echo = new();
    private readonly TransferStore<RequestBody> _requestBodies;
    private readonly TransferStore<ResponseBody> _responseBodies;
    private readonly ILogger _logger;

    public RequestProcessor(ICoapHandler handler, CoapEndpointOptions options, TransferStores transfers, ILogger logger)
    {
        _handler = handler;
        _options = options;
        _requestBodies = transfers.Requests;
        _responseBodies = transfers.Responses;
        _logger = logger;
        InlineBody = options.MaxBlockSize;
        SizeExponent = BlockValue.ExponentFor(options.MaxBlockSize);
    }

    private static ReadOnlySpan<byte> TooLongForMessage => "the response does not fit into a message"u8;

    private static ReadOnlySpan<byte> NotInThisFormat => "not in the format that Accept wants"u8;

    private static ReadOnlySpan<byte> ReservedBlockSize => "block size exponent 7 is reserved"u8;

    /// <summary>Milliseconds; set before each request.</summary>
    public long Now { get; set; }

    /// <summary>The longest body sent without blocks, bytes; over reliable transports the peer's Max-Message-Size decides (RFC 8323, 6).</summary>
    public int InlineBody { get; set; }

    /// <summary>The size exponent of blocks when the client asks for none; 7 (BERT) where both sides can.</summary>
    public int SizeExponent { get; set; }

    /// <summary>Requests may come in BERT blocks: over reliable transports, whatever the peer itself accepts (RFC 8323, 5.3.2).</summary>
    public bool AcceptsBert { get; init; }

    /// <summary>Handles one request; afterwards <paramref name="request"/> is answered, deferred or rejected.</summary>
    /// <param name="request">The request.</param>
    /// <param name="restart">A writer in the state the request began with, to take back half a response.</param>
    public void Process(ref IncomingRequest request, CoapMessageWriter restart)
    {
        try
        {
            if (IsAcceptable(ref request))
                Dispatch(ref request);
            if (!request.IsHandled)
                request.RespondError(CoapCode.InternalServerError, "the server gave no answer"u8);
            if (request.State == IncomingRequest.ResponseState.Written)
                Review(ref request, restart);
        }
        catch (CoapException e)
        {
            Fail(ref request, restart, e.Code, e.Message);
        }
        catch (Exception e)
        {
            LogHandlerFailed(e, request.Method, request.Peer);
            Fail(ref request, restart, CoapCode.InternalServerError, "internal error; the server's log has the details");
        }

        if (request.Overflowed)
        {
            LogOverflow(request.Method, request.Peer);
            request.Restart(restart);
            request.RespondError(CoapCode.InternalServerError, TooLongForMessage);
        }
    }

    /// <summary>The longest response that this request may get before its peer has proven its address, bytes with header.</summary>
    public int GetMaxUnprovenResponse(in IncomingRequest request)
    {
        if (!_options.MitigateAmplification || !request.Peer.Key.IsAddress || HasFreshEcho(request))
            return int.MaxValue;
        CoapMessage message = request.Message;
        int length = CoapMessageWriter.HeaderLength(message.Token.Length) + message.OptionBytes.Length + message.Payload.Length;
        return Math.Max(MinUnprovenResponse, MaxAmplification * length);
    }

    public bool RequireEcho(ref IncomingRequest request)
    {
        if (HasFreshEcho(request))
            return true;
        Challenge(ref request);
        return false;
    }

    /// <summary>Writes 4.01 with a challenge.</summary>
    /// <returns>The response's code.</returns>
    public CoapCode WriteChallenge(ref CoapMessageWriter writer, in PeerKey peer)
    {
        Span<byte> value = stackalloc byte[EchoChallenge.Length];
        _echo.Write(peer, Now, value);
        writer.Option(CoapOptionNumber.Echo, value);
        return CoapCode.Unauthorized;
    }

    /// <summary>Cuts a diagnostic message to what may be sent, between two characters.</summary>
    public static ReadOnlySpan<byte> CutDiagnostic(ReadOnlySpan<byte> text)
    {
        if (text.Length <= MaxDiagnostic)
            return text;
        int length = MaxDiagnostic;
        while (length > 0 && (text[length] & 0xC0) == 0x80)
            length--;
        return text[..length];
    }

    private bool IsAcceptable(ref IncomingRequest request)
    {
        if (request.Head.BadOption != 0)
        {
            // RFC 7252, 5.4.1: a Confirmable request is answered, a Non-confirmable one rejected.
            if (request.Message.Type == MessageType.NonConfirmable)
                request.Reject();
            else
                request.RespondError(CoapCode.BadOption, $"option {request.Head.BadOption} is critical and not understood, or its value is not allowed");
        }
        else if (request.Head.HasBadHopLimit)
        {
            // RFC 8768, 3
            request.RespondError(CoapCode.BadRequest, "Hop-Limit is 1 to 255"u8);
        }
        else if (request.Head.HasProxy)
        {
            // RFC 7252, 5.7.2
            request.RespondError(CoapCode.ProxyingNotSupported, "this server is no proxy"u8);
        }
        else if (request.Head.Block2 >= 0 && (request.Head.Block2 & 7) == BlockValue.BertSizeExponent && !AcceptsBert)
        {
            // RFC 7959, 2.2
            request.RespondError(CoapCode.BadRequest, ReservedBlockSize);
        }
        else if (!request.Method.IsSafe && GetMaxUnprovenResponse(request) != int.MaxValue)
        {
            // How long the answer is would be known only after the effect, which must not happen twice.
            Challenge(ref request);
        }
        else if (request.Head.HasCondition && (request.Method.IsSafe || !request.IsContinuation))
        {
            CheckCondition(ref request);
        }

        return !request.IsHandled;
    }

    private void CheckCondition(ref IncomingRequest request)
    {
        switch (_handler.IsConditionMet(request))
        {
            case true:
                break;
            case false:
                request.RespondError(CoapCode.PreconditionFailed, "If-Match or If-None-Match"u8);
                break;
            default:
                request.RespondError(CoapCode.BadOption, "conditional requests are not supported here"u8);
                break;
        }
    }

    private void Dispatch(ref IncomingRequest request)
    {
        if (request.Head.Block1 >= 0)
        {
            ReceiveBlock(ref request);
            return;
        }

        if (request.IsContinuation && TryContinueResponse(ref request))
            return;
        _handler.OnRequest(ref request);
    }

    /// <summary>What a finished response must be, whoever wrote it.</summary>
    private void Review(ref IncomingRequest request, CoapMessageWriter restart)
    {
        if (request.Head.Accept >= 0 && request.Method.IsSafe && request.ResponseCode.IsSuccess
            && request.GetResponseFormat(restart.Length) is { } format && format.Value != request.Head.Accept)
        {
            // RFC 7252, 5.10.4
            request.Restart(restart);
            request.RespondError(CoapCode.NotAcceptable, NotInThisFormat);
        }

        if (_options.MitigateAmplification && request.ResponseLength > GetMaxUnprovenResponse(request))
        {
            request.Restart(restart);
            Challenge(ref request);
        }
    }

    private static void Fail(ref IncomingRequest request, CoapMessageWriter restart, CoapCode code, string diagnostic)
    {
        if (request.Deferred is { } deferred)
        {
            deferred.Complete(CoapResponse.Error(code, diagnostic));
            return;
        }

        request.Restart(restart);
        request.RespondError(code, diagnostic);
    }

    private bool HasFreshEcho(in IncomingRequest request) => _echo.IsFresh(request.Peer.Key, Now, request.Head.Echo(request.Message.OptionBytes));

    private void Challenge(ref IncomingRequest request) => WriteChallenge(ref request.Respond(CoapCode.Unauthorized), request.Peer.Key);

    /// <summary>A strong validator for a body whose maker gave none.</summary>
    private static byte[] ComputeETag(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(body, hash);
        return hash[..8].ToArray();
    }

    [LoggerMessage(1001, LogLevel.Error, "Handling {Method} from {Peer} failed")]
    private partial void LogHandlerFailed(Exception exception, CoapCode method, CoapPeer peer);

    [LoggerMessage(1002, LogLevel.Error, "The response to {Method} from {Peer} does not fit into a message")]
    private partial void LogOverflow(CoapCode method, CoapPeer peer);
}
