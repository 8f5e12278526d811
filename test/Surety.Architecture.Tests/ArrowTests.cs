namespace Surety.Architecture.Tests;

/// <summary>Projects reference downwards only: the table in ARCHITECTURE.md.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Surety.Dtls"] = [],
        ["Surety.Coap"] = ["Surety.Dtls"],
        ["Surety.Cose"] = [],
        ["Surety.Lwm2m"] = ["Surety.Coap"],
        ["Surety.Lwm2m.Server"] = ["Surety.Lwm2m"],
        ["Surety.Lwm2m.Client"] = ["Surety.Lwm2m"],
        ["Surety.Pki"] = [],
        ["Surety.Access"] = ["Surety.Cose"],
        ["Surety.Update"] = ["Surety.Cose"],
        ["Surety.Server"] = ["Surety.Lwm2m.Server", "Surety.Pki", "Surety.Access", "Surety.Update", "Surety.Simulator"],
        ["Surety.Device"] = ["Surety.Lwm2m.Client", "Surety.Pki", "Surety.Update", "Surety.Access", "Surety.Device.Generators"],
        ["Surety.Device.Generators"] = [],
        ["Surety.Simulator"] = ["Surety.Device"],
        ["Surety.Client"] = [],
        ["Surety.Cli"] = ["Surety.Client", "Surety.Access", "Surety.Simulator", "Surety.Pki"],
    };

    public static TheoryData<string> SourceProjects => [.. Repository.Projects("src").Select(project => Path.GetRelativePath(Repository.Root, project))];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void A_project_references_only_what_it_may(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Allowed.TryGetValue(name, out string[]? allowed), $"{name} is not in the table of ARCHITECTURE.md; decide what it may reference.");
        Assert.Empty(Repository.References(Path.Combine(Repository.Root, project)).Except(allowed!));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = Repository.Read("Surety.slnx");
        string[] projects = [.. new[] { "src", "test", "bench", "samples" }.SelectMany(Repository.Projects)];
        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Contains(Path.GetRelativePath(Repository.Root, project).Replace('\\', '/'), solution, StringComparison.Ordinal));
    }

    [Fact]
    public void The_LwM2M_projects_do_not_name_DTLS()
    {
        foreach (string file in Repository.Files("src", "*.cs").Where(f => f.Contains("Surety.Lwm2m", StringComparison.Ordinal)))
            Assert.DoesNotContain("Surety.Dtls", Repository.Read(file), StringComparison.Ordinal);
    }

    /// <summary>README's first command and its <c>cat data/admin.key</c> speak of the same directory.</summary>
    [Fact]
    public void The_server_runs_where_it_is_called() => Assert.Contains(
        "<EnableDefaultRunWorkingDirectory>false<", Repository.Read("src/Surety.Server/Surety.Server.csproj"), StringComparison.Ordinal);
}
