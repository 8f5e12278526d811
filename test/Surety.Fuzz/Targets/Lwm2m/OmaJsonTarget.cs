using System.Text;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>JSON of LwM2M 1.0 (TS 1.0.2, 6.4.4).</summary>
internal sealed class OmaJsonTarget : ContentTarget
{
    public override string Name => "lwm2m-json";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[] { "\"n\":", "\"bn\":", "\"bt\":", "\"t\":-1", "\"v\":", "\"e\":[", "\"sv\":", "\"bv\":true", "\"ov\":\"1:2\"", "/3442/0/", "1e308", "-0", "null", "{", "}", "[", "]", "\\u0000", "\\ud800" }
            .Select(Encoding.UTF8.GetBytes),
    ];

    protected override IReadOnlyList<ushort> Formats => [11543];
}
