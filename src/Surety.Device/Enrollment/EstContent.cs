using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Pki;

namespace Surety.Device;

/// <summary>What an EST server answers over CoAP: binary, told apart by its content format (RFC 9148, 4.3).</summary>
internal static class EstContent
{
    // A chain of four with RSA keys has less than half of it.
    public const int MaxLength = 64 * 1024;

    private const int MaxCertificates = 16;

    /// <summary>Reads certificates: one in 287, any number in 281.</summary>
    /// <exception cref="EstException">There are none, or the bytes are something else.</exception>
    public static X509Certificate2[] ReadCertificates(ReadOnlyMemory<byte> body, ContentFormat? format)
    {
        if (format == ContentFormat.PkixCertificate)
            return [ReadCertificate(body.Span)];
        if (format is not null && format != ContentFormat.Pkcs7CertsOnly)
            throw new EstException($"the EST server answered in content format {format}, and 281 or 287 is wanted");
        if (!CertsOnlyMessage.TryRead(body, out IReadOnlyList<X509Certificate2>? certificates, out string? problem))
            throw new EstException($"the EST server's answer cannot be read: {problem}");
        return certificates.Count switch
        {
            0 => throw new EstException("the EST server answered without a certificate"),
            > MaxCertificates => throw new EstException($"the EST server answered with more than {MaxCertificates} certificates"),
            _ => [.. certificates],
        };
    }

    /// <summary>Reads the object identifiers of csrattrs (RFC 7030, 4.5.2): what the server would like to see in a request.</summary>
    /// <exception cref="EstException">The bytes are something else.</exception>
    public static string[] ReadCsrAttributes(ReadOnlyMemory<byte> body) =>
        CsrAttributes.TryRead(body, out IReadOnlyList<CsrAttribute>? attributes, out string? problem)
            ? [.. attributes.Select(attribute => attribute.Oid)]
            : throw new EstException($"the EST server's attributes cannot be read: {problem}");

    private static X509Certificate2 ReadCertificate(ReadOnlySpan<byte> der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException e)
        {
            throw new EstException($"the EST server's answer cannot be read: {e.Message}");
        }
    }
}
