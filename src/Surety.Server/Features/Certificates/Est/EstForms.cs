using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Pki;

namespace Surety.Server.Features.Certificates;

/// <summary>The formats of EST over CoAP (RFC 9148, 4.3).</summary>
internal static class EstForms
{
    /// <summary>Decides how a client is answered, by what it sends and wants.</summary>
    /// <exception cref="CoapException">There is no such way.</exception>
    public static EstForm Choose(EstResource resource, ContentFormat? sent, ContentFormat? wanted)
    {
        if (!resource.IsRead && sent is { } format && format != ContentFormat.Pkcs10 && format != ContentFormat.TextPlain)
            throw new CoapException(CoapCode.UnsupportedContentFormat, $"the body must be a PKCS #10 request, Content-Format {ContentFormat.Pkcs10}");
        if (resource.IsServerKey)
        {
            Demand(wanted is null || wanted == ContentFormat.MultipartCore, $"only multipart-core ({ContentFormat.MultipartCore})");
            return resource.Operation == EstOperation.ServerKeyCertificate ? EstForm.KeyAndCertificate : EstForm.KeyAndCertsOnly;
        }

        if (resource.Operation == EstOperation.CsrAttributes)
        {
            Demand(wanted is null || wanted == ContentFormat.CsrAttributes, $"only csrattrs ({ContentFormat.CsrAttributes})");
            return default;
        }

        Demand(
            wanted is null || wanted == ContentFormat.Pkcs7CertsOnly || wanted == ContentFormat.PkixCertificate,
            $"only certs-only ({ContentFormat.Pkcs7CertsOnly}) and a single certificate ({ContentFormat.PkixCertificate})");
        // Pelion's client says neither what it sends, or that it were text, nor what it wants. RFC 9148, 4.3 has 281 for the others that want nothing.
        if (!resource.IsRead && wanted is null && sent != ContentFormat.Pkcs10)
            return EstForm.PelionChain;
        return wanted == ContentFormat.PkixCertificate ? EstForm.Certificate : EstForm.CertsOnly;
    }

    /// <summary>The answer to <c>crts</c>.</summary>
    /// <exception cref="CoapException">There are several, and one was wanted.</exception>
    public static CoapResponse WriteAuthorities(IReadOnlyList<X509Certificate2> authorities, EstForm form)
    {
        if (form != EstForm.Certificate)
            return new CoapResponse(CoapCode.Content, ContentFormat.Pkcs7CertsOnly, CertsOnlyMessage.Write(authorities));
        Demand(authorities.Count == 1, $"there are {authorities.Count} authorities, which need certs-only ({ContentFormat.Pkcs7CertsOnly})");
        return new CoapResponse(CoapCode.Content, ContentFormat.PkixCertificate, authorities[0].RawData);
    }

    /// <summary>The answer to an enrolment.</summary>
    public static CoapResponse Write(EstOutcome.Enrolled enrolled, EstForm form)
    {
        var certificate = enrolled.Issued.Certificate;
        return form switch
        {
            EstForm.PelionChain => new CoapResponse(CoapCode.Changed) { Payload = PelionCertificateChain.Write([certificate, .. Intermediates(enrolled.Issued)]) },
            EstForm.Certificate => new CoapResponse(CoapCode.Changed, ContentFormat.PkixCertificate, certificate.RawData),
            EstForm.CertsOnly => new CoapResponse(CoapCode.Changed, ContentFormat.Pkcs7CertsOnly, CertsOnlyMessage.Write([certificate])),
            EstForm.KeyAndCertificate => WriteKey(enrolled, ContentFormat.PkixCertificate, certificate.RawData),
            _ => WriteKey(enrolled, ContentFormat.Pkcs7CertsOnly, CertsOnlyMessage.Write([certificate])),
        };
    }

    private static CoapResponse WriteKey(EstOutcome.Enrolled enrolled, ContentFormat format, byte[] certificate) => new(
        CoapCode.Changed,
        ContentFormat.MultipartCore,
        MultipartCore.Write(new MultipartCorePart(ContentFormat.Pkcs8.Value, enrolled.PrivateKey), new MultipartCorePart(format.Value, certificate)));

    /// <summary>What the client shows along with its certificate: no root, which the server has, and no more than the client keeps.</summary>
    private static IEnumerable<X509Certificate2> Intermediates(IssuedCertificate issued) => issued.Issuers
        .Where(issuer => !issuer.SubjectName.RawData.AsSpan().SequenceEqual(issuer.IssuerName.RawData))
        .Take(PelionCertificateChain.MaxCertificates - 1);

    private static void Demand(bool isSo, string problem)
    {
        if (!isSo)
            throw new CoapException(CoapCode.NotAcceptable, problem);
    }
}
