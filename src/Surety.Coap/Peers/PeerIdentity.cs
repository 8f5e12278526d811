using System.Security.Cryptography.X509Certificates;

namespace Surety.Coap;

/// <summary>What a peer has proven about itself. The layers above see this, never the protocol that proved it.</summary>
public abstract class PeerIdentity
{
    private PeerIdentity()
    {
    }

    /// <summary>Nothing was proven: plain UDP or TCP.</summary>
    public static PeerIdentity None { get; } = new Anonymous();

    /// <summary>The peer has proven an identity.</summary>
    public bool IsAuthenticated => this is not Anonymous;

    /// <summary>The same identity was proven, perhaps over another session.</summary>
    public abstract bool IsSameAs(PeerIdentity other);

    private sealed class Anonymous : PeerIdentity
    {
        public override bool IsSameAs(PeerIdentity other) => other is Anonymous;

        public override string ToString() => "none";
    }

    /// <summary>The peer knows the pre-shared key of this identity (RFC 4279).</summary>
    /// <param name="identity">The PSK identity, at most 128 bytes (RFC 7925, 4.2).</param>
    public sealed class PreSharedKey(ReadOnlyMemory<byte> identity) : PeerIdentity
    {
        /// <summary>The PSK identity.</summary>
        public ReadOnlyMemory<byte> Identity { get; } = identity;

        /// <inheritdoc/>
        public override bool IsSameAs(PeerIdentity other) => other is PreSharedKey psk && psk.Identity.Span.SequenceEqual(Identity.Span);

        /// <inheritdoc/>
        public override string ToString() => "PSK " + Convert.ToHexStringLower(Identity.Span);
    }

    /// <summary>The peer has the private key of this public key (RFC 7250).</summary>
    /// <param name="subjectPublicKeyInfo">DER of the SubjectPublicKeyInfo.</param>
    public sealed class RawPublicKey(ReadOnlyMemory<byte> subjectPublicKeyInfo) : PeerIdentity
    {
        /// <summary>DER of the SubjectPublicKeyInfo.</summary>
        public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; } = subjectPublicKeyInfo;

        /// <inheritdoc/>
        public override bool IsSameAs(PeerIdentity other) =>
            other is RawPublicKey key && key.SubjectPublicKeyInfo.Span.SequenceEqual(SubjectPublicKeyInfo.Span);

        /// <inheritdoc/>
        public override string ToString() => "raw public key";
    }

    /// <summary>
    /// The peer has the private key of a certificate whose chain was verified. The certificate itself is not kept: what says who the peer is takes a
    /// fourth of it.
    /// </summary>
    public sealed class Certificate : PeerIdentity
    {
        /// <summary>The identity in a verified certificate.</summary>
        /// <param name="thumbprint">SHA-256 of the DER of the certificate, 32 bytes.</param>
        /// <param name="subjectName">DER of the subject.</param>
        /// <param name="serialNumber">The serial number, most significant byte first, without leading zero.</param>
        /// <param name="notAfter">When it expires.</param>
        /// <param name="trustAnchorThumbprint">SHA-256 of the DER of the trust anchor that the chain ended in.</param>
        public Certificate(
            ReadOnlyMemory<byte> thumbprint, ReadOnlyMemory<byte> subjectName, ReadOnlyMemory<byte> serialNumber, DateTimeOffset notAfter,
            ReadOnlyMemory<byte> trustAnchorThumbprint)
        {
            Thumbprint = thumbprint;
            SubjectName = subjectName;
            SerialNumber = serialNumber;
            NotAfter = notAfter;
            TrustAnchorThumbprint = trustAnchorThumbprint;
        }

        /// <summary>SHA-256 of the DER of the certificate, 32 bytes.</summary>
        public ReadOnlyMemory<byte> Thumbprint { get; }

        /// <summary>DER of the subject.</summary>
        public ReadOnlyMemory<byte> SubjectName { get; }

        /// <summary>The names in the subject; read anew each time.</summary>
        public CertificateNames Subject => CertificateNames.Read(new X500DistinguishedName(SubjectName.Span));

        /// <summary>The serial number, most significant byte first, without leading zero.</summary>
        public ReadOnlyMemory<byte> SerialNumber { get; }

        /// <summary>When the certificate expires. It may be proven later, where the endpoint has a grace (<see cref="CertificateTrust.ExpiryGrace"/>).</summary>
        public DateTimeOffset NotAfter { get; }

        /// <summary>SHA-256 of the DER of the trust anchor that the chain ended in.</summary>
        public ReadOnlyMemory<byte> TrustAnchorThumbprint { get; }

        /// <summary>The same certificate; or same trust anchor and same common name: a renewed certificate is the same device.</summary>
        public override bool IsSameAs(PeerIdentity other) => other is Certificate certificate
            && certificate.TrustAnchorThumbprint.Span.SequenceEqual(TrustAnchorThumbprint.Span)
            && (certificate.Thumbprint.Span.SequenceEqual(Thumbprint.Span) || (certificate.Subject.CommonName is { } name && name == Subject.CommonName));

        /// <inheritdoc/>
        public override string ToString() => "certificate CN=" + Subject.CommonName;
    }
}
