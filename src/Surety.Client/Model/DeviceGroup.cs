namespace Surety.Client;

/// <summary>A group of devices. (<c>/v3/device-groups</c>)</summary>
public sealed record DeviceGroup
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The account's own attributes.</summary>
    public IReadOnlyDictionary<string, string>? CustomAttributes { get; init; }

    /// <summary>How many devices are in it.</summary>
    public int DevicesCount { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it, or who is in it, changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
