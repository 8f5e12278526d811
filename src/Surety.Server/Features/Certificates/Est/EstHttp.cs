using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Surety.Coap;
using Surety.Pki;

namespace Surety.Server.Features.Certificates;

/// <summary>EST over HTTPS (RFC 7030), for gateways and for devices that are no LwM2M clients: whatever comes to the listener of <see cref="EstHttpsListener"/>.</summary>
internal sealed partial class EstHttp(EstService service, IEstAdmission admission, ILogger<EstHttp> log)
{
    /// <summary>The longest body, bytes: the longest request in base64, with line breaks.</summary>
    public const int MaxBodyLength = 2 * CertificationRequest.MaxLength;

    /// <summary>Where the connection keeps what its client has proven, a <see cref="PeerIdentity"/>, or why it is not believed, a string.</summary>
    public static readonly object ClientKey = new();

    private const string CertsOnlyType = "application/pkcs7-mime; smime-type=certs-only";
    private const string RequestType = "application/pkcs10";

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (CoapException e)
        {
            LogRefused(context.Connection.Id, context.Request.Path, e.Code, e.Message);
            await ErrorAsync(context, ToStatus(e.Code), e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await ErrorAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e, context.Connection.Id, context.Request.Path);
            await ErrorAsync(context, StatusCodes.Status500InternalServerError, "internal error; the server's log has the details");
        }
    }

    /// <summary>RFC 9148, 4.5 has the codes of CoAP from those of HTTP; this is the way back.</summary>
    private static int ToStatus(CoapCode code) => ((code.Value >> 5) * 100) + (code.Value & 0x1F);

    private async Task AnswerAsync(HttpContext context)
    {
        if (!EstResource.TryParse(context.Request.Path.Value, out var resource))
        {
            await ErrorAsync(context, StatusCodes.Status404NotFound, "there is nothing but EST here: /.well-known/est/cacerts, simpleenroll, simplereenroll, csrattrs, serverkeygen");
            return;
        }

        var method = resource.IsRead ? HttpMethods.Get : HttpMethods.Post;
        if (context.Request.Method != method)
        {
            context.Response.Headers.Allow = method;
            await ErrorAsync(context, StatusCodes.Status405MethodNotAllowed, $"{method} alone");
            return;
        }

        var body = resource.IsRead ? [] : await ReadBodyAsync(context);
        var client = await AdmitAsync(context);
        switch (resource.Operation)
        {
            case EstOperation.CaCertificates:
                await WriteAsync(context, CertsOnlyType, CertsOnlyMessage.Write(service.GetAuthorities(client)));
                break;
            case EstOperation.CsrAttributes:
                await WriteAsync(context, "application/csrattrs", EstService.GetCsrAttributes());
                break;
            default:
                await WriteAsync(context, await service.EnrollAsync(client, resource, body));
                break;
        }
    }

    private async Task<EstClient> AdmitAsync(HttpContext context)
    {
        object? proven = null;
        context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(ClientKey, out proven);
        return proven switch
        {
            PeerIdentity identity => await admission.AdmitAsync(identity, mayBootstrap: true, context.RequestAborted),
            string problem => throw new CoapException(CoapCode.Forbidden, problem),
            _ => throw new CoapException(CoapCode.Unauthorized, "a TLS client certificate of the device is required: the one from the factory, or the one that it has now"),
        };
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (!RequestType.Equals(type, StringComparison.OrdinalIgnoreCase))
            throw new CoapException(CoapCode.UnsupportedContentFormat, $"the Content-Type must be {RequestType}, with the request in base64");
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return EstBase64.TryRead(body.GetBuffer().AsSpan(0, (int)body.Length), out var der, out var problem)
            ? der
            : throw new CoapException(CoapCode.BadRequest, problem);
    }

    private static async Task WriteAsync(HttpContext context, EstOutcome outcome)
    {
        switch (outcome)
        {
            case EstOutcome.Enrolled { PrivateKey: { } key } enrolled:
                await WriteKeyAsync(context, key, CertsOnlyMessage.Write([enrolled.Issued.Certificate]));
                break;
            case EstOutcome.Enrolled enrolled:
                // RFC 7030, 4.2.3: the certificate that was issued, and no other.
                await WriteAsync(context, CertsOnlyType, CertsOnlyMessage.Write([enrolled.Issued.Certificate]));
                break;
            case EstOutcome.Pending pending:
                SetRetryAfter(context, pending.RetryAfter);
                await ErrorAsync(context, StatusCodes.Status202Accepted, "the issuer takes longer; repeat the same request when Retry-After says");
                break;
            case EstOutcome.TooMany tooMany:
                SetRetryAfter(context, tooMany.RetryAfter);
                await ErrorAsync(context, StatusCodes.Status429TooManyRequests, "the device asks for certificates too often");
                break;
        }
    }

    /// <summary>RFC 7030, 4.4.2: the key, then the certificate.</summary>
    private static async Task WriteKeyAsync(HttpContext context, ReadOnlyMemory<byte> key, byte[] certificates)
    {
        var boundary = "est-" + RandomNumberGenerator.GetHexString(24, lowercase: true);
        var text = new StringBuilder();
        Part("application/pkcs8", key.Span);
        Part(CertsOnlyType, certificates);
        text.Append("--").Append(boundary).Append("--\r\n");
        await WriteTextAsync(context, $"multipart/mixed; boundary={boundary}", text.ToString());

        void Part(string type, ReadOnlySpan<byte> der) => text
            .Append("--").Append(boundary).Append("\r\nContent-Type: ").Append(type).Append("\r\nContent-Transfer-Encoding: base64\r\n\r\n").Append(EstBase64.Write(der));
    }

    private static Task WriteAsync(HttpContext context, string type, byte[] der) => WriteTextAsync(context, type, EstBase64.Write(der));

    // Without the header Content-Transfer-Encoding, which HTTP does not have (RFC 8951, 3.1).
    private static async Task WriteTextAsync(HttpContext context, string type, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static void SetRetryAfter(HttpContext context, TimeSpan after) =>
        context.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>RFC 7030, 4.2.3: in plain text, for a person.</summary>
    private static async Task ErrorAsync(HttpContext context, int status, string text)
    {
        if (context.Response.HasStarted)
            return;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    [LoggerMessage(1463, LogLevel.Information, "EST: the client of connection {Connection} does not get what it asks for ({Path}): {Code}, {Reason}")]
    private partial void LogRefused(string connection, string path, CoapCode code, string reason);

    [LoggerMessage(1464, LogLevel.Error, "EST: the request on connection {Connection} failed ({Path})")]
    private partial void LogFailed(Exception exception, string connection, string path);
}
