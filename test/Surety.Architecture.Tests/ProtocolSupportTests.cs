using System.Text.RegularExpressions;

namespace Surety.Architecture.Tests;

/// <summary>What <c>docs/protocol-support.md</c> claims has a status and a test that exists.</summary>
public sealed partial class ProtocolSupportTests
{
    private const string Document = "docs/protocol-support.md";

    private static readonly string[] Statuses = ["yes", "partly", "no", "not yet", "not planned"];

    private static readonly Dictionary<string, (string File, string Text)[]> Projects = [];

    public static TheoryData<string> Rows => [.. ReadRows().Select(row => string.Join(" | ", row))];

    [Fact]
    public void The_document_has_rows() => Assert.True(ReadRows().Count() > 100);

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_has_a_status_and_tests_that_exist(string row)
    {
        string[] cells = row.Split(" | ");
        Assert.Equal(4, cells.Length);
        string status = cells[2];
        string word = status.Split(':')[0];
        Assert.True(Statuses.Contains(word), $"'{word}' is no status: {string.Join(", ", Statuses)}");
        // What is missing, or why.
        Assert.True(word is "yes" or "not yet" or "not planned" || status.Contains(": ", StringComparison.Ordinal), $"'{status}' says no more.");
        string[] evidence = [.. Code().Matches(cells[3]).Select(match => match.Groups[1].Value)];
        Assert.True(evidence.Length > 0 || word is not ("yes" or "partly"), "There is no test.");
        Assert.Empty(Code().Replace(cells[3], "").Trim(' ', ','));
        Assert.All(evidence, AssertExists);
    }

    [Theory]
    [InlineData("Coap.NoSuchTests")]
    [InlineData("Coap.CodeTests.No_such_method")]
    [InlineData("NoSuchProject.CodeTests")]
    [InlineData("CodeTests")]
    public void What_does_not_exist_is_noticed(string evidence) => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertExists(evidence));

    private static void AssertExists(string evidence)
    {
        Match name = Evidence().Match(evidence);
        Assert.True(name.Success, $"'{evidence}' is no Project.Class or Project.Class.Method.");
        string @class = name.Groups["class"].Value, method = name.Groups["method"].Value;
        string[] files = [.. Read(name.Groups["project"].Value).Where(file => Regex.IsMatch(file.Text, $@"\bclass {@class}\b")).Select(file => file.Text)];
        Assert.True(files.Length > 0, $"There is no test class {evidence}.");
        Assert.True(
            method.Length == 0 || files.Any(text => Regex.IsMatch(text, $@"\bpublic (static )?(async )?(void|Task|ValueTask) {method}\(")),
            $"There is no test {evidence}.");
    }

    private static (string File, string Text)[] Read(string project)
    {
        lock (Projects)
        {
            if (Projects.TryGetValue(project, out (string, string)[]? files))
                return files;
            string? folder = new[] { $"test/Surety.{project}.Tests", $"test/Surety.{project}" }.FirstOrDefault(f => Directory.Exists(Path.Combine(Repository.Root, f)));
            Assert.True(folder is not null, $"There is no project test/Surety.{project}.Tests.");
            return Projects[project] = [.. Repository.Files(folder, "*.cs").Select(file => (file, Repository.Read(file)))];
        }
    }

    private static IEnumerable<string[]> ReadRows() => Repository.Read(Document).Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| clause ", StringComparison.Ordinal))
        .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(?<project>[A-Z]\w*(?:\.[A-Z][a-z]\w*)*?)\.(?<class>\w+Tests)(?:\.(?<method>\w+))?$")]
    private static partial Regex Evidence();
}
