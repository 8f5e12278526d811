using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

namespace Surety.Pki;

/// <summary>An OCSP request, read with bounds (RFC 6960, 4.1).</summary>
internal sealed class OcspRequest
{
    public const int MaxLength = 16 * 1024;
    public const int MaxCertificates = 32;

    // RFC 9654, 2.1
    private const int MaxNonce = 128;

    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true), Context1 = new(TagClass.ContextSpecific, 1, isConstructed: true),
        Context2 = new(TagClass.ContextSpecific, 2, isConstructed: true);

    private OcspRequest(IReadOnlyList<CertificateId> certificates, byte[]? nonce)
    {
        Certificates = certificates;
        Nonce = nonce;
    }

    public IReadOnlyList<CertificateId> Certificates { get; }

    /// <summary>The nonce's bytes, without the OCTET STRING around them.</summary>
    public byte[]? Nonce { get; }

    public static bool TryParse(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out OcspRequest? request)
    {
        request = null;
        if (der.Length > MaxLength)
            return false;
        try
        {
            request = Parse(der);
        }
        catch (AsnContentException)
        {
            return false;
        }

        return request is not null;
    }

    private static OcspRequest? Parse(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        AsnReader message = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        AsnReader content = message.ReadSequence();
        // A signature is optional, and nobody here asks who wants to know (4.1.2).
        if (message.HasData)
            message.ReadEncodedValue();
        message.ThrowIfNotEmpty();
        if (content.PeekTag() == Context0)
        {
            AsnReader version = content.ReadSequence(Context0);
            if (!version.TryReadInt32(out int number) || number != 0)
                return null;
        }

        if (content.PeekTag() == Context1)
            content.ReadEncodedValue();
        AsnReader list = content.ReadSequence();
        List<CertificateId> certificates = [];
        while (list.HasData)
        {
            if (certificates.Count == MaxCertificates)
                return null;
            AsnReader single = list.ReadSequence();
            ReadOnlyMemory<byte> encoded = single.PeekEncodedValue();
            AsnReader id = single.ReadSequence();
            string hash = id.ReadSequence().ReadObjectIdentifier();
            certificates.Add(new(encoded, hash, id.ReadOctetString(), id.ReadOctetString(), id.ReadIntegerBytes()));
            id.ThrowIfNotEmpty();
        }

        byte[]? nonce = null;
        if (content.HasData && !TryReadNonce(content.ReadSequence(Context2), out nonce))
            return null;
        content.ThrowIfNotEmpty();
        return certificates.Count == 0 ? null : new(certificates, nonce);
    }

    private static bool TryReadNonce(AsnReader wrapped, out byte[]? nonce)
    {
        nonce = null;
        AsnReader extensions = wrapped.ReadSequence();
        while (extensions.HasData)
        {
            (string oid, bool isCritical, byte[] value) = Extension.Read(extensions);
            if (oid == Oids.OcspNonce && nonce is null)
            {
                nonce = AsnDecoder.ReadOctetString(value, AsnEncodingRules.DER, out int read);
                // RFC 9654, 2.1: 1 to 128 octets, else malformedRequest.
                if (read != value.Length || nonce.Length is < 1 or > MaxNonce)
                    return false;
            }
            else if (isCritical || oid == Oids.OcspNonce)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>CertID (RFC 6960, 4.1.1).</summary>
    internal sealed record CertificateId(ReadOnlyMemory<byte> Encoded, string HashAlgorithm, byte[] IssuerNameHash, byte[] IssuerKeyHash, ReadOnlyMemory<byte> Serial);
}
