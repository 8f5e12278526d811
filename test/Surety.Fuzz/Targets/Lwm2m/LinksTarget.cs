using System.Buffers;
using System.Text;
using Surety.Lwm2m;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>The object list of a Register (Core TS 1.2.2, 6.2.1; Transport TS, 6.4.1) and the answer to a Discover (6.3.2).</summary>
internal sealed class LinksTarget : FuzzTarget
{
    public override string Name => "lwm2m-links";

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "</3/0>", "</>", "</lwm2m>", "</lwm2m/3/0>", ";rt=\"oma.lwm2m\"", ";ct=110", ";ct=\"110 112\"", ";ver=1.1", ";ver=\"1.2\"", ";dim=3", ";pmin=5", ";gt=1e3", ";edge=1", ";ssid=5", ";uri=\"coaps://a\"", ",", "\"", "\\\"", "lwm2m=1.2" }.Select(Encoding.UTF8.GetBytes)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        bool isList = RegistrationLinks.TryParse(input, out RegistrationLinks? links, out string? reason);
        Assert.Equal((isList, isList), (links is not null, reason is null));
        features.AddText(0, reason ?? "");
        if (links is not null)
            CheckList(links, features);
        features.AddAmount(7, RegisteredLink.Read(input, links?.RootPath ?? "/lwm2m").Count);
        foreach (string alternatePath in new[] { "", "/lwm2m" })
        {
            bool isResult = DiscoverResult.TryParse(input, alternatePath, out DiscoverResult? result, out reason);
            Assert.Equal((isResult, isResult), (result is not null, reason is null));
            features.AddText(1, reason ?? "");
            if (result is not null)
                CheckResult(result, alternatePath, features);
        }
    }

    private static void CheckList(RegistrationLinks links, FeatureSet features)
    {
        Lwm2mPath previous = Lwm2mPath.Root;
        foreach (Lwm2mPath path in links.Paths)
        {
            Assert.True(path > previous && path.Level is 1 or 2 && links.Contains(path) && links.Contains(path.Truncate(1)));
            previous = path;
            _ = (links.AttributesOf(path), links.VersionOf(path.ObjectId), links.InstancesOf(path.ObjectId).Length);
        }

        features.AddAmount(2, links.Paths.Length);
        features.AddAmount(3, links.ContentFormats.Length);
        features.AddAmount(4, links.RootPath.Length);
    }

    private static void CheckResult(DiscoverResult result, string alternatePath, FeatureSet features)
    {
        features.AddAmount(5, result.Links.Count);
        foreach (DiscoveredLink link in result.Links)
            features.Add(6, (int)link.Attributes.Names | (link.Dimension is null ? 0 : 1 << 20) | (link.Version is null ? 0 : 1 << 21) | (link.ShortServerId is null ? 0 : 1 << 22));
        var output = new ArrayBufferWriter<byte>();
        result.Write(alternatePath, output);
        Assert.True(DiscoverResult.TryParse(output.WrittenSpan, alternatePath, out DiscoverResult? again, out string? reason), $"{Encoding.UTF8.GetString(output.WrittenSpan)}: {reason}");
        var twice = new ArrayBufferWriter<byte>();
        again.Write(alternatePath, twice);
        Assert.Equal(Encoding.UTF8.GetString(output.WrittenSpan), Encoding.UTF8.GetString(twice.WrittenSpan));
        Assert.Equal(result.Links.Select(l => (l.Path, l.Attributes, l.Dimension)), again.Links.Select(l => (l.Path, l.Attributes, l.Dimension)));
    }
}
