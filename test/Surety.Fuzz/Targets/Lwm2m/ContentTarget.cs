using System.Buffers;
using Surety.Coap;
using Surety.Lwm2m;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>
/// A content format: bytes are decoded, or refused with a reason and no trace; what was decoded can be encoded, and decodes to the same.
/// The first two bytes of an input say how the rest is to be understood: path, definitions, operation, format.
/// </summary>
internal abstract class ContentTarget : FuzzTarget
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    // 3442 is OMA's test object: every type, single and multiple.
    private static readonly Lwm2mPath[] Paths =
        [.. new[] { "/", "/3", "/3/0", "/3/0/9", "/3/0/6", "/3/0/6/1", "/3442", "/3442/0", "/3442/0/110", "/3442/0/120", "/3442/0/130", "/3442/0/140", "/3442/0/150", "/3442/0/160", "/3442/0/170", "/9999/1" }.Select(p => Lwm2mPath.Parse(p))];

    /// <summary>The formats of this target, by number.</summary>
    protected abstract IReadOnlyList<ushort> Formats { get; }

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        int how = ScriptInput.Take(ref input);
        int context = ScriptInput.Take(ref input);
        var format = new ContentFormat(Formats[(how >> 6) % Formats.Count]);
        Lwm2mPath path = Paths[how & 15];
        var with = new ContentContext((context & 1) != 0 ? null : ObjectModelRegistry.Default, Now)
        {
            KeepMistyped = (context & 2) != 0,
            AllowsOtherObjects = (context & 4) != 0,
            AlternatePath = (context & 8) != 0 ? "/lwm2m" : "",
        };
        long before = GC.GetAllocatedBytesForCurrentThread();
        switch (how >> 4 & 3)
        {
            case 3:
                DecodePaths(format, input, with, features);
                break;
            case 2:
                DecodeCreate(format, input, with with { AllowsOtherObjects = false }, features);
                break;
            default:
                Decode(format, input, path, with, features);
                break;
        }

        // Both ways, and the names of what is compared: nothing here grows faster than its input.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000 + (3_000L * input.Length));
    }

    private static void Decode(ContentFormat format, ReadOnlySpan<byte> payload, Lwm2mPath path, in ContentContext context, FeatureSet features)
    {
        ResourceEntry sentinel = new(new Lwm2mPath(9, 9, 9), 9);
        List<ResourceEntry> entries = [sentinel];
        bool isDecoded = Lwm2mContent.TryDecode(format, payload, path, context, entries, out string? reason);
        Assert.Equal(isDecoded, reason is null);
        Assert.Equal(sentinel, entries[0]);
        entries.RemoveAt(0);
        if (!isDecoded)
        {
            Assert.Empty(entries);
            features.AddText(0, reason);
            return;
        }

        features.AddAmount(1, entries.Count);
        foreach (ResourceEntry entry in entries)
        {
            Assert.True(context.AllowsOtherObjects || entry.Path.StartsWith(path), $"{entry.Path} is not below {path}");
            features.Add(2, ((int)entry.Value.Type << 8) | (entry.Path.Level << 4) | (entry.Timestamp is null ? 0 : 1) | (entry.Value.IsNull ? 2 : 0));
            _ = entry.ToString();
        }

        if (!context.AllowsOtherObjects)
            CheckEncoding(format, path, entries, context, features);
    }

    private static void CheckEncoding(ContentFormat format, Lwm2mPath path, List<ResourceEntry> entries, in ContentContext context, FeatureSet features)
    {
        var output = new ArrayBufferWriter<byte>();
        if (!Lwm2mContent.TryEncode(format, path, entries.ToArray(), context, output, out string? reason))
        {
            // What a format can say in more than one way need not be said again: an empty body, say, for an empty list.
            Assert.True(entries.Count == 0 || !Lwm2mContent.HoldsMany(format), $"{string.Join(' ', entries)}: {reason}");
            features.AddText(3, reason);
            return;
        }

        // Tens of thousands of years beside the present leave nothing of a second.
        if (entries.Exists(e => Math.Abs(e.Timestamp ?? 0) > 1e12))
            return;
        List<ResourceEntry> again = [];
        Assert.True(Lwm2mContent.TryDecode(format, output.WrittenSpan, path, context, again, out reason), $"{string.Join(' ', entries)} as {Convert.ToHexString(output.WrittenSpan)}: {reason}");
        Assert.Equal(Describe(format, entries, context), Describe(format, again, context));
        // Types that the encoding alone tells, and times that are told relative to the present, may be told in another way next time.
        foreach (ResourceEntry entry in entries)
        {
            if (!IsTyped(context, entry.Path) || entry.Timestamp is < 1 << 28)
                return;
        }

        var twice = new ArrayBufferWriter<byte>();
        Assert.True(Lwm2mContent.TryEncode(format, path, again.ToArray(), context, twice, out reason), reason);
        Assert.Equal(output.WrittenSpan.ToArray(), twice.WrittenSpan.ToArray());
    }

    /// <summary>TLV and LwM2M CBOR are trees: the order of a list is not kept. SenML cannot tell that something is there and empty.</summary>
    private static List<string> Describe(ContentFormat format, List<ResourceEntry> entries, in ContentContext context)
    {
        bool isTree = format == ContentFormat.Lwm2mTlv || format == ContentFormat.Lwm2mCbor;
        IEnumerable<ResourceEntry> kept = isTree ? entries.OrderBy(e => e.Path) : entries.Where(e => !e.Value.IsNone);
        // What is told relative to the present loses what a double cannot hold.
        static double? Second(ResourceEntry e) => e.Timestamp is { } time ? Math.Round(time, 3) : null;

        List<string> described = [];
        foreach (ResourceEntry e in kept)
        {
            // Without a definition that counts, 1.0 and 1 are the same number of JSON, and a time is but a number.
            string value = !IsTyped(context, e.Path) && e.Value.TryGetNumber(out double number) ? $"{number:R}" : $"{e.Value.Type} {e.Value}";
            described.Add($"{e.Path}={value} @{Second(e)}");
        }

        return described;
    }

    private static bool IsTyped(in ContentContext context, Lwm2mPath path) => !context.KeepMistyped && context.FindResource(path) is { Type: not ResourceType.None };

    private static void DecodeCreate(ContentFormat format, ReadOnlySpan<byte> payload, in ContentContext context, FeatureSet features)
    {
        List<ResourceEntry> entries = [];
        bool isDecoded = Lwm2mContent.TryDecodeCreate(format, payload, 3442, context, entries, out bool isUnnamed, out string? reason);
        Assert.Equal(isDecoded, reason is null);
        if (!isDecoded)
        {
            Assert.Empty(entries);
            features.AddText(4, reason);
            return;
        }

        Assert.All(entries, e => Assert.True(e.Path.Level >= 2 && e.Path.ObjectId == 3442 && (!isUnnamed || e.Path.InstanceId == 0)));
        features.Add(5, isUnnamed ? 1 : 0);
        features.AddAmount(6, entries.Count);
    }

    private static void DecodePaths(ContentFormat format, ReadOnlySpan<byte> payload, in ContentContext context, FeatureSet features)
    {
        List<Lwm2mPath> paths = [];
        bool isDecoded = Lwm2mContent.TryDecodePaths(format, payload, context, paths, out string? reason);
        Assert.Equal(isDecoded, reason is null);
        Assert.Equal(isDecoded, paths.Count > 0);
        features.AddText(7, reason ?? "");
        features.AddAmount(8, paths.Count);
        if (!isDecoded)
            return;
        var output = new ArrayBufferWriter<byte>();
        Assert.True(Lwm2mContent.TryEncodePaths(format, paths.ToArray(), context, output, out reason), reason);
        List<Lwm2mPath> again = [];
        Assert.True(Lwm2mContent.TryDecodePaths(format, output.WrittenSpan, context, again, out reason), reason);
        Assert.Equal(paths, again);
    }
}
