using Surety.Update;

namespace Surety.Fuzz.Targets.Update;

/// <summary>SUIT envelopes, and manifests in envelopes that are made here, which are carried out. The first byte says which it is.</summary>
internal sealed class SuitManifestTarget : FuzzTarget
{
    private static readonly SuitSection[] Sections = Enum.GetValues<SuitSection>();

    public override string Name => "suit-manifest";

    public override IReadOnlyList<byte[]> Words { get; } =
        [[0xd8, 0x6b], [0x82, 0x2f, 0x58, 0x20], [0x81, 0x41, 0x00], [0x0f, 0x82], [0x18, 0x20], [0x0c, 0xf5], [0x14, 0xa1], [0x0d, 0xf5], [0x15, 0x02], [0x03, 0x0f], [0x17, 0x02], [0x0e, 0x0f], [0xf6]];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        if (input.IsEmpty)
            return;
        byte[] envelope = (input[0] & 1) == 0 ? input[1..].ToArray() : SuitEnvelope.Sign(input[1..], []);
        bool isRead = SuitEnvelope.TryRead(envelope, out SuitEnvelope? read, out string? problem);
        Assert.Equal(isRead, problem is null);
        features.AddText(0, problem);
        if (read is null)
            return;
        FuzzedSuitDevice device = new();
        foreach (SuitSection section in Sections)
        {
            ValueTask<SuitResult> result = new SuitProcessor(read.Manifest, device).RunAsync(section);
            Assert.True(result.IsCompletedSuccessfully);
            features.AddText(1, result.Result.Problem);
        }

        features.AddAmount(2, device.Steps);
    }
}
