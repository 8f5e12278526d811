using System.Collections.Concurrent;
using System.Data.Common;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Directory;

namespace Surety.Server.Features.Connect;

/// <summary>
/// The one writer of what devices do to the directory: looks up who registers, and writes states, in batches. What devices do is
/// acknowledged from the log of registrations; the directory follows, and is put right after a restart.
/// </summary>
internal sealed partial class DirectoryIntake(DeviceDirectory directory, TimeProvider time, ILogger<DirectoryIntake> log) : IDisposable
{
    private const int MaxBatch = 1000;

    // States wait this long for others, so that a fleet that comes back is written in few transactions.
    private static readonly TimeSpan StateDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FailureDelay = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<Lookup> _lookups = new();
    private readonly ConcurrentQueue<DeviceStateChange> _states = new();
    private readonly List<DeviceStateChange> _batch = [];
    private readonly HashSet<EntityId> _made = [];
    private readonly AutoResetEvent _signal = new(false);
    private Thread? _thread;
    private volatile bool _isStopping;
    private bool _isDisposed;

    /// <summary>A device that has a registration was not found in the directory: it was deleted meanwhile.</summary>
    public event Action<EntityId>? Missing;

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "directory intake" };
        _thread.Start();
    }

    private bool HasStates => _batch.Count > 0 || !_states.IsEmpty;

    /// <summary>Finds or makes the device.</summary>
    public ValueTask<DeviceResolution> ResolveAsync(in DeviceIdentity identity)
    {
        var lookup = new Lookup(identity);
        var wasIdle = _lookups.IsEmpty;
        _lookups.Enqueue(lookup);
        if (wasIdle)
            _signal.Set();
        return new(lookup.Completion.Task);
    }

    /// <summary>The device's state is to be written.</summary>
    public void Write(EntityId device, DeviceState state, string? endpointType = null)
    {
        var wasIdle = _states.IsEmpty;
        _states.Enqueue(new DeviceStateChange(device, state, time.GetUtcNow(), endpointType));
        if (wasIdle)
            _signal.Set();
    }

    /// <summary>Writes what is left.</summary>
    public void Dispose()
    {
        // The gateway ends it when the host stops, and the container disposes of it again.
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        _isStopping = true;
        _signal.Set();
        _thread?.Join();
        _signal.Dispose();
    }

    private void Run()
    {
        DeviceWriter? writer = null;
        try
        {
            while (!_isStopping || HasStates || !_lookups.IsEmpty)
            {
                Wait();
                try
                {
                    writer ??= directory.OpenWriter();
                    WriteBatches(writer);
                }
                catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
                {
                    LogFailed(e);
                    writer?.Dispose();
                    writer = null;
                    if (_isStopping)
                        return;
                    _signal.WaitOne(FailureDelay);
                }
            }
        }
        finally
        {
            writer?.Dispose();
            while (_lookups.TryDequeue(out var lookup))
                lookup.Completion.TrySetCanceled();
        }
    }

    private void Wait()
    {
        if (!_lookups.IsEmpty || _states.Count >= MaxBatch || _isStopping)
            return;
        _signal.WaitOne(HasStates ? StateDelay : Timeout.InfiniteTimeSpan);
        // Where one device registers, others are about to: on a busy core this lets them come into the same transaction.
        Thread.Yield();
    }

    private void WriteBatches(DeviceWriter writer)
    {
        while (!_lookups.IsEmpty)
            Resolve(writer);
        while (HasStates)
        {
            Apply(writer);
            if (!_lookups.IsEmpty)
                return;
        }
    }

    private void Resolve(DeviceWriter writer)
    {
        var batch = new List<Lookup>();
        while (batch.Count < MaxBatch && _lookups.TryDequeue(out var lookup))
            batch.Add(lookup);
        var identities = batch.ConvertAll(l => l.Identity).ToArray();
        var resolved = new ResolvedDevice[identities.Length];
        try
        {
            writer.ResolveBatch(identities, resolved);
        }
        catch (Exception e)
        {
            // The devices are told to try again.
            foreach (var lookup in batch)
                lookup.Completion.TrySetException(e);
            throw;
        }

        for (var i = 0; i < resolved.Length; i++)
        {
            if (resolved[i].IsNew)
                _made.Add(resolved[i].Id);
            batch[i].Completion.TrySetResult(ToResolution(resolved[i]));
        }
    }

    private static DeviceResolution ToResolution(ResolvedDevice device) => device switch
    {
        { Id.IsNone: true } => DeviceResolution.Refuse(CoapCode.BadRequest, "the endpoint name cannot be stored"),
        { IsBlocked: true } => DeviceResolution.Refuse(CoapCode.Forbidden, "the device is suspended"),
        _ => DeviceResolution.Accept(device.Id.ToDeviceId()),
    };

    private void Apply(DeviceWriter writer)
    {
        // A batch that failed is tried again before anything that came later.
        while (_batch.Count < MaxBatch && _states.TryDequeue(out var change))
        {
            // A record that was made as registered need not be told so.
            if (!_made.Remove(change.DeviceId) || change.State != DeviceState.Registered)
                _batch.Add(change);
        }

        var outcomes = new DeviceStateOutcome[_batch.Count];
        writer.ApplyStates(_batch.ToArray(), outcomes);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] == DeviceStateOutcome.Missing)
                Missing?.Invoke(_batch[i].DeviceId);
        }

        _batch.Clear();
    }

    [LoggerMessage(1401, LogLevel.Error, "The directory cannot be written; it is tried again")]
    private partial void LogFailed(Exception exception);

    private sealed class Lookup(DeviceIdentity identity)
    {
        public DeviceIdentity Identity => identity;

        /// <summary>What waits for it runs on this thread: a registration is made and its answer posted, which is quick.</summary>
        public TaskCompletionSource<DeviceResolution> Completion { get; } = new();
    }
}
