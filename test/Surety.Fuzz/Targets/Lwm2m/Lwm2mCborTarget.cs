namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>LwM2M CBOR (Core TS 1.2.2, 7.5.7).</summary>
internal sealed class Lwm2mCborTarget : ContentTarget
{
    public override string Name => "lwm2m-cbor";

    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { "bf", "ff", "a1", "a2", "820300", "8303000b", "03", "1825", "190ed8", "1a5182428f", "f6", "f5", "f4", "c1", "fb7ff0000000000000", "f97e00", "1bffffffffffffffff", "3bffffffffffffffff", "7f", "5f", "63333a30" }.Select(Convert.FromHexString)];

    protected override IReadOnlyList<ushort> Formats => [11544];
}
