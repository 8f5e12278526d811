using Surety.Coap;

namespace Surety.Server.Features.Connect;

/// <summary>A value that a device has given, and until when it may be taken for the present one (RFC 7252, 5.6.1).</summary>
/// <param name="Payload">As the device sent it.</param>
/// <param name="Format">Its Content-Format; null when the device named none.</param>
/// <param name="ReceivedAt">When.</param>
/// <param name="MaxAge">How long it stays fresh; more than three days count as three days.</param>
internal sealed record CachedValue(ReadOnlyMemory<byte> Payload, ContentFormat? Format, DateTimeOffset ReceivedAt, TimeSpan MaxAge)
{
    // As Pelion has it.
    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(3);

    /// <summary>How long the value stays fresh.</summary>
    public TimeSpan MaxAge { get; } = MaxAge < LongestAge ? MaxAge : LongestAge;

    public bool IsFresh(DateTimeOffset now) => now - ReceivedAt < MaxAge;

    /// <summary>Whole seconds that the value stays fresh.</summary>
    public uint SecondsLeft(DateTimeOffset now) => (uint)Math.Max(0, (MaxAge - (now - ReceivedAt)).TotalSeconds);
}
