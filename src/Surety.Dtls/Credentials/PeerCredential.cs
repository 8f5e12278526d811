using System.Buffers.Binary;
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

    /// <summary>What is kept for as long as the session lives.</summary>
    internal virtual PeerCredential WithoutRawData() => this;

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

    /// <summary>
    /// It has the private key of this certificate, whose path was validated. What says who that is stands in one array, since a server keeps one for
    /// each session.
    /// </summary>
    public sealed class Certificate : PeerCredential
    {
        private const int AnchorOffset = SHA256.HashSizeInBytes;
        private const int NotAfterOffset = 2 * SHA256.HashSizeInBytes;
        private const int SerialNumberOffset = NotAfterOffset + sizeof(long) + sizeof(ushort);

        // What DateTimeOffset takes: the years 1 to 9999.
        private const long MinSeconds = -62_135_596_800;
        private const long MaxSeconds = 253_402_300_799;

        // Thumbprint, thumbprint of the anchor, notAfter in seconds since 1970, length of the serial number, serial number, subject.
        private readonly byte[] _summary;

        /// <summary>A certificate that was validated.</summary>
        /// <param name="rawData">DER of the certificate.</param>
        /// <param name="anchor">SHA-256 of the DER of the trust anchor.</param>
        /// <exception cref="ArgumentException">The bytes are no certificate, or no thumbprint.</exception>
        public Certificate(byte[] rawData, byte[] anchor)
        {
            ArgumentNullException.ThrowIfNull(anchor);
            ArgumentOutOfRangeException.ThrowIfNotEqual(anchor.Length, SHA256.HashSizeInBytes);
            if (!CertificateFields.TryRead(rawData, out CertificateFields fields))
                throw new ArgumentException("The certificate cannot be decoded.", nameof(rawData));
            // DER puts a zero before a number whose first bit is set.
            ReadOnlySpan<byte> serial = fields.SerialNumber is [0, _, ..] ? fields.SerialNumber[1..] : fields.SerialNumber;
            _summary = new byte[SerialNumberOffset + serial.Length + fields.Subject.Length];
            SHA256.HashData(rawData, _summary);
            anchor.CopyTo(_summary, AnchorOffset);
            BinaryPrimitives.WriteInt64BigEndian(_summary.AsSpan(NotAfterOffset), fields.NotAfter.ToUnixTimeSeconds());
            BinaryPrimitives.WriteUInt16BigEndian(_summary.AsSpan(SerialNumberOffset - sizeof(ushort)), (ushort)serial.Length);
            serial.CopyTo(_summary.AsSpan(SerialNumberOffset));
            fields.Subject.CopyTo(_summary.AsSpan(SerialNumberOffset + serial.Length));
            RawData = rawData;
        }

        private Certificate(ReadOnlyMemory<byte> rawData, byte[] summary)
        {
            _summary = summary;
            RawData = rawData;
        }

        /// <summary>
        /// DER of the certificate in the handshake that it was shown in, and when that session is resumed by a ticket; empty afterwards: the
        /// certificate is four times as long as all the rest, and a server has a million of them.
        /// </summary>
        public ReadOnlyMemory<byte> RawData { get; }

        /// <summary>SHA-256 of the DER of the certificate, 32 bytes.</summary>
        public ReadOnlyMemory<byte> Thumbprint => _summary.AsMemory(0, AnchorOffset);

        /// <summary>SHA-256 of the DER of the trust anchor that the path ended in, 32 bytes.</summary>
        public ReadOnlyMemory<byte> TrustAnchorThumbprint => _summary.AsMemory(AnchorOffset, SHA256.HashSizeInBytes);

        /// <summary>When the certificate expires.</summary>
        public DateTimeOffset NotAfter => DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(_summary.AsSpan(NotAfterOffset)));

        /// <summary>The serial number, most significant byte first, without leading zero.</summary>
        public ReadOnlyMemory<byte> SerialNumber => _summary.AsMemory(SerialNumberOffset, SerialNumberLength);

        /// <summary>DER of the subject.</summary>
        public ReadOnlyMemory<byte> Subject => _summary.AsMemory(SerialNumberOffset + SerialNumberLength);

        private int SerialNumberLength => BinaryPrimitives.ReadUInt16BigEndian(_summary.AsSpan(SerialNumberOffset - sizeof(ushort)));

        /// <inheritdoc/>
        public override bool IsSameAs(PeerCredential other) => other is Certificate certificate && certificate.Thumbprint.Span.SequenceEqual(Thumbprint.Span);

        internal static byte[] HashAnchor(byte[] anchor) => SHA256.HashData(anchor);

        internal static bool TryRead(ref WireReader reader, out Certificate certificate)
        {
            byte[] summary = reader.Vector16().ToArray(), rawData = reader.Vector16().ToArray();
            certificate = new(rawData.AsMemory(), summary);
            return summary.Length >= SerialNumberOffset && summary.Length - SerialNumberOffset >= certificate.SerialNumberLength
                && BinaryPrimitives.ReadInt64BigEndian(summary.AsSpan(NotAfterOffset)) is >= MinSeconds and <= MaxSeconds;
        }

        internal override PeerCredential WithoutRawData() => RawData.IsEmpty ? this : new Certificate(ReadOnlyMemory<byte>.Empty, _summary);

        internal void WriteSummary(WireWriter writer) => writer.Vector16(_summary);
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
                certificate.WriteSummary(writer);
                writer.Vector16(certificate.RawData.Span);
                break;
            default:
                writer.UInt8(0);
                break;
        }
    }

    internal static bool TryRead(ref WireReader reader, out PeerCredential credential)
    {
        byte kind = reader.UInt8();
        credential = None;
        switch (kind)
        {
            case 1:
                credential = new PreSharedKey(reader.Vector16().ToArray());
                break;
            case 2:
                credential = new RawPublicKey(reader.Vector16().ToArray());
                break;
            case 3 when Certificate.TryRead(ref reader, out Certificate certificate):
                credential = certificate;
                break;
            case not 0:
                return false;
        }

        return reader.IsValid;
    }
}
