using System.Security.Cryptography;
using Surety.Update;

namespace Surety.Fuzz.Targets.Update;

/// <summary>Pelion's manifests. What is read is written again byte for byte, and nobody here has signed it.</summary>
internal sealed class PelionManifestTarget : FuzzTarget
{
    private static readonly ECDsa Stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public override string Name => "update-manifest";

    public override IReadOnlyList<byte[]> Words { get; } = [[0x30, 0x82], [0x30, 0x81], [0x0a, 0x01, 0x03], [0x04, 0x10], [0x04, 0x20], [0x04, 0x40], [0x02, 0x01], [0x0c, 0x04], [0x81, 0x10], [0x01, 0x01, 0xff], [0x30, 0x80]];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        bool isRead = SignedPelionManifest.TryRead(input.ToArray(), out SignedPelionManifest? manifest, out string? problem);
        Assert.Equal(isRead, problem is null);
        features.AddText(0, problem);
        if (manifest is null)
            return;
        Assert.False(manifest.IsSignedBy(Stranger));
        features.AddAmount(1, manifest.Content.FormatVersion);
        if (manifest.Content is PelionManifestV3)
            Assert.True(input.IndexOf(manifest.Content.Encode()) >= 0, "it is not written as it was read");
    }
}
