using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Surety.Cose;

namespace Surety.Update;

/// <summary>One of Pelion's manifests with its signature, as it is uploaded and sent to devices.</summary>
public sealed class SignedPelionManifest
{
    /// <summary>The longest manifest that is read, bytes.</summary>
    public const int MaxLength = 2048;

    private const int FirstAesKeyTag = 1;
    private const int AesKeyLength = 16;
    private const int SignatureLength = 64;

    private readonly ReadOnlyMemory<byte> _signed;
    private readonly ReadOnlyMemory<byte> _signature;

    private SignedPelionManifest(PelionManifest content, ReadOnlyMemory<byte> encoded, ReadOnlyMemory<byte> signed, ReadOnlyMemory<byte> signature)
    {
        Content = content;
        Encoded = encoded;
        _signed = signed;
        _signature = signature;
    }

    /// <summary>What it says.</summary>
    public PelionManifest Content { get; }

    /// <summary>The whole of it, DER.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Version 1: SHA-256 of the certificate whose key has signed; empty: not said.</summary>
    public ReadOnlyMemory<byte> CertificateFingerprint { get; private init; }

    /// <summary>Version 3: the key that the payload is encrypted with, which the service adds and no signature covers. A secret. Null: none.</summary>
    public ReadOnlyMemory<byte>? EncryptionKey { get; private init; }

    /// <summary>SHA-256 of the manifest without the service's addition: its name in logs.</summary>
    public byte[] Digest => SHA256.HashData(EncryptionKey is null ? Encoded.Span : Encoded.Span[..^(AesKeyLength + 2)]);

    /// <summary>Reads a manifest of either version. Its signature is not checked yet.</summary>
    /// <param name="encoded">The whole of it.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out SignedPelionManifest? manifest, [NotNullWhen(false)] out string? problem)
    {
        manifest = null;
        problem = null;
        if (encoded.Length > MaxLength)
        {
            problem = $"a manifest has at most {MaxLength} bytes, and this one {encoded.Length}";
            return false;
        }

        try
        {
            AsnReader reader = new(encoded, AsnEncodingRules.DER);
            AsnReader resource = reader.ReadSequence();
            bool isVersion3 = resource.PeekTag().HasSameClassAndValue(Asn1Tag.Enumerated);
            manifest = isVersion3 ? ReadVersion3(encoded, resource, reader) : ReadVersion1(encoded, resource, reader);
            return true;
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException or CryptographicException)
        {
            problem = $"it is no manifest: {e.Message}";
            return false;
        }
    }

    /// <summary>Signs a manifest.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="signer">The author's key, on P-256.</param>
    /// <param name="certificateFingerprint">Version 1: SHA-256 of the key's certificate.</param>
    /// <exception cref="ArgumentException">The key is on another curve, or the manifest would be longer than devices read.</exception>
    public static SignedPelionManifest Sign(PelionManifest content, ICoseSigner signer, ReadOnlyMemory<byte> certificateFingerprint = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(signer);
        if (signer.Algorithm is not CoseAlgorithm.ES256 and not CoseAlgorithm.Esp256)
            throw new ArgumentException("Manifests are signed with keys on P-256.", nameof(signer));
        byte[] signed = content.Encode();
        byte[] signature = signer.Sign(signed);
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            if (content is PelionManifestV3)
            {
                writer.WriteEncodedValue([0x0a, 1, 3]);
                writer.WriteEncodedValue(signed);
                writer.WriteOctetString(signature);
            }
            else
            {
                writer.WriteEncodedValue(signed);
                WriteSignature(writer, signed, signature, certificateFingerprint);
            }
        }

        byte[] encoded = writer.Encode();
        return TryRead(encoded, out SignedPelionManifest? manifest, out string? problem) ? manifest : throw new ArgumentException(problem, nameof(content));
    }

    /// <summary>Whether a key has signed it.</summary>
    /// <param name="key">The author's public key.</param>
    public bool IsSignedBy(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.KeySize == 256 && key.VerifyData(
            _signed.Span, _signature.Span, HashAlgorithmName.SHA256,
            Content is PelionManifestV3 ? DSASignatureFormat.IeeeP1363FixedFieldConcatenation : DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>The same with the key of its encrypted payload behind it, for a device and for nobody else.</summary>
    /// <param name="key">16 bytes.</param>
    /// <exception cref="InvalidOperationException">Its payload is not encrypted, or there is a key already.</exception>
    public SignedPelionManifest WithEncryptionKey(ReadOnlySpan<byte> key)
    {
        if (Content.Payload.Format is not PelionPayloadFormat.EncryptedRaw and not PelionPayloadFormat.EncryptedCombined || EncryptionKey is not null)
            throw new InvalidOperationException("A key is added once, to the manifest of an encrypted payload.");
        if (key.Length != AesKeyLength)
            throw new ArgumentException($"The key has {AesKeyLength} bytes.", nameof(key));
        byte[] copy = key.ToArray();
        return new SignedPelionManifest(Content, (byte[])[.. Encoded.Span, 0x80 | FirstAesKeyTag, AesKeyLength, .. copy], _signed, _signature) { EncryptionKey = copy };
    }

    private static SignedPelionManifest ReadVersion3(ReadOnlyMemory<byte> encoded, AsnReader resource, AsnReader rest)
    {
        if (resource.ReadEnumeratedBytes().Span is not [3])
            throw new AsnContentException("its version is not 3");
        ReadOnlyMemory<byte> signed = resource.PeekEncodedValue();
        PelionManifestV3 content = PelionManifestV3.Read(resource);
        byte[] signature = resource.ReadOctetString();
        resource.ThrowIfNotEmpty();
        if (signature.Length != SignatureLength)
            throw new AsnContentException($"its signature has {signature.Length} bytes and not {SignatureLength}");
        ReadOnlyMemory<byte>? key = rest.HasData ? rest.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, FirstAesKeyTag)) : default(ReadOnlyMemory<byte>?);
        rest.ThrowIfNotEmpty();
        if (key is { Length: not AesKeyLength })
            throw new AsnContentException($"the key of its payload does not have {AesKeyLength} bytes");
        return new SignedPelionManifest(content, encoded, signed, signature) { EncryptionKey = key };
    }

    private static SignedPelionManifest ReadVersion1(ReadOnlyMemory<byte> encoded, AsnReader resource, AsnReader rest)
    {
        ReadOnlyMemory<byte> signed = resource.PeekEncodedValue();
        PelionManifestV1 content = PelionManifestV1.Read(resource);
        AsnReader signature = resource.ReadSequence();
        resource.ThrowIfNotEmpty();
        rest.ThrowIfNotEmpty();
        if (!signature.ReadOctetString().AsSpan().SequenceEqual(SHA256.HashData(signed.Span)))
            throw new AsnContentException("it was changed after its digest was made");
        AsnReader signatures = signature.ReadSequence();
        if (signature.HasData)
            throw new AsnContentException("it has authentication codes, which devices do not support");
        AsnReader first = signatures.ReadSequence();
        signatures.ThrowIfNotEmpty();
        byte[] value = first.ReadOctetString();
        AsnReader certificates = first.ReadSequence();
        first.ThrowIfNotEmpty();
        byte[] fingerprint = [];
        while (certificates.HasData)
        {
            AsnReader certificate = certificates.ReadSequence();
            byte[] next = certificate.ReadOctetString();
            certificate.ReadCharacterString(UniversalTagNumber.UTF8String);
            certificate.ThrowIfNotEmpty();
            fingerprint = fingerprint.Length == 0 ? next : fingerprint;
        }

        return new SignedPelionManifest(content, encoded, signed, value) { CertificateFingerprint = fingerprint };
    }

    private static void WriteSignature(AsnWriter writer, byte[] signed, byte[] signature, ReadOnlyMemory<byte> fingerprint)
    {
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(signed));
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteOctetString(ToDer(signature));
                using (writer.PushSequence())
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(fingerprint.Span);
                    writer.WriteCharacterString(UniversalTagNumber.UTF8String, "");
                }
            }
        }
    }

    /// <summary>ECDSA-Sig-Value (RFC 3279, 2.2.3) of r and s.</summary>
    private static byte[] ToDer(ReadOnlySpan<byte> signature)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(WithoutZeros(signature[..32]));
            writer.WriteIntegerUnsigned(WithoutZeros(signature[32..]));
        }

        return writer.Encode();

        static ReadOnlySpan<byte> WithoutZeros(ReadOnlySpan<byte> number) => number.TrimStart((byte)0) is { Length: > 0 } rest ? rest : number[^1..];
    }
}
