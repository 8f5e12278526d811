using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Pki;

namespace Surety.Server.Features.Certificates;

/// <summary>What a certification request must be to be passed on to an issuer.</summary>
internal static class EstRequests
{
    // RFC 7030, 4.4.1: a client that wants the private key encrypted once more says with what.
    private static readonly HashSet<string> EncryptionAttributes =
    [
        "1.2.840.113549.1.9.15", // SMIMECapabilities
        "1.2.840.113549.1.9.16.2.37", // DecryptKeyIdentifier
        "1.2.840.113549.1.9.16.2.54", // AsymmetricDecryptKeyIdentifier
    ];

    /// <summary>Reads a request for the device's own key.</summary>
    /// <exception cref="CoapException">It cannot be passed on; the message says why.</exception>
    public static CertificationRequest Read(EstClient client, EstOperation operation, ReadOnlySpan<byte> der)
    {
        CheckLength(der);
        if (!CertificationRequest.TryParse(der, out var request, out var problem))
            throw new CoapException(CoapCode.BadRequest, problem);
        CheckSubject(client, request.Subject);
        if (operation == EstOperation.SimpleReenroll)
            CheckRenewal(client, request.Subject);
        return request;
    }

    /// <summary>Makes a key for the names in a request, whose own key and signature mean nothing (RFC 7030, 4.4.1; RFC 9148, 4.8).</summary>
    /// <returns>A request for the new key, and the key as PKCS #8.</returns>
    /// <exception cref="CoapException">It cannot be passed on; the message says why.</exception>
    public static (CertificationRequest Request, byte[] PrivateKey) MakeKey(EstClient client, ReadOnlySpan<byte> der)
    {
        CheckLength(der);
        CertificateRequest asked;
        try
        {
            asked = CertificateRequest.LoadSigningRequest(der, HashAlgorithmName.SHA256, out _, CertificateRequestLoadOptions.SkipSignatureValidation);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            throw new CoapException(CoapCode.BadRequest, $"it is no PKCS #10 request ({e.Message})");
        }

        CheckSubject(client, asked.SubjectName);
        if (asked.OtherRequestAttributes.Any(attribute => EncryptionAttributes.Contains(attribute.Oid?.Value ?? "")))
            throw new CoapException(CoapCode.BadRequest, "the private key cannot be encrypted within the connection; ask without SMIMECapabilities and DecryptKeyIdentifier");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = new CertificateRequest(asked.SubjectName, key, HashAlgorithmName.SHA256).CreateSigningRequest();
        return CertificationRequest.TryParse(made, out var request, out var problem)
            ? (request, key.ExportPkcs8PrivateKey())
            : throw new CoapException(CoapCode.BadRequest, problem);
    }

    private static void CheckLength(ReadOnlySpan<byte> der)
    {
        if (der.IsEmpty)
            throw new CoapException(CoapCode.BadRequest, "there is no body: a PKCS #10 request is wanted");
        if (der.Length > CertificationRequest.MaxLength)
            throw new CoapException(CoapCode.RequestEntityTooLarge, $"the request is longer than {CertificationRequest.MaxLength} bytes");
    }

    /// <summary>The request is about the device that sends it. Pelion's clients name device and account as well, as L and OU.</summary>
    private static void CheckSubject(EstClient client, X500DistinguishedName subject)
    {
        var names = ReadNames(subject);
        if (names.CommonName is null)
            throw new CoapException(CoapCode.BadRequest, $"the request has no common name; it must be the endpoint name, {client.EndpointName}");
        if (names.CommonName != client.EndpointName)
            throw new CoapException(CoapCode.Forbidden, $"the common name of the request must be the endpoint name, {client.EndpointName}");
        if (EntityId.TryParse(names.Locality, out var device) && device != client.DeviceId)
            throw new CoapException(CoapCode.Forbidden, $"L of the request must be the device id, {client.DeviceId}");
        if (EntityId.TryParse(names.OrganizationalUnit, out var account) && account != client.AccountId)
            throw new CoapException(CoapCode.Forbidden, $"OU of the request must be the account id, {client.AccountId}");
    }

    /// <summary>
    /// RFC 7030, 4.2.2: a renewal has the subject of the certificate that is renewed. Alternative names are the issuer's: nothing of the request
    /// gets into the certificate but its key.
    /// </summary>
    private static void CheckRenewal(EstClient client, X500DistinguishedName subject)
    {
        if (client.Identity is not PeerIdentity.Certificate present)
            throw new CoapException(CoapCode.Forbidden, "only a client with a certificate can renew it; enrol with sen");
        if (!Rdns(subject).SequenceEqual(Rdns(SubjectOf(present))))
            throw new CoapException(CoapCode.Forbidden, $"a renewal has the subject of the present certificate, '{SubjectOf(present).Name}'; for another one enrol with sen");
    }

    private static X500DistinguishedName SubjectOf(PeerIdentity.Certificate certificate) => new(certificate.SubjectName.Span);

    private static CertificateNames ReadNames(X500DistinguishedName subject)
    {
        try
        {
            return CertificateNames.Read(subject);
        }
        catch (CryptographicException e)
        {
            throw new CoapException(CoapCode.BadRequest, $"the subject of the request cannot be read ({e.Message})");
        }
    }

    /// <summary>By meaning: the same name may be written as one string type or another.</summary>
    private static IEnumerable<string> Rdns(X500DistinguishedName name) => name.EnumerateRelativeDistinguishedNames(reversed: false).Select(rdn =>
        rdn.HasMultipleElements ? Convert.ToHexString(rdn.RawData.Span) : $"{rdn.GetSingleElementType().Value}={rdn.GetSingleElementValue()}");
}
