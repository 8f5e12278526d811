namespace Surety.Client;

/// <summary>What a device has reported, and what is wanted of it. (<c>/v3/devices/{id}/echo</c>)</summary>
public sealed record DeviceEcho
{
    /// <summary>The device.</summary>
    public string DeviceId { get; init; } = "";

    /// <summary>Its endpoint name.</summary>
    public string? EndpointName { get; init; }

    /// <summary>Sorted by path.</summary>
    public IReadOnlyList<EchoResource>? Resources { get; init; }

    /// <summary>When something was wanted last.</summary>
    public DateTimeOffset? LastDesiredAt { get; init; }

    /// <summary>When something was reported last.</summary>
    public DateTimeOffset? LastReportedAt { get; init; }

    /// <summary>When any of it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>For <c>If-Match</c>: changes with what applications want.</summary>
    public string? Etag { get; init; }
}
