using System.Security.Cryptography;

namespace Surety.Pki;

/// <summary>Checks proofs that a log gives; whoever knows roots needs no more (RFC 9162, 2.1.3.2 and 2.1.4.2).</summary>
public static class MerkleProof
{
    /// <summary>The hash of an entry (RFC 6962, 2.1).</summary>
    public static byte[] HashLeaf(ReadOnlySpan<byte> entry) => SHA256.HashData([0, .. entry]);

    /// <summary>Whether an entry is at a place in the tree with a root.</summary>
    /// <param name="leafHash">Of the entry.</param>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="size">Entries of the tree.</param>
    /// <param name="proof">The log's proof.</param>
    /// <param name="root">The tree's root.</param>
    public static bool VerifyInclusion(ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size)
            return false;
        long node = index, last = size - 1;
        Hash256 hash = ToHash(leafHash);
        foreach (byte[] other in proof)
        {
            if (last == 0 || other.Length != SHA256.HashSizeInBytes)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = Hash256.OfNode(other, hash);
                for (; (node & 1) == 0 && node != 0; node >>= 1)
                    last >>= 1;
            }
            else
            {
                hash = Hash256.OfNode(hash, other);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && ((ReadOnlySpan<byte>)hash).SequenceEqual(root);
    }

    /// <summary>Whether the tree with one root is the beginning of the tree with another.</summary>
    /// <param name="first">Entries of the older tree.</param>
    /// <param name="second">Entries of the newer one.</param>
    /// <param name="firstRoot">Root of the older tree.</param>
    /// <param name="secondRoot">Root of the newer one.</param>
    /// <param name="proof">The log's proof.</param>
    public static bool VerifyConsistency(long first, long second, ReadOnlySpan<byte> firstRoot, ReadOnlySpan<byte> secondRoot, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (first < 0 || first > second)
            return false;
        if (first == second)
            return proof.Count == 0 && firstRoot.SequenceEqual(secondRoot);
        // Every tree begins with the empty one.
        if (first == 0)
            return proof.Count == 0;
        if (proof.Count == 0 || proof.Any(hash => hash.Length != SHA256.HashSizeInBytes))
            return false;
        List<byte[]> path = (first & (first - 1)) == 0 ? [firstRoot.ToArray(), .. proof] : [.. proof];
        long node = first - 1, last = second - 1;
        for (; (node & 1) == 1; node >>= 1)
            last >>= 1;
        Hash256 older = ToHash(path[0]), newer = older;
        foreach (byte[] other in path.Skip(1))
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                older = Hash256.OfNode(other, older);
                newer = Hash256.OfNode(other, newer);
                for (; (node & 1) == 0 && node != 0; node >>= 1)
                    last >>= 1;
            }
            else
            {
                newer = Hash256.OfNode(newer, other);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && ((ReadOnlySpan<byte>)older).SequenceEqual(firstRoot) && ((ReadOnlySpan<byte>)newer).SequenceEqual(secondRoot);
    }

    private static Hash256 ToHash(ReadOnlySpan<byte> bytes)
    {
        Hash256 hash = default;
        bytes[..Math.Min(bytes.Length, SHA256.HashSizeInBytes)].CopyTo(hash);
        return hash;
    }
}
