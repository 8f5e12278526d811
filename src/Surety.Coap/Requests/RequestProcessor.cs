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

    /// <summary>Milliseconds; set before each request.</summary>
    public long Now { get; set; }

    /// <summary>The longest body sent without blocks, bytes; over reliable transports the peer's Max-Message-Size decides (RFC 8323, 6).</summary>
    public int InlineBody { get; set; }

    /// <summary>The size exponent of blocks when the client asks for none; 7 (BERT) where both sides can.</summary>
    public int SizeExponent { get; set; }

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
            if (request.State == IncomingRequest.ResponseState.Written && _options.MitigateAmplification)
                MitigateAmplification(ref request, restart);
        }
        catch (CoapException e)
        {
            request.Restart(restart);
            request.RespondError(e.Code, e.Message);
        }
        catch (Exception e)
        {
            LogHandlerFailed(e, request.Method, request.Peer);
            request.Restart(restart);
            request.RespondError(CoapCode.InternalServerError, "internal error; the server's log has the details"u8);
        }

        if (request.Overflowed)
        {
            LogOverflow(request.Method, request.Peer);
            request.Restart(restart);
            request.RespondError(CoapCode.InternalServerError, "the response does not fit into a message"u8);
        }
    }

    private static bool IsAcceptable(ref IncomingRequest request)
    {
        if (request.Head.BadOption != 0)
        {
            // RFC 7252, 5.4.1: a Confirmable request is answered, a Non-confirmable one rejected.
            if (request.Message.Type == MessageType.NonConfirmable)
                request.Reject();
            else
                request.RespondError(CoapCode.BadOption, $"option {request.Head.BadOption} is critical and not understood, or its value is not allowed");
            return false;
        }

        if (request.Head.HasProxy)
        {
            // RFC 7252, 5.7.2
            request.RespondError(CoapCode.ProxyingNotSupported, "this server is no proxy"u8);
            return false;
        }

        return true;
    }

    private void Dispatch(ref IncomingRequest request)
    {
        if (request.Head.Block1 >= 0)
        {
            ReceiveBlock(ref request);
            return;
        }

        if (request.Head.Block2 >= 16 && TryContinueResponse(ref request))
            return;
        _handler.OnRequest(ref request);
    }

    private void MitigateAmplification(ref IncomingRequest request, CoapMessageWriter restart)
    {
        int requestLength = CoapMessage.HeaderLength + request.Message.Token.Length + request.Message.OptionBytes.Length + request.Message.Payload.Length;
        if (request.ResponseLength <= 3 * requestLength || !request.Peer.Key.IsAddress
            || _echo.IsFresh(request.Peer.Key, Now, request.Head.Echo(request.Message.OptionBytes)))
            return;
        request.Restart(restart);
        Challenge(ref request);
    }

    public bool RequireEcho(ref IncomingRequest request)
    {
        if (_echo.IsFresh(request.Peer.Key, Now, request.Head.Echo(request.Message.OptionBytes)))
            return true;
        Challenge(ref request);
        return false;
    }

    private void Challenge(ref IncomingRequest request)
    {
        Span<byte> value = stackalloc byte[EchoChallenge.Length];
        _echo.Write(request.Peer.Key, Now, value);
        request.Respond(CoapCode.Unauthorized).Option(CoapOptionNumber.Echo, value);
    }

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
