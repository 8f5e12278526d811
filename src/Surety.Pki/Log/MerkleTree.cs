using System.Numerics;
using System.Security.Cryptography;

namespace Surety.Pki;

/// <summary>
/// The hashes of an append-only Merkle tree (RFC 6962, 2.1). Those of the lowest levels are computed from the entries when they are needed: what is kept is 4 bytes an entry.
/// </summary>
/// <param name="leafHash">The hash of an entry.</param>
internal sealed class MerkleTree(Func<int, Hash256> leafHash)
{
    // Subtrees of 16 entries and more are kept.
    private const int FirstKeptLevel = 4;

    private readonly List<List<Hash256>> _kept = [];

    // The right edge: for each bit of the size that is set, the hash of that complete subtree.
    private readonly Hash256[] _edge = new Hash256[32];

    public int Size { get; private set; }

    public void Append(Hash256 leaf)
    {
        Hash256 hash = leaf;
        int level = 0;
        for (; (Size >> level & 1) == 1; level++)
        {
            hash = Hash256.OfNode(_edge[level], hash);
            Keep(level + 1, hash);
        }

        _edge[level] = hash;
        Size++;
    }

    /// <summary>MTH of the first entries; of none: the hash of nothing.</summary>
    public byte[] Root(int size) => size == 0 ? SHA256.HashData([]) : Bytes(Subtree(0, size));

    /// <summary>PATH(index, D[size]) (RFC 6962, 2.1.1).</summary>
    public byte[][] InclusionProof(int index, int size)
    {
        List<byte[]> proof = [];
        int start = 0, count = size;
        // Down from the root; the proof begins at the leaf.
        while (count > 1)
        {
            int left = LeftSize(count);
            if (index - start < left)
            {
                proof.Add(Bytes(Subtree(start + left, count - left)));
                count = left;
            }
            else
            {
                proof.Add(Bytes(Subtree(start, left)));
                start += left;
                count -= left;
            }
        }

        proof.Reverse();
        return [.. proof];
    }

    /// <summary>PROOF(first, D[size]) (RFC 6962, 2.1.2).</summary>
    public byte[][] ConsistencyProof(int first, int size)
    {
        List<byte[]> proof = [];
        int start = 0, count = size, wanted = first;
        bool isWholeOld = true;
        while (wanted != count)
        {
            int left = LeftSize(count);
            if (wanted <= left)
            {
                proof.Add(Bytes(Subtree(start + left, count - left)));
                count = left;
            }
            else
            {
                proof.Add(Bytes(Subtree(start, left)));
                start += left;
                count -= left;
                wanted -= left;
                isWholeOld = false;
            }
        }

        // The old root itself is known to who asks.
        if (!isWholeOld)
            proof.Add(Bytes(Subtree(start, count)));
        proof.Reverse();
        return [.. proof];
    }

    private static byte[] Bytes(Hash256 hash) => ((ReadOnlySpan<byte>)hash).ToArray();

    /// <summary>The largest power of two below a number.</summary>
    private static int LeftSize(int count) => (int)(BitOperations.RoundUpToPowerOf2((uint)count) >> 1);

    private void Keep(int level, Hash256 hash)
    {
        if (level < FirstKeptLevel)
            return;
        if (level - FirstKeptLevel == _kept.Count)
            _kept.Add([]);
        _kept[level - FirstKeptLevel].Add(hash);
    }

    private Hash256 Subtree(int start, int count)
    {
        if (count == 1)
            return leafHash(start);
        int level = BitOperations.Log2((uint)count);
        // Complete, and where complete ones stand.
        if (BitOperations.IsPow2(count) && start % count == 0 && level >= FirstKeptLevel)
            return _kept[level - FirstKeptLevel][start >> level];
        int left = LeftSize(count);
        Hash256 first = Subtree(start, left), second = Subtree(start + left, count - left);
        return Hash256.OfNode(first, second);
    }
}
