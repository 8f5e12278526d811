using System.ComponentModel;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>Members of a policy group, by their ids.</summary>
internal sealed record SubjectList
{
    [Description("Ids of users.")]
    public IReadOnlyList<string>? Users { get; init; }

    [Description("Ids of API keys.")]
    public IReadOnlyList<string>? Apikeys { get; init; }

    [Description("Ids of applications.")]
    public IReadOnlyList<string>? Applications { get; init; }
}
