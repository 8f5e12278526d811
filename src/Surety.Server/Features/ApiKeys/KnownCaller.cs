using Surety.Server.Storage;

namespace Surety.Server.Features.ApiKeys;

/// <summary>A caller that was read from the database, and when it last made a request.</summary>
/// <param name="caller">Who it is.</param>
/// <param name="lastUse">The last use that is stored; null when the row does not say.</param>
internal class KnownCaller(Caller caller, DateTimeOffset? lastUse)
{
    private long _lastUse = lastUse?.UtcTicks ?? 0;
    private long _taken = lastUse?.UtcTicks ?? 0;

    public Caller Caller { get; } = caller;

    public DateTimeOffset? LastUse => Interlocked.Read(ref _lastUse) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public void Use(DateTimeOffset now) => Interlocked.Exchange(ref _lastUse, now.UtcTicks);

    /// <summary>The last use, when it was not taken before; as the database can store it.</summary>
    public DateTimeOffset? TakeUse()
    {
        var last = Interlocked.Read(ref _lastUse);
        return Interlocked.Exchange(ref _taken, last) == last ? null : Instant.FromMicroseconds(Instant.ToMicroseconds(new DateTimeOffset(last, TimeSpan.Zero)));
    }
}
