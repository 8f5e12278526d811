using System.Collections.Concurrent;

namespace Surety.Server.Features.ApiKeys;

/// <summary>Callers that were used once, by the id of their key or session: kept in memory until they change, so that a request costs no query.</summary>
/// <param name="load">Reads one from the database; null when there is none that may call.</param>
internal sealed class KnownCallers<T>(Func<EntityId, CancellationToken, Task<T?>> load)
    where T : KnownCaller
{
    private readonly ConcurrentDictionary<EntityId, T> _known = [];
    private long _changes;

    /// <summary>The caller, if it is in memory.</summary>
    public T? Find(EntityId id) => _known.TryGetValue(id, out var known) ? known : null;

    /// <summary>The caller; null when there is none.</summary>
    public ValueTask<T?> GetAsync(EntityId id, CancellationToken cancellationToken) =>
        Find(id) is { } known ? new(known) : new(LoadAsync(id, cancellationToken));

    /// <summary>Reads a caller anew when it comes again.</summary>
    public void Forget(EntityId id)
    {
        Interlocked.Increment(ref _changes);
        _known.TryRemove(id, out _);
    }

    /// <summary>Reads those that match anew.</summary>
    public void Forget(Predicate<T> match)
    {
        Interlocked.Increment(ref _changes);
        foreach (var (id, known) in _known)
        {
            if (match(known))
                _known.TryRemove(id, out _);
        }
    }

    /// <summary>Reads all anew.</summary>
    public void ForgetAll()
    {
        Interlocked.Increment(ref _changes);
        _known.Clear();
    }

    /// <summary>Takes those that were used since the last call.</summary>
    public IReadOnlyList<(EntityId Id, DateTimeOffset LastUse)> TakeUses()
    {
        var uses = new List<(EntityId, DateTimeOffset)>();
        foreach (var (id, known) in _known)
        {
            if (known.TakeUse() is { } lastUse)
                uses.Add((id, lastUse));
        }

        return uses;
    }

    private async Task<T?> LoadAsync(EntityId id, CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        if (await load(id, cancellationToken) is not { } loaded)
            return null;
        _known[id] = loaded;
        // A change that was committed after the row was read has been told before or is told after this line; either way the row goes.
        if (Interlocked.Read(ref _changes) != changes)
            _known.TryRemove(id, out _);
        return loaded;
    }
}
