using System.Buffers;
using System.Globalization;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Tests.Formats;

/// <summary>Decodes and encodes in one line, with entries as text: <c>/3/0/9 Integer 100</c>, <c>/3/0/9 Integer 100 @1367491215</c>, <c>/3/0 -</c>.</summary>
internal static class Contents
{
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    /// <summary>OMA's registry with the Objects 65 and 66, on which the examples of Core TS 1.2.2, 7.5.5 are based.</summary>
    public static ObjectModelRegistry Models { get; } = ObjectModelRegistry.Default.With(
    [
        Define(65, (0, ResourceType.ObjectLink, true), (1, ResourceType.String, false), (2, ResourceType.Integer, false)),
        Define(66, (0, ResourceType.String, false), (1, ResourceType.String, false), (2, ResourceType.ObjectLink, false)),
    ]);

    public static ContentContext Context { get; } = new(Models, Now);

    public static ObjectModel Define(ushort id, params (ushort Id, ResourceType Type, bool IsMultiple)[] resources) => new(
        id,
        ObjectVersion.Default,
        ObjectVersion.Default,
        $"Object {id}",
        isMultiple: true,
        isMandatory: false,
        resources.Select(r => new ResourceModel(r.Id, $"Resource {r.Id}", ResourceOperations.Read | ResourceOperations.Write, r.IsMultiple, false, r.Type, "", "")));

    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string[] Decode(ContentFormat format, string path, byte[] payload, ContentContext? context = null)
    {
        List<ResourceEntry> entries = [];
        Assert.True(Lwm2mContent.TryDecode(format, payload, Lwm2mPath.Parse(path), context ?? Context, entries, out string? reason), reason);
        return [.. entries.Select(Describe)];
    }

    public static string Refuse(ContentFormat format, string path, byte[] payload, ContentContext? context = null)
    {
        ResourceEntry before = new(new Lwm2mPath(9, 9, 9), 9);
        List<ResourceEntry> entries = [before];
        bool isDecoded = Lwm2mContent.TryDecode(format, payload, Lwm2mPath.Parse(path), context ?? Context, entries, out string? reason);
        Assert.False(isDecoded, string.Join(", ", entries));
        Assert.Equal([before], entries);
        Assert.False(string.IsNullOrWhiteSpace(reason));
        return reason;
    }

    public static byte[] Encode(ContentFormat format, string path, params string[] entries) =>
        Encode(format, path, [.. entries.Select(Parse)], Context);

    public static byte[] Encode(ContentFormat format, string path, ResourceEntry[] entries, ContentContext context)
    {
        ArrayBufferWriter<byte> output = new();
        Assert.True(Lwm2mContent.TryEncode(format, Lwm2mPath.Parse(path), entries, context, output, out string? reason), reason);
        return output.WrittenSpan.ToArray();
    }

    public static string RefuseToEncode(ContentFormat format, string path, params string[] entries)
    {
        bool isEncoded = Lwm2mContent.TryEncode(
            format,
            Lwm2mPath.Parse(path),
            [.. entries.Select(Parse)],
            Context,
            new ArrayBufferWriter<byte>(),
            out string? reason);
        Assert.False(isEncoded);
        return reason!;
    }

    public static string EncodeText(ContentFormat format, string path, params string[] entries) => Encoding.UTF8.GetString(Encode(format, path, entries));

    public static string Describe(ResourceEntry entry)
    {
        string value = entry.Value switch
        {
            { IsNone: true } => "-",
            { IsNull: true } => "null",
            { Type: ResourceType.Opaque } opaque => $"Opaque {Convert.ToHexStringLower(opaque.AsOpaque().Span)}",
            { Type: ResourceType.Boolean } boolean => $"Boolean {(boolean.AsBoolean() ? "true" : "false")}",
            { Type: ResourceType.Float } number => $"Float {number.AsFloat().ToString("R", CultureInfo.InvariantCulture)}",
            { Type: ResourceType.Time } time => $"Time {time.AsTimeSeconds().ToString("R", CultureInfo.InvariantCulture)}",
            var other => $"{other.Type} {other}",
        };
        string time2 = entry.Timestamp is double at ? " @" + at.ToString("R", CultureInfo.InvariantCulture) : "";
        return $"{entry.Path} {value}{time2}";
    }

    public static ResourceEntry Parse(string text)
    {
        double? timestamp = null;
        int at = text.LastIndexOf(" @", StringComparison.Ordinal);
        if (at > 0)
        {
            timestamp = double.Parse(text[(at + 2)..], CultureInfo.InvariantCulture);
            text = text[..at];
        }

        string[] parts = text.Split(' ', 3);
        Lwm2mPath path = Lwm2mPath.Parse(parts[0]);
        if (parts[1] == "-") return ResourceEntry.OfPath(path);
        if (parts[1] == "null") return new ResourceEntry(path, ResourceValue.Null, timestamp);
        string value = parts.Length == 3 ? parts[2] : "";
        return new ResourceEntry(path, ParseValue(Enum.Parse<ResourceType>(parts[1]), value), timestamp);
    }

    private static ResourceValue ParseValue(ResourceType type, string text) => type switch
    {
        ResourceType.String => ResourceValue.FromString(text),
        ResourceType.CoreLink => ResourceValue.FromCoreLink(text),
        ResourceType.Integer => ResourceValue.FromInteger(long.Parse(text, CultureInfo.InvariantCulture)),
        ResourceType.UnsignedInteger => ResourceValue.FromUnsigned(ulong.Parse(text, CultureInfo.InvariantCulture)),
        ResourceType.Float => ResourceValue.FromFloat(double.Parse(text, CultureInfo.InvariantCulture)),
        ResourceType.Boolean => ResourceValue.FromBoolean(bool.Parse(text)),
        ResourceType.Opaque => ResourceValue.FromOpaque(Convert.FromHexString(text)),
        ResourceType.Time => ResourceValue.FromTime(double.Parse(text, CultureInfo.InvariantCulture)),
        ResourceType.ObjectLink => ObjectLink.TryParse(text, out ObjectLink link) ? ResourceValue.FromObjectLink(link) : throw new FormatException(text),
        _ => throw new FormatException(text),
    };
}
