namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>TLV (Core TS 1.2.2, 7.5.5).</summary>
internal sealed class TlvTarget : ContentTarget
{
    public override string Name => "lwm2m-tlv";

    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { "c1", "c8", "c0", "d0", "48", "41", "86", "88", "08", "00", "10", "30", "c800", "f00000", "ffff", "0001" }.Select(Convert.FromHexString)];

    protected override IReadOnlyList<ushort> Formats => [11542];
}
