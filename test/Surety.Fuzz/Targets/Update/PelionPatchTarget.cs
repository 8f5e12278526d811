using Surety.Update;

namespace Surety.Fuzz.Targets.Update;

/// <summary>Delta images, for an image of 1000 bytes and with room for 4000.</summary>
internal sealed class PelionPatchTarget : FuzzTarget
{
    private const int Room = 4000;
    private static readonly byte[] Old = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * i))];

    public override string Name => "update-patch";

    public override IReadOnlyList<byte[]> Words { get; } = ["PELION/BSDIFF001"u8.ToArray(), [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], [0x80, 0x80, 0x80], [0xf0, 0xff]];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        using MemoryStream output = new();
        bool isApplied = PelionPatch.TryApply(new MemoryStream(input.ToArray()), new MemoryStream(Old), output, Room, out string? problem);
        Assert.Equal(isApplied, problem is null);
        Assert.InRange(output.Length, 0, Room);
        features.AddText(0, problem);
        features.AddAmount(1, (int)output.Length);
    }
}
