using System.Formats.Cbor;
using System.Security.Cryptography;
using Surety.Cose;

namespace Surety.Update;

/// <summary>SUIT_Digest: the digest of an image or of a part of the envelope.</summary>
/// <param name="Algorithm">Of the registry "COSE Algorithms": -16 is SHA-256, -43 SHA-384, -44 SHA-512.</param>
/// <param name="Value">The digest.</param>
public sealed record SuitDigest(int Algorithm, ReadOnlyMemory<byte> Value)
{
    /// <summary>SHA-256.</summary>
    public const int Sha256 = -16;

    private const int Sha384 = -43;
    private const int Sha512 = -44;

    /// <summary>The SHA-256 of something.</summary>
    public static SuitDigest Of(ReadOnlySpan<byte> data) => new(Sha256, SHA256.HashData(data));

    /// <summary>Whether it is the digest of something.</summary>
    public bool IsOf(ReadOnlySpan<byte> data) => Compute(data) is { } digest && digest.AsSpan().SequenceEqual(Value.Span);

    /// <summary>Whether two are the same.</summary>
    public bool IsSame(SuitDigest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Algorithm == other.Algorithm && Value.Span.SequenceEqual(other.Value.Span);
    }

    /// <summary>Its encoding.</summary>
    public byte[] Encode() => StrictCbor.Encode(writer =>
    {
        writer.WriteStartArray(2);
        writer.WriteInt32(Algorithm);
        writer.WriteByteString(Value.Span);
        writer.WriteEndArray();
    });

    internal static SuitDigest Read(ReadOnlyMemory<byte> encoded)
    {
        CborReader reader = StrictCbor.Open(encoded);
        reader.ReadStartArray();
        long algorithm = StrictCbor.ReadInt64(reader);
        byte[] value = reader.ReadByteString();
        reader.ReadEndArray();
        StrictCbor.End(reader);
        int length = algorithm switch
        {
            Sha256 => SHA256.HashSizeInBytes,
            Sha384 => SHA384.HashSizeInBytes,
            Sha512 => SHA512.HashSizeInBytes,
            _ => throw new CborContentException($"digests of algorithm {algorithm} are not known here"),
        };
        return value.Length == length ? new SuitDigest((int)algorithm, value) : throw new CborContentException($"a digest has {value.Length} bytes and not {length}");
    }

    private byte[]? Compute(ReadOnlySpan<byte> data) => Algorithm switch
    {
        Sha256 => SHA256.HashData(data),
        Sha384 => SHA384.HashData(data),
        Sha512 => SHA512.HashData(data),
        _ => null,
    };
}
