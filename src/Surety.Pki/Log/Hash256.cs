using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Surety.Pki;

/// <summary>A SHA-256 value without an object around it.</summary>
[InlineArray(SHA256.HashSizeInBytes)]
internal struct Hash256
{
    private byte _first;

    /// <summary>MTH of a single entry (RFC 6962, 2.1).</summary>
    public static Hash256 OfLeaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> input = stackalloc byte[entry.Length + 1];
        input[0] = 0;
        entry.CopyTo(input[1..]);
        Hash256 hash = default;
        SHA256.HashData(input, hash);
        return hash;
    }

    /// <summary>MTH of two subtrees (RFC 6962, 2.1).</summary>
    public static Hash256 OfNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * SHA256.HashSizeInBytes)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + SHA256.HashSizeInBytes)..]);
        Hash256 hash = default;
        SHA256.HashData(input, hash);
        return hash;
    }
}
