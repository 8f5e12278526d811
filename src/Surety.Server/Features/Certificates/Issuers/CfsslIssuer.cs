using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Surety.Pki;
using Surety.Server.Api;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// CFSSL's authenticated signing: <c>POST /api/v1/cfssl/authsign</c> with the request, and an HMAC-SHA-256 over it. (CFSSL, doc/api/endpoint_authsign.txt,
/// doc/authentication.txt.)
/// </summary>
internal sealed class CfsslIssuer : IExternalIssuer
{
    private const string Path = "api/v1/cfssl/authsign";

    public CertificateIssuerType Type => CertificateIssuerType.CfsslAuth;

    public async Task<IssuedCertificate> IssueAsync(IssuerAccess issuer, CertificationRequest request, CancellationToken cancellationToken)
    {
        var signing = new JsonObject { ["certificate_request"] = PemEncoding.WriteString("CERTIFICATE REQUEST", request.RawData.Span) + "\n" };
        if (issuer.Attributes.TryGetValue(IssuerMembers.CfsslProfile, out var profile))
            signing["profile"] = profile;
        if (issuer.Attributes.TryGetValue(IssuerMembers.CfsslLabel, out var label))
            signing["label"] = label;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(signing);
        var token = HMACSHA256.HashData(Convert.FromHexString(issuer.Credentials[IssuerMembers.HmacHexKey]), bytes);
        var body = new JsonObject { ["token"] = Convert.ToBase64String(token), ["request"] = Convert.ToBase64String(bytes) };

        var uri = new Uri(new Uri(issuer.Attributes[IssuerMembers.HostUrl].TrimEnd('/') + "/"), Path);
        using var content = JsonContent.Create(body);
        // CFSSL reads the body by its length, and knows no chunks behind some proxies.
        await content.LoadIntoBufferAsync(cancellationToken);
        var (status, answer, _) = await IssuerHttp.PostAsync(issuer, uri, content, null, cancellationToken);
        return Read(issuer, status, answer);
    }

    private static IssuedCertificate Read(IssuerAccess issuer, int status, byte[] answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            var root = json.RootElement;
            if (root.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.True
                && root.GetProperty("result").GetProperty("certificate").GetString() is { } pem && IssuerMembers.TryReadCertificates(pem, out var certificates))
                return new IssuedCertificate(certificates[0], [.. certificates.Skip(1)]);
            throw new IssuerException($"the issuer '{issuer.Name}' refused ({status}): {Words(root)}");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new IssuerException($"the issuer '{issuer.Name}' answered {status} and nothing that CFSSL would say; is host_url right?", error);
        }
    }

    private static string Words(JsonElement root)
    {
        if (!root.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array)
            return "no reason given";
        var words = errors.EnumerateArray().Select(error => error.TryGetProperty("message", out var message) ? message.GetString() : null).OfType<string>();
        return string.Join("; ", words.Take(3).Select(ApiException.Shorten).DefaultIfEmpty("no reason given"));
    }
}
