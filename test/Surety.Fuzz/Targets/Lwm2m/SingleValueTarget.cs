namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>The formats of one value: text, opaque, CBOR (Core TS 1.2.2, 7.5.1 to 7.5.3).</summary>
internal sealed class SingleValueTarget : ContentTarget
{
    public override string Name => "lwm2m-single-value";

    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { "2d31", "31653330", "302e35", "74727565", "33333a31", "3c2f333e", "f5", "f6", "1bffffffffffffffff", "3bffffffffffffffff", "fb7ff0000000000000", "f97e00", "c1", "c100", "5f", "7f", "41ff", "6568656c6c6f", "4e614e", "c3a9" }.Select(Convert.FromHexString)];

    protected override IReadOnlyList<ushort> Formats => [0, 42, 60];
}
