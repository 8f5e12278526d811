using System.Reflection;
using System.Text.RegularExpressions;

namespace Surety.Conformance.Tests;

/// <summary>The table in README.md is what is tested, and nothing else.</summary>
public sealed partial class CoverageTests
{
    // ETS INT 1.2.1, 6.1 to 6.4: 14 cases of bootstrap, 11 of registration, 39 of device management, 13 of reporting.
    private static readonly int[] All =
    [
        .. Enumerable.Range(0, 13), 19,
        .. Enumerable.Range(101, 11),
        .. Enumerable.Range(201, 5), 210, 211, 212, 215, .. Enumerable.Range(220, 18), 241, 256, 257, 260, 261, 264, 266, 270, 271, 280, 281, 290,
        .. Enumerable.Range(301, 13),
    ];

    private readonly List<(int Id, string Tests)> _rows = [];

    public CoverageTests()
    {
        using Stream stream = typeof(CoverageTests).Assembly.GetManifestResourceStream("README.md")!;
        using var reader = new StreamReader(stream);
        foreach (Match row in Row().Matches(reader.ReadToEnd()))
            _rows.Add((int.Parse(row.Groups["id"].Value), row.Groups["tests"].Value));
    }

    private static IEnumerable<string> Methods => typeof(CoverageTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
        .Select(method => method.Name)
        .Where(name => Case().IsMatch(name));

    [Fact]
    public void Every_case_has_a_row_with_tests_or_a_reason()
    {
        Assert.Equal(All, _rows.Select(row => row.Id));
        Assert.All(_rows, row => Assert.NotEqual("", row.Tests.Trim()));
    }

    [Fact]
    public void Every_test_in_the_table_is_a_method_and_every_method_is_in_the_table() =>
        Assert.Equal(Methods.Order(StringComparer.Ordinal), _rows.SelectMany(row => TestsOf(row.Tests)).Order(StringComparer.Ordinal));

    [Fact]
    public void Tests_stand_in_the_row_of_their_case() =>
        Assert.All(_rows, row => Assert.All(TestsOf(row.Tests), name => Assert.Equal(row.Id, int.Parse(Case().Match(name).Groups["id"].Value))));

    private static IEnumerable<string> TestsOf(string cell) => Name().Matches(cell).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^\| (1\.[12]-int-)(?<id>\d+) \| [^|]+ \|(?<tests>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>Int[0-9]+_[A-Za-z0-9_]+)`")]
    private static partial Regex Name();

    [GeneratedRegex("^Int(?<id>[0-9]+)_")]
    private static partial Regex Case();
}
