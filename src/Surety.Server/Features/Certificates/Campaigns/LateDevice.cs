namespace Surety.Server.Features.Certificates;

/// <summary>A device that will probably not have renewed before its certificate ends.</summary>
internal sealed record LateDevice
{
    public required EntityId DeviceId { get; init; }

    /// <summary>When its certificate ends.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>
    /// When it can be told, as far as one knows: its turn at the campaign's rate, or its next wake if it sleeps. null: nobody knows when it comes.
    /// </summary>
    public required DateTimeOffset? NextContact { get; init; }

    /// <summary>Seconds between two of its wakes as a rule, the median of the last eight; null: it was not seen to wake twice.</summary>
    public required long? WakeInterval { get; init; }

    /// <summary>The longest of the same, seconds.</summary>
    public required long? LongestWakeInterval { get; init; }

    /// <summary>For people.</summary>
    public required string Reason { get; init; }
}
