using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>What a peer has proven about itself in a handshake.</summary>
public abstract class PeerCredential
{
    private PeerCredential()
    {
    }

    /// <summary>Nothing: a client without certificate, where that is allowed.</summary>
    public static PeerCredential None { get; } = new Nobody();

    /// <summary>The same key was proven.</summary>
    public abstract bool IsSameAs(PeerCredential other);

    private sealed class Nobody : PeerCredential
    {
        public override bool IsSameAs(PeerCredential other) => false;
    }

    /// <summary>It knows the key of this identity.</summary>
    /// <param name="identity">The PSK identity (RFC 4279, 5.1).</param>
    public sealed class PreSharedKey(byte[] identity) : PeerCredential
    {
        /// <summary>The PSK identity.</summary>
        public ReadOnlyMemory<byte> Identity { get; } = identity;

        /// <inheritdoc/>
        public override bool IsSameAs(PeerCredential other) => other is PreSharedKey psk && psk.Identity.Span.SequenceEqual(Identity.Span);
    }

    /// <summary>It has the private key of this public key.</summary>
    /// <param name="subjectPublicKeyInfo">DER.</param>
    public sealed class RawPublicKey(byte[] subjectPublicKeyInfo) : PeerCredential
    {
        /// <summary>DER of the SubjectPublicKeyInfo.</summary>
        public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; } = subjectPublicKeyInfo;

        /// <inheritdoc/>
        public override bool IsSameAs(PeerCredential other) =>
            other is RawPublicKey key && key.SubjectPublicKeyInfo.Span.SequenceEqual(SubjectPublicKeyInfo.Span);
    }

    /// <summary>It has the private key of this certificate, whose path was validated.</summary>
    /// <param name="rawData">DER of the certificate.</param>
    /// <param name="anchor">SHA-256 of the DER of the trust anchor.</param>
    public sealed class Certificate(byte[] rawData, byte[] anchor) : PeerCredential
    {
        /// <summary>DER of the certificate.</summary>
        public ReadOnlyMemory<byte> RawData { get; } = rawData;

        /// <summary>SHA-256 of the DER of the trust anchor that the path ended in.</summary>
        public ReadOnlyMemory<byte> TrustAnchorThumbprint { get; } = anchor;

        /// <summary>DER of the subject.</summary>
        public byte[] GetSubject() => CertificateFields.TryRead(RawData.Span, out CertificateFields fields) ? fields.Subject.ToArray() : [0x30, 0];

        /// <inheritdoc/>
        public override bool IsSameAs(PeerCredential other) => other is Certificate certificate && certificate.RawData.Span.SequenceEqual(RawData.Span);

        internal static byte[] Thumbprint(byte[] anchor) => SHA256.HashData(anchor);
    }

    /// <summary>Writes it, to be read by <see cref="TryRead"/>.</summary>
    internal void Write(WireWriter writer)
    {
        switch (this)
        {
            case PreSharedKey psk:
                writer.UInt8(1);
                writer.Vector16(psk.Identity.Span);
                break;
            case RawPublicKey key:
                writer.UInt8(2);
                writer.Vector16(key.SubjectPublicKeyInfo.Span);
                break;
            case Certificate certificate:
                writer.UInt8(3);
                writer.Vector16(certificate.RawData.Span);
                writer.Vector8(certificate.TrustAnchorThumbprint.Span);
                break;
            default:
                writer.UInt8(0);
                break;
        }
    }

    internal static bool TryRead(ref WireReader reader, out PeerCredential credential)
    {
        byte kind = reader.UInt8();
        credential = kind switch
        {
            1 => new PreSharedKey(reader.Vector16().ToArray()),
            2 => new RawPublicKey(reader.Vector16().ToArray()),
            3 => new Certificate(reader.Vector16().ToArray(), reader.Vector8().ToArray()),
            _ => None,
        };
        return reader.IsValid && kind <= 3;
    }
}
