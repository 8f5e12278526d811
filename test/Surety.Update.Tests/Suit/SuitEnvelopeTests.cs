using System.Security.Cryptography;
using Surety.Cose;

namespace Surety.Update.Tests;

/// <summary>Against the six examples of draft-ietf-suit-manifest.</summary>
public sealed class SuitEnvelopeTests
{
    public static TheoryData<string> Names => [.. Vectors.Envelopes.Select(envelope => envelope.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_example_of_the_draft_is_read_and_checked(string name)
    {
        SuitEnvelope envelope = Read(Bytes(name));
        using ECDsa key = Vectors.SuitKey();
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(envelope.SignatureCount == 1, envelope.IsSignedBy(key));
        Assert.False(envelope.IsSignedBy(other));
        Assert.Equal((ulong)(name[7] - '0'), envelope.Manifest.SequenceNumber);
        Assert.NotEmpty(envelope.Manifest.SharedSequence);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_bit_that_differs_anywhere_is_noticed(string name)
    {
        byte[] good = Bytes(name);
        using ECDsa key = Vectors.SuitKey();
        if (Read(good).SignatureCount == 0)
            return;
        // The tag may be left out, and not be another.
        for (int bit = 0; bit < good.Length * 8; bit++)
        {
            byte[] changed = [.. good];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(SuitEnvelope.TryRead(changed, out SuitEnvelope? envelope, out _) && envelope.IsSignedBy(key), $"bit {bit}");
        }
    }

    [Fact]
    public void A_text_that_was_severed_may_be_left_out_and_not_be_another()
    {
        byte[] whole = Bytes("example2.txt (923 bytes)");
        Assert.True(Read(whole).Manifest.Sections.ContainsKey(SuitSection.Install));
        byte[] changed = [.. whole];
        changed[^1] ^= 1;
        Assert.False(SuitEnvelope.TryRead(changed, out _, out string? problem));
        Assert.Contains("not what the manifest speaks of", problem, StringComparison.Ordinal);
        Assert.False(Read(Bytes("example2.txt (333 bytes)")).Manifest.Sections.ContainsKey(SuitSection.Install));
    }

    [Fact]
    public void What_is_signed_here_is_read_with_all_its_signatures_and_with_what_comes_along()
    {
        using ECDsa author = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa second = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Guid vendor = UpdateTarget.VendorOf("acme.example");
        byte[] manifest = new SuitManifestBuilder(7)
            .AddImage(SuitComponentId.Of("app"), vendor, UpdateTarget.ClassOf(vendor, "meter"), SuitDigest.Of([1, 2, 3]), 3, "#app")
            .AddImage(SuitComponentId.Of("radio", "0"), vendor, UpdateTarget.ClassOf(vendor, "meter"), SuitDigest.Of([4]), 1, "coaps://acme.example/radio")
            .Build();
        byte[] encoded = SuitEnvelope.Sign(manifest, [new EcdsaCoseSigner(author), new EcdsaCoseSigner(second)], new Dictionary<string, ReadOnlyMemory<byte>> { ["#app"] = new byte[] { 1, 2, 3 } });
        SuitEnvelope envelope = Read(encoded);
        Assert.True(envelope.IsSignedBy(author));
        Assert.True(envelope.IsSignedBy(second));
        Assert.Equal(2, envelope.SignatureCount);
        Assert.Equal([1, 2, 3], envelope.Integrated["#app"].ToArray());
        Assert.Equal(["app", "radio/0"], envelope.Manifest.Components.Select(component => component.ToString()));
        Assert.Equal(7UL, envelope.Manifest.SequenceNumber);
        // RFC 8949, 4.2.1: the same content is the same bytes.
        Assert.Equal(manifest, new SuitManifestBuilder(7)
            .AddImage(SuitComponentId.Of("app"), vendor, UpdateTarget.ClassOf(vendor, "meter"), SuitDigest.Of([1, 2, 3]), 3, "#app")
            .AddImage(SuitComponentId.Of("radio", "0"), vendor, UpdateTarget.ClassOf(vendor, "meter"), SuitDigest.Of([4]), 1, "coaps://acme.example/radio")
            .Build());
    }

    [Fact]
    public void The_drafts_example_1_is_made_here_byte_for_byte()
    {
        byte[] example = Bytes("example1.txt (196 bytes)");
        byte[] digest = Convert.FromHexString("00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210");
        byte[] manifest = new SuitManifestBuilder(1)
            .AddImage(
                SuitComponentId.Of([[0x00]]), UpdateTarget.FromBytes(Convert.FromHexString("fa6b4a53d5ad5fdfbe9de663e4d41ffe")),
                UpdateTarget.FromBytes(Convert.FromHexString("1492af1425695e48bf429b2d51f2ab45")), new SuitDigest(SuitDigest.Sha256, digest), 34768, "http://example.com/file.bin")
            .Build();
        Assert.Equal(Convert.ToHexStringLower(example), Convert.ToHexStringLower(SuitEnvelope.Sign(manifest, [])));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a0", "no manifest")]
    [InlineData("d86aa0", "tag")]
    [InlineData("d86b80", "")]
    public void What_is_no_envelope_is_refused_with_the_reason(string hex, string says)
    {
        Assert.False(SuitEnvelope.TryRead(Convert.FromHexString(hex), out _, out string? problem));
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    private static byte[] Bytes(string name) => Convert.FromHexString(Vectors.Envelopes.Single(envelope => envelope.Name == name).Hex);

    private static SuitEnvelope Read(byte[] encoded)
    {
        Assert.True(SuitEnvelope.TryRead(encoded, out SuitEnvelope? envelope, out string? problem), problem);
        return envelope;
    }
}
