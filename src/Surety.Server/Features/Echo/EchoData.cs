namespace Surety.Server.Features.Echo;

/// <summary>The echo of a device: what it has reported, and what is wanted of it. (connect, EchoDevice.)</summary>
internal sealed record EchoData
{
    /// <summary>Always <c>device-echo</c>.</summary>
    public string Object { get; init; } = "device-echo";

    /// <summary>The device's; the contract wants an id.</summary>
    public required EntityId Id { get; init; }

    public required EntityId DeviceId { get; init; }

    public required string EndpointName { get; init; }

    /// <summary>Sorted by path.</summary>
    public required IReadOnlyList<EchoResourceData> Resources { get; init; }

    public required DateTimeOffset? LastDesiredAt { get; init; }

    public required DateTimeOffset? LastReportedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The last change by an application through the echo, for <c>If-Match</c>. Reports do not change it.</summary>
    public required DateTimeOffset Etag { get; init; }
}
