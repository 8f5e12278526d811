using System.Text;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>SenML and SenML-ETCH in JSON (RFC 8428, 5; RFC 8790).</summary>
internal sealed class SenmlJsonTarget : ContentTarget
{
    public override string Name => "lwm2m-senml-json";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[] { "\"n\":", "\"bn\":", "\"bt\":", "\"t\":-1", "\"v\":", "\"bv\":", "\"vs\":", "\"vb\":true", "\"vd\":\"AA\"", "\"vlo\":\"1:2\"", "/3442/0/", "1e308", "-0", "null", "\"x_\":1", "\"bver\":10", "{", "}", "[", "]", "\\u0000", "\\ud800" }
            .Select(Encoding.UTF8.GetBytes),
    ];

    protected override IReadOnlyList<ushort> Formats => [110, 320];
}
