namespace Surety.Client;

/// <summary>A filter for devices that is kept under a name. (<c>/v3/device-queries</c>)</summary>
public sealed record DeviceQuery
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>A filter, <c>state=registered&amp;endpoint_type=meter</c>.</summary>
    public string? Query { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
