using System.Security.Cryptography;

namespace Surety.Pki.Tests;

public sealed class MerkleTreeTests
{
    // The inputs and roots that the Certificate Transparency project publishes (transparency-dev/merkle, testonly/constants.go).
    private static readonly string[] Inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Roots_are_those_of_Certificate_Transparency()
    {
        byte[][] leaves = [.. Inputs.Select(Convert.FromHexString)];
        MerkleTree tree = Build(leaves);
        for (int size = 0; size <= leaves.Length; size++)
        {
            Assert.Equal(Roots[size], Convert.ToHexStringLower(tree.Root(size)));
            Assert.Equal(Roots[size], Convert.ToHexStringLower(Mth(leaves.AsSpan(0, size))));
        }
    }

    [Fact]
    public void Roots_and_proofs_are_as_RFC_6962_defines_them()
    {
        byte[][] leaves = [.. Enumerable.Range(0, 133).Select(i => BitConverter.GetBytes(i))];
        MerkleTree tree = Build(leaves);
        for (int size = 1; size <= leaves.Length; size++)
        {
            byte[] root = Mth(leaves.AsSpan(0, size));
            Assert.Equal(root, tree.Root(size));
            for (int index = 0; index < size; index += 1 + (size / 7))
            {
                byte[][] proof = tree.InclusionProof(index, size);
                Assert.Equal(PathOf(index, leaves.AsSpan(0, size)), proof);
                Assert.True(MerkleProof.VerifyInclusion(MerkleProof.HashLeaf(leaves[index]), index, size, proof, root));
                Assert.False(MerkleProof.VerifyInclusion(MerkleProof.HashLeaf([9]), index, size, proof, root));
                Assert.False(MerkleProof.VerifyInclusion(MerkleProof.HashLeaf(leaves[index]), index, size, [.. proof, root], root));
                if (proof.Length > 0)
                    Assert.False(MerkleProof.VerifyInclusion(MerkleProof.HashLeaf(leaves[index]), index, size, proof[..^1], root));
            }

            for (int first = 1; first <= size; first += 1 + (size / 7))
            {
                byte[] firstRoot = Mth(leaves.AsSpan(0, first));
                byte[][] proof = tree.ConsistencyProof(first, size);
                Assert.Equal(SubProof(first, leaves.AsSpan(0, size), true), proof);
                Assert.True(MerkleProof.VerifyConsistency(first, size, firstRoot, root, proof));
                Assert.False(MerkleProof.VerifyConsistency(first, size, SHA256.HashData([1]), root, proof));
                Assert.False(MerkleProof.VerifyConsistency(first, size, firstRoot, SHA256.HashData([1]), proof));
            }
        }
    }

    // RFC 6962, 2.1, word by word.
    private static byte[] Mth(ReadOnlySpan<byte[]> d) => d.Length switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. d[0]]),
        _ => SHA256.HashData([1, .. Mth(d[..Split(d.Length)]), .. Mth(d[Split(d.Length)..])]),
    };

    // 2.1.1
    private static List<byte[]> PathOf(int m, ReadOnlySpan<byte[]> d)
    {
        if (d.Length == 1)
            return [];
        int k = Split(d.Length);
        return m < k ? [.. PathOf(m, d[..k]), Mth(d[k..])] : [.. PathOf(m - k, d[k..]), Mth(d[..k])];
    }

    // 2.1.2
    private static List<byte[]> SubProof(int m, ReadOnlySpan<byte[]> d, bool b)
    {
        if (m == d.Length)
            return b ? [] : [Mth(d)];
        int k = Split(d.Length);
        return m <= k ? [.. SubProof(m, d[..k], b), Mth(d[k..])] : [.. SubProof(m - k, d[k..], false), Mth(d[..k])];
    }

    private static int Split(int n)
    {
        int k = 1;
        while (k * 2 < n)
            k *= 2;
        return k;
    }

    private static MerkleTree Build(byte[][] leaves)
    {
        var tree = new MerkleTree(index => Hash256.OfLeaf(leaves[index]));
        foreach (byte[] leaf in leaves)
            tree.Append(Hash256.OfLeaf(leaf));
        return tree;
    }
}
