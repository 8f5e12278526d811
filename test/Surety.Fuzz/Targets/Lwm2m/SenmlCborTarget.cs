namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>SenML and SenML-ETCH in CBOR (RFC 8428, 6; RFC 8790).</summary>
internal sealed class SenmlCborTarget : ContentTarget
{
    public override string Name => "lwm2m-senml-cbor";

    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { "21", "22", "2121", "00", "02", "03", "04", "06", "08", "9f", "bf", "ff", "81", "a2", "63766c6f", "f5", "f6", "fb7ff0000000000000", "f97e00", "c1", "1bffffffffffffffff", "3bffffffffffffffff", "652f332f302f", "7f" }.Select(Convert.FromHexString)];

    protected override IReadOnlyList<ushort> Formats => [112, 322];
}
