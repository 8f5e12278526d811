namespace Surety.Coap;

/// <summary>Milliseconds that never go back, from a <see cref="TimeProvider"/>.</summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public long Now => (long)time.GetElapsedTime(_start).TotalMilliseconds;
}
