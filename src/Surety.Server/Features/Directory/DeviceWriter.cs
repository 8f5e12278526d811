namespace Surety.Server.Features.Directory;

/// <summary>
/// The hot path of the directory: finds, makes and updates device records in batches, each in one transaction, with prepared statements on
/// a connection of its own. For one thread at a time. It passes by the account filter: the account is part of what it is asked. A failure
/// of the database comes as <see cref="System.Data.Common.DbException"/>, and nothing of the batch is written.
/// </summary>
internal abstract class DeviceWriter(EntityIdGenerator ids, TimeProvider time) : IDisposable
{
    protected const string SelectRegistered = "SELECT id FROM devices WHERE state = 3";

    private const int ReconcileBatch = 1000;

    /// <summary>
    /// Finds the record of each device, and makes those that are missing in one transaction. Two entries of a batch may name the same
    /// device. A name that cannot be stored, or an account that does not exist, has no id in the result and does not fail the batch.
    /// </summary>
    /// <param name="batch">The devices.</param>
    /// <param name="resolved">Receives one entry for each; at least as long as <paramref name="batch"/>.</param>
    public void ResolveBatch(ReadOnlySpan<DeviceIdentity> batch, Span<ResolvedDevice> resolved)
    {
        resolved = resolved[..batch.Length];
        resolved.Clear();
        Find(batch, resolved);
        for (var i = 0; i < batch.Length; i++)
        {
            if (resolved[i].Id.IsNone && !batch[i].MustExist && DeviceIdentity.IsStorable(batch[i].EndpointName))
            {
                Insert(batch, resolved, time.GetUtcNow());
                return;
            }
        }
    }

    /// <summary>
    /// Writes the states of a batch in one transaction and touches only the records that change. Two entries may name the same device: they
    /// apply in order.
    /// </summary>
    /// <param name="batch">The states.</param>
    /// <param name="outcomes">Receives what became of each; at least as long as <paramref name="batch"/>.</param>
    public abstract void ApplyStates(ReadOnlySpan<DeviceStateChange> batch, Span<DeviceStateOutcome> outcomes);

    /// <summary>
    /// After a restart: the devices that the directory has as registered and that have no registration any more.
    /// </summary>
    /// <param name="registered">The devices that do have a registration.</param>
    public IReadOnlyList<EntityId> FindLost(IReadOnlySet<EntityId> registered) => [.. ReadRegistered().Where(id => !registered.Contains(id))];

    /// <summary>Sets devices to <see cref="DeviceState.Deregistered"/>.</summary>
    public void SetDeregistered(IReadOnlyList<EntityId> lost)
    {
        var now = time.GetUtcNow();
        var changes = new DeviceStateChange[Math.Min(lost.Count, ReconcileBatch)];
        var outcomes = new DeviceStateOutcome[changes.Length];
        for (var start = 0; start < lost.Count; start += ReconcileBatch)
        {
            var count = Math.Min(ReconcileBatch, lost.Count - start);
            for (var i = 0; i < count; i++)
                changes[i] = new DeviceStateChange(lost[start + i], DeviceState.Deregistered, now);
            ApplyStates(changes.AsSpan(0, count), outcomes);
        }
    }

    public abstract void Dispose();

    /// <summary>Fills in the records that are there.</summary>
    protected abstract void Find(ReadOnlySpan<DeviceIdentity> batch, Span<ResolvedDevice> resolved);

    /// <summary>Makes the records of the entries that have no id yet and whose name is storable, in one transaction.</summary>
    protected abstract void Insert(ReadOnlySpan<DeviceIdentity> batch, Span<ResolvedDevice> resolved, DateTimeOffset now);

    /// <summary>The devices that the directory has as registered, in every account.</summary>
    protected abstract IReadOnlyList<EntityId> ReadRegistered();

    protected EntityId NextId() => ids.Next();
}
