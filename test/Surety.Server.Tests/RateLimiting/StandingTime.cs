namespace Surety.Server.Tests.RateLimiting;

/// <summary>A clock that a test puts forward; timers run as ever.</summary>
internal sealed class StandingTime : TimeProvider
{
    private long _now = System.GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    public void PutForward(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);
}
