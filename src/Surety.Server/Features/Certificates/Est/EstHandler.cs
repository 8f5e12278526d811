using Surety.Coap;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// EST over CoAP (RFC 9148) for the connections of devices, to the bootstrap server and to the LwM2M server: it answers what those do not. It speaks
/// to Pelion's device client as well, which names no format and wants its certificate in one of its own.
/// </summary>
internal sealed partial class EstHandler : CoapRouter
{
    // Who asks on a bootstrap connection was decided there; else by the identity alone.
    private readonly EstClients _clients;
    private readonly IEstAdmission _admission;
    private readonly EstService _service;
    private readonly ILogger _log;

    public EstHandler(EstService service, EstClients clients, IEstAdmission admission, ILogger<EstHandler> log)
    {
        _service = service;
        _clients = clients;
        _admission = admission;
        _log = log;
        // RFC 9148, 4.1: the first three always, the others where there are such functions.
        Describe(EstOperation.CaCertificates, $"\"{ContentFormat.Pkcs7CertsOnly} {ContentFormat.PkixCertificate}\"");
        Describe(EstOperation.SimpleEnroll, $"\"{ContentFormat.Pkcs7CertsOnly} {ContentFormat.PkixCertificate}\"");
        Describe(EstOperation.SimpleReenroll, $"\"{ContentFormat.Pkcs7CertsOnly} {ContentFormat.PkixCertificate}\"");
        Describe(EstOperation.CsrAttributes, ContentFormat.CsrAttributes.ToString());
        if (!service.Options.ServerKeyGeneration)
            return;
        Describe(EstOperation.ServerKeyGeneration, ContentFormat.MultipartCore.ToString());
        Describe(EstOperation.ServerKeyCertificate, ContentFormat.MultipartCore.ToString());
    }

    /// <inheritdoc/>
    public override void OnRequest(ref IncomingRequest request)
    {
        if (!EstResource.TryParse(request.Path, out var resource))
        {
            base.OnRequest(ref request);
            return;
        }

        if (request.Method != (resource.IsRead ? CoapCode.Get : CoapCode.Post))
            throw new CoapException(CoapCode.MethodNotAllowed, resource.IsRead ? "GET alone" : "POST alone");
        var form = EstForms.Choose(resource, request.ContentFormat, request.Accept);
        var body = request.Payload.ToArray();
        _ = RespondAsync(request.Defer(), resource, form, body);
    }

    /// <inheritdoc/>
    public override void OnPeerClosed(in CoapPeer peer) => _clients.Remove(peer);

    private async Task RespondAsync(DeferredResponse deferred, EstResource resource, EstForm form, byte[] body)
    {
        // Off the endpoint's thread, which serves others.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        CoapResponse response;
        try
        {
            response = await AnswerAsync(deferred.Peer, resource, form, body);
        }
        catch (CoapException e)
        {
            LogRefused(deferred.Peer, resource, e.Code, e.Message);
            response = CoapResponse.Error(e.Code, e.Message);
        }
        catch (Exception e)
        {
            LogFailed(e, deferred.Peer, resource);
            response = CoapResponse.Error(CoapCode.InternalServerError, "internal error; the server's log has the details");
        }

        deferred.Complete(response);
    }

    private async Task<CoapResponse> AnswerAsync(CoapPeer peer, EstResource resource, EstForm form, byte[] body)
    {
        if (!_clients.TryGet(peer, out var client))
            client = await _admission.AdmitAsync(peer.Identity, mayBootstrap: false, CancellationToken.None);
        if (resource.Operation == EstOperation.CsrAttributes)
            return new CoapResponse(CoapCode.Content, ContentFormat.CsrAttributes, EstService.GetCsrAttributes());
        if (resource.Operation == EstOperation.CaCertificates)
            return EstForms.WriteAuthorities(_service.GetAuthorities(client), form);
        return await _service.EnrollAsync(client, resource, body) switch
        {
            EstOutcome.Enrolled enrolled => EstForms.Write(enrolled, form),
            EstOutcome.Pending pending => ComeBack(CoapCode.ServiceUnavailable, pending.RetryAfter, "the issuer takes longer; repeat the same request after Max-Age seconds"),
            // RFC 8516
            EstOutcome.TooMany tooMany => ComeBack(CoapCode.TooManyRequests, tooMany.RetryAfter, "the device asks for certificates too often; Max-Age says when it may ask again"),
            _ => throw new InvalidOperationException("There is no such outcome."),
        };
    }

    private static CoapResponse ComeBack(CoapCode code, TimeSpan after, string diagnostic)
    {
        var response = CoapResponse.Error(code, diagnostic);
        response.Options.Set(CoapOptionNumber.MaxAge, (uint)Math.Ceiling(after.TotalSeconds));
        return response;
    }

    private void Describe(EstOperation operation, string formats)
    {
        var name = EstResource.ShortName(operation);
        Map($"/est/{name}").LinkAttributes = $"rt=\"ace.est.{name}\";ct={formats}";
    }

    [LoggerMessage(1461, LogLevel.Information, "EST: {Peer} does not get what it asks for ({Resource}): {Code}, {Reason}")]
    private partial void LogRefused(CoapPeer peer, EstResource resource, CoapCode code, string reason);

    [LoggerMessage(1462, LogLevel.Error, "EST: the request of {Peer} failed ({Resource})")]
    private partial void LogFailed(Exception exception, CoapPeer peer, EstResource resource);
}
