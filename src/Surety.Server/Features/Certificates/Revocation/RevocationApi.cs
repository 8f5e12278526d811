using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Surety.Pki;
using Surety.Server.Api;

namespace Surety.Server.Features.Certificates;

/// <summary>Revocation lists, OCSP and the authority's certificate, for everybody: who verifies a device has no key of ours.</summary>
internal static class RevocationApi
{
    public const string ListPath = "/.well-known/surety/crl";
    public const string AuthorityPath = "/.well-known/surety/ca";
    public const string OcspPath = "/ocsp";

    // A request for a dozen certificates has 1 KB.
    private const int MaxRequest = 8192;

    // What caches may keep; a revocation is to be believed soon.
    private const string Caching = "public, max-age=60, no-transform";

    // OCSPResponse with the status malformedRequest (1).
    private static readonly byte[] Malformed = [0x30, 0x03, 0x0A, 0x01, 0x01];

    public static void MapRevocationApi(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        open.MapGet(ListPath + "/{authority}.crl", GetFullAsync);
        open.MapGet(ListPath + "/{authority}/delta.crl", (string authority, HttpContext context, RevocationLists lists) => GetListAsync(authority, context, lists, isDelta: true));
        open.MapGet(AuthorityPath + "/{authority}.cer", GetAuthority);
        open.MapPost(OcspPath, PostAsync);
        open.MapGet(OcspPath + "/{**request}", Get);
    }

    private static async Task<FileContentHttpResult> GetFullAsync(string authority, HttpContext context, RevocationLists lists, RootRevocationList root)
    {
        if (!root.IsRoot(authority))
            return await GetListAsync(authority, context, lists, isDelta: false);
        var (list, madeAt) = await root.ReadAsync(context.RequestAborted) ?? throw new ApiException(
            StatusCodes.Status404NotFound, ErrorTypes.NotFound, "The root has no revocation list here: make one where its key is (surety ca crl), and put it into the data directory as ca/root.crl.");
        context.Response.Headers.CacheControl = Caching;
        return TypedResults.Bytes(list, "application/pkix-crl", lastModified: madeAt);
    }

    private static async Task<FileContentHttpResult> GetListAsync(string authority, HttpContext context, RevocationLists lists, bool isDelta)
    {
        PublishedLists found;
        try
        {
            found = await lists.FindAsync(authority, context.RequestAborted) ?? throw NoAuthority(authority);
        }
        catch (SigningKeyException)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, ErrorTypes.SystemUnavailable, "The key of the authority cannot be used at the moment; try again in a while.");
        }

        context.Response.Headers.CacheControl = Caching;
        // RFC 5280, 4.2.1.13: DER, not PEM.
        return TypedResults.Bytes(isDelta ? found.Delta : found.Full, "application/pkix-crl", lastModified: found.MadeAt);
    }

    private static FileContentHttpResult GetAuthority(string authority, HttpContext context, PlatformAuthority platform)
    {
        var found = platform.Intermediates.FirstOrDefault(certificate => PlatformAuthority.KeyIdOf(certificate) == authority) ?? throw NoAuthority(authority);
        context.Response.Headers.CacheControl = Caching;
        return TypedResults.Bytes(found.RawData, "application/pkix-cert");
    }

    private static async Task<FileContentHttpResult> PostAsync(HttpContext context, StatusResponder responder)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals(OcspResponder.RequestType, StringComparison.OrdinalIgnoreCase))
            throw ApiException.UnsupportedMediaType(OcspResponder.RequestType);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxRequest;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return TypedResults.Bytes(responder.Respond(body.ToArray()), OcspResponder.ResponseType);
    }

    /// <summary>RFC 6960, A.1: the request in base64, percent-encoded, behind the responder's URL.</summary>
    private static FileContentHttpResult Get(HttpContext context, StatusResponder responder)
    {
        // As it was sent: base64 has slashes of its own, which routing would not tell from others.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf('?', StringComparison.Ordinal);
        var start = target.IndexOf(OcspPath + "/", StringComparison.OrdinalIgnoreCase) + OcspPath.Length + 1;
        var text = start > OcspPath.Length && (end < 0 || end >= start) ? Uri.UnescapeDataString(target[start..(end < 0 ? target.Length : end)]) : "";
        var request = new byte[MaxRequest];
        var isRequest = Convert.TryFromBase64String(text, request, out var length) && length > 0;
        context.Response.Headers.CacheControl = isRequest ? Caching : "no-store";
        return TypedResults.Bytes(isRequest ? responder.Respond(request.AsMemory(0, length)) : Malformed, OcspResponder.ResponseType);
    }

    private static ApiException NoAuthority(string authority) => new(
        StatusCodes.Status404NotFound, ErrorTypes.NotFound,
        $"'{ApiException.Shorten(authority)}' is no authority of this platform: it is the subject key identifier of one in ca/intermediate.pem, 40 hexadecimal digits in lower case.");
}
