using System.Text;
using Surety.Lwm2m;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>Paths, object links and versions: what is accepted is written as it was, or, for versions, as the same.</summary>
internal sealed class PathTarget : FuzzTarget
{
    public override string Name => "lwm2m-path";

    public override int MaxLength => 100;

    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { "/", "65535", "65534", "65536", "0", "00", ":", "1.0", "." }.Select(Encoding.UTF8.GetBytes)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        string text = Encoding.Latin1.GetString(input);
        bool isPath = Lwm2mPath.TryParse(input, out Lwm2mPath path);
        Assert.Equal((isPath, path), (Lwm2mPath.TryParse(text, out Lwm2mPath same), same));
        if (isPath)
        {
            Assert.Equal(text, path.ToString());
            Assert.Equal(path, Lwm2mPath.Parse(path.ToString()));
            Assert.True(path.StartsWith(path.Parent) && path.Parent.Contains(path) && path.CompareTo(path.Parent) >= 0);
            features.Add(0, path.Level);
        }

        bool isLink = ObjectLink.TryParse(input, out ObjectLink link);
        Assert.Equal((isLink, link), (ObjectLink.TryParse(text, out ObjectLink sameLink), sameLink));
        if (isLink)
            Assert.Equal(text, link.ToString());
        bool isVersion = ObjectVersion.TryParse(input, out ObjectVersion version);
        Assert.Equal((isVersion, version), (ObjectVersion.TryParse(text, out ObjectVersion sameVersion), sameVersion));
        if (isVersion)
            Assert.True(ObjectVersion.TryParse(version.ToString(), out sameVersion) && sameVersion == version);
        features.Add(1, (isLink ? 1 : 0) | (isVersion ? 2 : 0));
        features.AddAmount(2, text.Count(c => c == '/'));
    }
}
