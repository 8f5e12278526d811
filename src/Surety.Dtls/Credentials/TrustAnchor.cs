using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Dtls;

/// <summary>A trust anchor with what it is looked up by.</summary>
internal sealed class TrustAnchor
{
    private readonly byte[] _claimedKeyId;
    private readonly byte[] _keyId;

    /// <param name="certificate">DER.</param>
    /// <exception cref="CryptographicException">It is no certificate.</exception>
    public TrustAnchor(byte[] certificate)
    {
        Certificate = certificate;
        Id = GetId(certificate);
        if (CertificateFields.TryRead(certificate, out CertificateFields fields))
        {
            Subject = GetId(fields.Subject);
            _claimedKeyId = fields.SubjectKeyIdentifier.ToArray();
            _keyId = ComputeKeyId(fields.SubjectPublicKeyInfo);
            return;
        }

        // What the check for devices does not read, such as a root of version 1, may be of use to the one that does.
        using X509Certificate2 other = X509CertificateLoader.LoadCertificate(certificate);
        Subject = GetId(other.SubjectName.RawData);
        _claimedKeyId = [];
        _keyId = ComputeKeyId(other.PublicKey.ExportSubjectPublicKeyInfo());
    }

    /// <summary>DER.</summary>
    public byte[] Certificate { get; }

    /// <summary>Of the certificate.</summary>
    public UInt128 Id { get; }

    /// <summary>Of its subject.</summary>
    public UInt128 Subject { get; }

    /// <summary>
    /// How likely it is the one that an authority key identifier means: 0 for sure, 1 by its own word, 2 by its name alone. The identifier that
    /// is computed counts more than the one in the certificate, so that nobody gets ahead of another authority by a false one.
    /// </summary>
    public int GetRank(ReadOnlySpan<byte> authorityKeyId) =>
        authorityKeyId.IsEmpty || authorityKeyId.SequenceEqual(_keyId) ? 0 : authorityKeyId.SequenceEqual(_claimedKeyId) ? 1 : 2;

    /// <summary>128 bits of SHA-256: nobody can make two certificates, or two names, that have the same.</summary>
    public static UInt128 GetId(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return ToId(hash);
    }

    /// <summary>The id of a certificate of which the SHA-256 is known.</summary>
    public static UInt128 ToId(ReadOnlySpan<byte> thumbprint) => BinaryPrimitives.ReadUInt128BigEndian(thumbprint);

    /// <summary>RFC 5280, 4.2.1.2, (1): the way that nearly all authorities go.</summary>
    private static byte[] ComputeKeyId(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        var reader = new DerReader(subjectPublicKeyInfo);
        var info = new DerReader(reader.Read(DerReader.Sequence));
        info.Read(DerReader.Sequence);
        ReadOnlySpan<byte> bits = info.Read(DerReader.BitString);
        // A name for a key, not a proof of anything: what counts is the signature.
#pragma warning disable RS0030, CA5350
        return bits.IsEmpty ? [] : SHA1.HashData(bits[1..]);
#pragma warning restore RS0030, CA5350
    }
}
