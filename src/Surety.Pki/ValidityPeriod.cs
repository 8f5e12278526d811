namespace Surety.Pki;

/// <summary>From when until when a certificate is valid (RFC 5280, 4.1.2.5), in whole seconds.</summary>
/// <param name="NotBefore">The first second.</param>
/// <param name="NotAfter">The last second.</param>
public readonly record struct ValidityPeriod(DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>How long before now certificates begin to be valid, so that a device whose clock is slow accepts its own at once.</summary>
    public static TimeSpan ClockTolerance { get; } = TimeSpan.FromHours(1);

    /// <summary>From a little before now, for <paramref name="lifetime"/>.</summary>
    public static ValidityPeriod FromNow(TimeProvider time, TimeSpan lifetime)
    {
        ArgumentNullException.ThrowIfNull(time);
        DateTimeOffset now = time.GetUtcNow();
        return new(now - ClockTolerance, now + lifetime);
    }

    /// <summary>
    /// From 1970 on. For what clients without a clock must accept - they start at second 0 of 1970 and know better only when they have
    /// spoken to a server: the certificates of servers, and of all authorities above them.
    /// </summary>
    public static ValidityPeriod FromEpoch(TimeProvider time, TimeSpan lifetime)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new(DateTimeOffset.UnixEpoch, time.GetUtcNow() + lifetime);
    }
}
