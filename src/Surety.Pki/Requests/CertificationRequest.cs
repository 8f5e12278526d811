using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>A PKCS #10 request whose signature proves that its sender has the private key (RFC 2986).</summary>
public sealed class CertificationRequest
{
    /// <summary>The longest request read, bytes: one with a P-256 key and a few attributes has about 300.</summary>
    public const int MaxLength = 16 * 1024;

    private static readonly Asn1Tag Attributes = new(TagClass.ContextSpecific, 0, isConstructed: true);

    private CertificationRequest(ReadOnlyMemory<byte> rawData, X500DistinguishedName subject, string? commonName, PublicKey key)
    {
        RawData = rawData;
        Subject = subject;
        CommonName = commonName;
        PublicKey = key;
    }

    /// <summary>The request as it came, DER: for authorities elsewhere.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The names asked for. They are a wish, nothing more.</summary>
    public X500DistinguishedName Subject { get; }

    /// <summary>The common name asked for, the last when there are several; null: none.</summary>
    public string? CommonName { get; }

    /// <summary>The key, possession of which was proven.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>subjectAltName asked for.</summary>
    public AlternativeNames AlternativeNames { get; private set; } = AlternativeNames.None;

    /// <summary>extensionRequest (RFC 2985, 5.4.2): object identifiers of all extensions asked for.</summary>
    public IReadOnlyList<string> RequestedExtensions { get; private set; } = [];

    /// <summary>
    /// challengePassword (RFC 2985, 5.4.1), with which EST ties a request to its TLS connection (RFC 7030, 3.5). It is a secret in the eyes of others.
    /// </summary>
    public string? ChallengePassword { get; private set; }

    /// <summary>Reads a request from DER.</summary>
    /// <param name="der">The whole request.</param>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryParse(ReadOnlySpan<byte> der, [NotNullWhen(true)] out CertificationRequest? request, [NotNullWhen(false)] out string? problem) =>
        TryParse(der, CertificationRequestRules.Default, out request, out problem);

    /// <summary>Reads a request from DER.</summary>
    /// <param name="der">The whole request.</param>
    /// <param name="rules">Which keys are acceptable.</param>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> der, CertificationRequestRules rules, [NotNullWhen(true)] out CertificationRequest? request, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(rules);
        request = null;
        if (der.Length > MaxLength)
        {
            problem = $"the request is longer than {MaxLength} bytes";
            return false;
        }

        try
        {
            request = Parse(der.ToArray(), rules, out problem);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or ArgumentException)
        {
            problem = $"it is no PKCS #10 request ({e.Message})";
        }

        return request is not null;
    }

    /// <summary>Makes a request for a key of ours, for an authority elsewhere to answer.</summary>
    /// <returns>DER.</returns>
    /// <exception cref="SigningKeyException">The key is out of reach.</exception>
    public static byte[] Create(CertificateSubject subject, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(key);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            writer.WriteEncodedValue(subject.ToDistinguishedName().RawData);
            writer.WriteEncodedValue(key.PublicKey.ExportSubjectPublicKeyInfo());
            writer.PushSetOf(Attributes).Dispose();
        }

        return CertificateWriter.Sign(writer, key);
    }

    private static CertificationRequest? Parse(ReadOnlyMemory<byte> der, CertificationRequestRules rules, out string? problem)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        AsnReader request = outer.ReadSequence();
        if (outer.HasData)
        {
            problem = "there are bytes behind the request";
            return null;
        }

        ReadOnlyMemory<byte> signed = request.PeekEncodedValue();
        AsnReader info = request.ReadSequence();
        ReadOnlyMemory<byte> algorithm = request.ReadEncodedValue();
        byte[] signature = request.ReadBitString(out int unused);
        request.ThrowIfNotEmpty();
        // RFC 2986, 4.1
        if (!info.TryReadInt32(out int version) || version != 0 || unused != 0)
        {
            problem = "it is no PKCS #10 request of version 1";
            return null;
        }

        ReadOnlyMemory<byte> name = info.ReadEncodedValue();
        ReadOnlyMemory<byte> keyInfo = info.ReadEncodedValue();
        AsnReader attributes = info.ReadSetOf(Attributes);
        info.ThrowIfNotEmpty();
        problem = SubjectKey.Refuse(keyInfo, rules.AllowRsa);
        if (problem is not null)
            return null;
        if (!SubjectKey.Verify(keyInfo, algorithm, signed.Span, signature))
        {
            problem = "the request's signature does not verify with its own key: it must be signed by the private key that the certificate is for";
            return null;
        }

        DistinguishedName subject = DistinguishedName.Parse(name);
        var result = new CertificationRequest(der, new X500DistinguishedName(name.Span), subject.CommonName, PublicKey.CreateFromSubjectPublicKeyInfo(keyInfo.Span, out _));
        while (attributes.HasData)
            result.ReadAttribute(attributes.ReadSequence());
        return result;
    }

    private void ReadAttribute(AsnReader attribute)
    {
        string type = attribute.ReadObjectIdentifier();
        AsnReader values = attribute.ReadSetOf();
        attribute.ThrowIfNotEmpty();
        if (type == Oids.ChallengePassword)
        {
            // DirectoryString: PrintableString, UTF8String and three that nobody uses any more.
            ChallengePassword = values.ReadCharacterString((UniversalTagNumber)values.PeekTag().TagValue);
            values.ThrowIfNotEmpty();
        }
        else if (type == Oids.ExtensionRequest)
        {
            AsnReader extensions = values.ReadSequence();
            values.ThrowIfNotEmpty();
            List<string> requested = [];
            while (extensions.HasData)
            {
                (string oid, _, byte[] value) = Extension.Read(extensions);
                requested.Add(oid);
                if (oid == Oids.SubjectAltName)
                    AlternativeNames = AlternativeNames.Parse(value);
            }

            RequestedExtensions = requested;
        }
    }
}
