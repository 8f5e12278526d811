using System.Net.Http.Headers;
using System.Text;
using Surety.Pki;

namespace Surety.Server.Features.Certificates;

/// <summary>Another EST server, over HTTPS: <c>POST /.well-known/est/[label/]simpleenroll</c> (RFC 7030, 4.2). An addition of Surety.</summary>
internal sealed class EstIssuer : IExternalIssuer
{
    public CertificateIssuerType Type => CertificateIssuerType.Est;

    public async Task<IssuedCertificate> IssueAsync(IssuerAccess issuer, CertificationRequest request, CancellationToken cancellationToken)
    {
        var label = issuer.Attributes.TryGetValue(IssuerMembers.EstLabel, out var given) ? given + "/" : "";
        var uri = new Uri(new Uri(issuer.Attributes[IssuerMembers.HostUrl].TrimEnd('/') + "/"), $".well-known/est/{label}simpleenroll");
        using var content = new StringContent(Convert.ToBase64String(request.RawData.Span, Base64FormattingOptions.InsertLineBreaks));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/pkcs10");
        content.Headers.Add("Content-Transfer-Encoding", "base64");
        var authorization = issuer.Credentials.TryGetValue(IssuerMembers.Username, out var user)
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{issuer.Credentials[IssuerMembers.Password]}")))
            : null;
        var (status, answer, headers) = await IssuerHttp.PostAsync(issuer, uri, content, authorization, cancellationToken);
        return status switch
        {
            StatusCodes.Status200OK => Read(issuer, answer, request),
            // RFC 7030, 4.2.3: a person decides first. Devices do not wait that long; they ask again.
            StatusCodes.Status202Accepted => throw new IssuerException($"the issuer '{issuer.Name}' wants a person to approve the request; try again later"),
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => throw new IssuerException($"the issuer '{issuer.Name}' does not accept the credentials ({status})"),
            _ => throw new IssuerException($"the issuer '{issuer.Name}' refused ({status}){Words(headers, answer)}"),
        };
    }

    private static IssuedCertificate Read(IssuerAccess issuer, byte[] answer, CertificationRequest request)
    {
        try
        {
            // RFC 7030, 4.2.3: a certs-only CMC response, base64.
            if (!CertsOnlyMessage.TryRead(Convert.FromBase64String(Encoding.ASCII.GetString(answer)), out var certificates, out var problem))
                throw new IssuerException($"the issuer '{issuer.Name}' answered 200 with something that is no certs-only CMS message (RFC 7030, 4.2.3): {problem}");
            var key = request.PublicKey.ExportSubjectPublicKeyInfo();
            var own = certificates.FirstOrDefault(certificate => certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key))
                ?? throw new IssuerException($"the issuer '{issuer.Name}' answered with no certificate for the key of the request");
            return new IssuedCertificate(own, [.. certificates.Where(certificate => !ReferenceEquals(certificate, own))]);
        }
        catch (Exception error) when (error is FormatException)
        {
            throw new IssuerException($"the issuer '{issuer.Name}' answered 200 with something that is not base64 (RFC 7030, 4.2.3)", error);
        }
    }

    private static string Words(HttpContentHeaders headers, byte[] answer) =>
        headers.ContentType?.MediaType == "text/plain" && answer.Length > 0 ? $": {Api.ApiException.Shorten(Encoding.UTF8.GetString(answer).ReplaceLineEndings(" ").Trim())}" : "";
}
