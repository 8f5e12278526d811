namespace Surety.Client;

/// <summary>What a device group is to be; a member that is null stays as it is.</summary>
public sealed record DeviceGroupUpdate
{
    /// <summary>The name; a new group needs one.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>At most ten attributes, in place of all that were there.</summary>
    public IReadOnlyDictionary<string, string?>? CustomAttributes { get; init; }
}
