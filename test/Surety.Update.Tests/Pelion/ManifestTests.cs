using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Surety.Cose;

namespace Surety.Update.Tests;

/// <summary>Against the manifests of Pelion's own tool.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Names => [.. Vectors.Manifests.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_manifest_of_Pelions_tool_is_read_checked_and_written_again_byte_for_byte(string name)
    {
        (_, string hex, JsonElement decoded) = Vectors.Manifests.Single(vector => vector.Name == name);
        SignedPelionManifest manifest = Read(hex);
        using ECDsa key = Vectors.PelionKey();
        Assert.True(manifest.IsSignedBy(key));
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(manifest.IsSignedBy(other));
        Assert.Contains(Convert.ToHexStringLower(manifest.Content.Encode()), hex, StringComparison.Ordinal);
        if (manifest.Content is PelionManifestV3 third)
            AssertSays(third, decoded.GetProperty("manifest"));
        else
            AssertSays((PelionManifestV1)manifest.Content, decoded.GetProperty("resource").GetProperty("resource").GetProperty("manifest"), manifest);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_bit_that_differs_anywhere_is_noticed(string name)
    {
        string hex = Vectors.Manifests.Single(vector => vector.Name == name).Hex;
        byte[] good = Convert.FromHexString(hex);
        using ECDsa key = Vectors.PelionKey();
        byte[] fingerprint = Read(hex).CertificateFingerprint.ToArray();
        for (int bit = 0; bit < good.Length * 8; bit++)
        {
            byte[] changed = [.. good];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            // Version 1 does not sign by which certificate it was signed: another one is no author's.
            Assert.False(
                SignedPelionManifest.TryRead(changed, out SignedPelionManifest? manifest, out _) && manifest.IsSignedBy(key) && manifest.CertificateFingerprint.Span.SequenceEqual(fingerprint),
                $"bit {bit}");
        }
    }

    [Fact]
    public void Names_of_vendors_and_classes_are_those_of_Pelions_tool_and_of_SUIT()
    {
        SignedPelionManifest manifest = Read(Vectors.Manifests.First().Hex);
        Guid vendor = UpdateTarget.VendorOf("example.org");
        Assert.Equal(vendor, manifest.Content.VendorId);
        Assert.Equal(UpdateTarget.ClassOf(vendor, "sensor-1"), manifest.Content.ClassId);
        Assert.Equal("fa6b4a53-d5ad-5fdf-be9d-e663e4d41ffe", UpdateTarget.VendorOf("arm.com").ToString());
    }

    [Fact]
    public void What_is_signed_here_says_the_same_when_it_is_read()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PelionManifestV3 content = new()
        {
            VendorId = UpdateTarget.VendorOf("acme.example"),
            ClassId = UpdateTarget.ClassOf(UpdateTarget.VendorOf("acme.example"), "meter"),
            Version = new PelionVersion(2, 0, 1),
            Component = "RADIO",
            Payload = new PelionPayload(PelionPayloadFormat.EncryptedRaw, SHA256.HashData([1]), 100, "https://acme.example/2"),
            Installed = new PelionInstalledImage(SHA256.HashData([2]), 84, null),
            VendorData = "notes"u8.ToArray(),
        };
        SignedPelionManifest signed = SignedPelionManifest.Sign(content, new EcdsaCoseSigner(key));
        SignedPelionManifest read = Read(Convert.ToHexString(signed.Encoded.Span));
        Assert.True(read.IsSignedBy(key));
        Assert.Equal(content.Encode(), read.Content.Encode());
        Assert.Equal("notes"u8.ToArray(), ((PelionManifestV3)read.Content).VendorData!.Value.ToArray());

        byte[] secret = RandomNumberGenerator.GetBytes(16);
        SignedPelionManifest sent = Read(Convert.ToHexString(signed.WithEncryptionKey(secret).Encoded.Span));
        Assert.Equal(secret, sent.EncryptionKey!.Value.ToArray());
        Assert.Equal(signed.Digest, sent.Digest);
        Assert.True(sent.IsSignedBy(key));
        Assert.Throws<InvalidOperationException>(() => sent.WithEncryptionKey(secret));
    }

    /// <summary>The signature of version 1 is DER, whose numbers have no zeros in front: of 64 random ones a quarter have.</summary>
    [Fact]
    public void Signatures_of_version_1_are_good_whatever_their_numbers_are()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PelionManifestV1 content = (PelionManifestV1)Read(Vectors.Manifests.Single(vector => vector.Name == "v1 raw-binary").Hex).Content;
        for (int i = 0; i < 300; i++)
            Assert.True(SignedPelionManifest.Sign(content, new EcdsaCoseSigner(key), SHA256.HashData(Vectors.UpdateCertificate)).IsSignedBy(key));
    }

    [Fact]
    public void What_devices_would_not_take_is_not_signed()
    {
        PelionManifestV3 content = (PelionManifestV3)Read(Vectors.Manifests.First().Hex).Content;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        EcdsaCoseSigner signer = new(key);
        Assert.Throws<ArgumentException>(() => SignedPelionManifest.Sign(content, new EcdsaCoseSigner(large)));
        AssertRefused(content with { VendorData = new byte[2000] }, "2048");
        AssertRefused(content with { Payload = content.Payload with { Format = PelionPayloadFormat.ArmPatchStream } }, "for which image");
        AssertRefused(content with { Payload = content.Payload with { Format = PelionPayloadFormat.EncryptedRaw } }, "what the image is");
        AssertRefused(content with { Payload = content.Payload with { Digest = new byte[20] } }, "20 bytes and not 32");
        AssertRefused(content with { Payload = content.Payload with { Size = -1 } }, "negative");
        AssertRefused(content with { Payload = content.Payload with { Uri = "a\0b" } }, "NUL");

        void AssertRefused(PelionManifest wrong, string says) =>
            Assert.Contains(says, Assert.Throws<ArgumentException>(() => SignedPelionManifest.Sign(wrong, signer)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.3", null)]
    [InlineData("0.0.1", null)]
    [InlineData("999.999.999", null)]
    [InlineData("0.0.0", "0.0.1 or later")]
    [InlineData("1.2", "three numbers")]
    [InlineData("1.2.1000", "0 to 999")]
    [InlineData("1.02.3", "three numbers")]
    [InlineData("1.-2.3", "three numbers")]
    [InlineData("", "three numbers")]
    public void Versions_are_three_numbers(string text, string? says)
    {
        Assert.Equal(says is null, PelionVersion.TryParse(text, out PelionVersion version, out string? problem));
        if (says is null)
            Assert.Equal(text, version.ToString());
        else
            Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_is_newer_number_by_number() =>
        Assert.True(new PelionVersion(1, 10, 0) > new PelionVersion(1, 9, 9) && new PelionVersion(2, 0, 0) >= new PelionVersion(2, 0, 0) && new PelionVersion(0, 9, 9) < new PelionVersion(1, 0, 0));

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3000")]
    [InlineData("30030a0103")]
    [InlineData("ffffffffffffffff")]
    public void What_is_no_manifest_is_refused(string hex) => Assert.False(SignedPelionManifest.TryRead(Convert.FromHexString(hex), out _, out _));

    private static SignedPelionManifest Read(string hex)
    {
        Assert.True(SignedPelionManifest.TryRead(Convert.FromHexString(hex), out SignedPelionManifest? manifest, out string? problem), problem);
        return manifest;
    }

    private static void AssertSays(PelionManifestV3 manifest, JsonElement said)
    {
        Assert.Equal(said.GetProperty("vendor-id").GetString(), Convert.ToHexStringLower(UpdateTarget.ToBytes(manifest.VendorId)));
        Assert.Equal(said.GetProperty("class-id").GetString(), Convert.ToHexStringLower(UpdateTarget.ToBytes(manifest.ClassId)));
        Assert.Equal(said.GetProperty("update-priority").GetInt64(), manifest.Priority);
        Assert.Equal(Text(said.GetProperty("component-name")), manifest.Component);
        Assert.Equal(Text(said.GetProperty("payload-version")), manifest.Version.ToString());
        Assert.Equal(said.GetProperty("payload-digest").GetString(), Hex(manifest.Payload.Digest));
        Assert.Equal(said.GetProperty("payload-size").GetInt64(), manifest.Payload.Size);
        Assert.Equal(Text(said.GetProperty("payload-uri")), manifest.Payload.Uri);
        Assert.Equal(said.GetProperty("payload-format").GetInt32(), (int)manifest.Payload.Format);
        Assert.Equal(said.GetProperty("installed-signature").GetString(), Hex(manifest.InstalledSignature));
        Assert.Equal(said.TryGetProperty("payload-metadata", out JsonElement metadata), manifest.Installed is not null);
        if (manifest.Installed is not { } installed)
            return;
        Assert.Equal(metadata.GetProperty("installed-size").GetInt64(), manifest.ImageSize);
        Assert.Equal(metadata.GetProperty("installed-digest").GetString(), Hex(manifest.ImageDigest));
        Assert.Equal(metadata.TryGetProperty("precursor-digest", out JsonElement precursor) ? precursor.GetString() : null, installed.Precursor is { } digest ? Hex(digest) : null);
    }

    private static void AssertSays(PelionManifestV1 manifest, JsonElement said, SignedPelionManifest signed)
    {
        JsonElement payload = said.GetProperty("payload"), reference = payload.GetProperty("reference");
        Assert.Equal(said.GetProperty("timestamp").GetInt64(), manifest.Timestamp);
        Assert.Equal(said.GetProperty("vendorId").GetString(), Convert.ToHexStringLower(UpdateTarget.ToBytes(manifest.VendorId)));
        Assert.Equal(said.GetProperty("priority").GetInt64(), manifest.Priority);
        Assert.Equal(said.GetProperty("applyImmediately").GetBoolean(), manifest.ApplyImmediately);
        Assert.Equal(payload.GetProperty("format").GetProperty("enum").GetInt32(), (int)manifest.Payload.Format);
        Assert.Equal(Text(payload.GetProperty("storageIdentifier")), manifest.StorageIdentifier);
        Assert.Equal(reference.GetProperty("hash").GetString(), Hex(manifest.Payload.Digest));
        Assert.Equal(Text(reference.GetProperty("uri")), manifest.Payload.Uri);
        Assert.Equal(reference.GetProperty("size").GetInt64(), manifest.Payload.Size);
        Assert.Equal(said.TryGetProperty("precursorDigest", out JsonElement precursor) ? precursor.GetString() : null, manifest.Installed?.Precursor is { } digest ? Hex(digest) : null);
        Assert.Equal(SHA256.HashData(Vectors.UpdateCertificate), signed.CertificateFingerprint.ToArray());
    }

    private static string Text(JsonElement hex) => Encoding.UTF8.GetString(Convert.FromHexString(hex.GetString()!));

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(bytes.Span);
}
