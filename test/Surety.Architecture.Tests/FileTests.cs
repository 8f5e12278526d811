using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Surety.Architecture.Tests;

/// <summary>What every file is held to.</summary>
public sealed partial class FileTests
{
    private const int MaxLines = 400;

    private static readonly string[] Folders = ["src", "test", "bench", "samples"];

    [Fact]
    public void Files_are_short()
    {
        IEnumerable<string> tooLong = Sources().Where(file => Repository.Read(file).Count(c => c == '\n') > MaxLines);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        IEnumerable<string> unfinished = Sources()
            .Where(file => !file.EndsWith("FileTests.cs", StringComparison.Ordinal))
            .Where(file => Unfinished().IsMatch(Repository.Read(file)));
        Assert.Empty(unfinished);
    }

    [Fact]
    public void Every_log_message_has_an_id_of_its_own()
    {
        string[] ids = [.. Sources().Where(file => file.StartsWith("src", StringComparison.Ordinal)).SelectMany(file => LogMessage().Matches(Repository.Read(file))).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(ids);
        Assert.Empty(ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Program_is_only_the_way_in() => Assert.True(Repository.Read("src/Surety.Server/Program.cs").Count(c => c == '\n') < 40);

    [Fact]
    public void Every_package_is_explained()
    {
        string explained = Repository.Read("docs/dependencies.md");
        XDocument packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        string[] names = [.. packages.Descendants("PackageVersion").Select(p => p.Attribute("Include")!.Value)];
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(
            explained.Contains(name, StringComparison.Ordinal) || explained.Contains(Suffix(name), StringComparison.Ordinal), $"{name} has no line in docs/dependencies.md"));
    }

    [Fact]
    public void Links_in_the_documentation_lead_somewhere()
    {
        foreach (string file in Repository.Files(".", "*.md"))
        {
            string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, file))!;
            foreach (Match link in RelativeLink().Matches(Repository.Read(file)))
            {
                string target = Path.Combine(folder, link.Groups[1].Value);
                Assert.True(File.Exists(target) || Directory.Exists(target), $"{file} links to {link.Groups[1].Value}, which is not there");
            }
        }
    }

    private static IEnumerable<string> Sources() => Folders.SelectMany(folder => Repository.Files(folder, "*.cs"))
        .Where(file => !file.Contains("Migrations", StringComparison.Ordinal));

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId = )?(\d+)")]
    private static partial Regex LogMessage();

    /// <summary>The table names families of packages by their endings.</summary>
    private static string Suffix(string name) => name[(name.LastIndexOf('.') + 1)..];

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|\bSkip\s*=\s*""")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\]\((?!https?://|#|mailto:)([^)#\s]+)")]
    private static partial Regex RelativeLink();
}
