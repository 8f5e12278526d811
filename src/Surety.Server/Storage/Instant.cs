namespace Surety.Server.Storage;

/// <summary>Instants as the store keeps them: UTC, in whole microseconds, which is what both databases hold exactly.</summary>
internal static class Instant
{
    private const long UnixEpochTicks = 621_355_968_000_000_000;

    /// <summary>The present, in whole microseconds, so that a value reads back from the store as it was written.</summary>
    public static DateTimeOffset GetInstant(this TimeProvider time) => FromMicroseconds(ToMicroseconds(time.GetUtcNow()));

    /// <summary>Microseconds since 1970-01-01T00:00:00Z; smaller fractions are cut.</summary>
    public static long ToMicroseconds(DateTimeOffset instant)
    {
        var (quotient, remainder) = Math.DivRem(instant.UtcTicks - UnixEpochTicks, TimeSpan.TicksPerMicrosecond);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The instant of <paramref name="microseconds"/> since 1970-01-01T00:00:00Z.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        new(UnixEpochTicks + (microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
