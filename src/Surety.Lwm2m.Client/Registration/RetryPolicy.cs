namespace Surety.Lwm2m.Client;

/// <summary>When a failed registration is tried again, for server accounts that do not say it themselves (resources 17 to 20 of the Server Object).</summary>
public sealed record RetryPolicy
{
    /// <summary>The delay before the first new attempt. Default 5 s; it doubles with each attempt.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest delay. Default 15 min.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The share of a delay that is left to chance, 0 to 1. Default 0.5: devices that lost their server at the same moment must not come back at
    /// the same moment.
    /// </summary>
    public double Jitter { get; init; } = 0.5;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(InitialDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, InitialDelay);
        ArgumentOutOfRangeException.ThrowIfNegative(Jitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Jitter, 1);
    }

    /// <summary>The delay before an attempt.</summary>
    /// <param name="attempt">1 for the first after a failure.</param>
    /// <param name="random">The chance.</param>
    public TimeSpan DelayBefore(int attempt, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double seconds = Math.Min(InitialDelay.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 30)), MaxDelay.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 - (Jitter * random.NextDouble())));
    }
}
