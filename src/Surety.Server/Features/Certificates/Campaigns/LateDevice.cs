namespace Surety.Server.Features.Certificates;

/// <summary>A device that will probably not have renewed before its certificate ends.</summary>
internal sealed record LateDevice
{
    public required EntityId DeviceId { get; init; }

    /// <summary>When its certificate ends.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>When it can be told at the earliest; null: it is not registered, and nobody knows when it will be.</summary>
    public required DateTimeOffset? NextContact { get; init; }

    /// <summary>For people.</summary>
    public required string Reason { get; init; }
}
