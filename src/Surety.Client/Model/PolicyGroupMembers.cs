namespace Surety.Client;

/// <summary>Members of a policy group, as they are on the wire.</summary>
internal sealed record PolicyGroupMembers
{
    public IReadOnlyList<string>? Users { get; init; }

    public IReadOnlyList<string>? Apikeys { get; init; }

    public IReadOnlyList<string>? Applications { get; init; }
}
