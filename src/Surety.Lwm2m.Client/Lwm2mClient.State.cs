using Microsoft.Extensions.Logging;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

public sealed partial class Lwm2mClient
{
    // Changes come in groups.
    private const long SaveDelay = 1000;

    private readonly Lock _saveLock = new();
    private readonly ITimer _timer;
    private long _timerDue = long.MaxValue;
    private long _saveDue = long.MaxValue;
    private bool _isStopped;

    /// <summary>The timer must fire at this time or before; milliseconds. Under the lock.</summary>
    internal void ScheduleAt(long at)
    {
        if (at >= _timerDue || _stopping.IsCancellationRequested)
            return;
        _timerDue = at;
        // Rounded up: a timer that fires early would find nothing to do.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(at - Now, 0, uint.MaxValue - 2)), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something that is saved has changed. Under the lock.</summary>
    internal void OnStateToSave()
    {
        if (Options.StateStore is null || _saveDue != long.MaxValue || _isStopped || !_isStarted)
            return;
        _saveDue = Now + SaveDelay;
        ScheduleAt(_saveDue);
    }

    private void OnTimer()
    {
        bool mustSave;
        using (Objects.Gate.EnterScope())
        {
            _timerDue = long.MaxValue;
            long now = Now;
            foreach (ServerSession session in _sessions)
                session.OnTimer(now);
            Bootstrap.OnTimer(now);
            PurgeBootstrapAccountIfDue(now);
            mustSave = _saveDue <= now;
            long next = Math.Min(mustSave ? long.MaxValue : _saveDue, Math.Min(Bootstrap.NextDue, _purgeDue));
            foreach (ServerSession session in _sessions)
                next = Math.Min(next, session.NextDue);
            ScheduleAt(next);
        }

        if (mustSave)
            SaveNow();
    }

    private void LoadState()
    {
        if (Options.StateStore?.Load() is not { } bytes)
            return;
        if (!ClientState.TryRead(bytes, out ClientState? state))
        {
            LogStateUnusable();
            return;
        }

        if (state.Configuration is { } configuration)
            RestoreConfiguration(configuration);
        RestoreObjects(state);
        foreach (ServerState saved in state.Servers)
        {
            if (Array.Find(_sessions, session => session.Server.ShortServerId == saved.ShortServerId && session.Uri.ToString() == saved.Uri) is { } session)
                session.Restore(saved);
        }
    }

    private void SaveNow()
    {
        if (Options.StateStore is not { } store || !_isStarted)
            return;
        // Two savers must not overtake each other.
        using Lock.Scope saving = _saveLock.EnterScope();
        byte[] bytes;
        using (Objects.Gate.EnterScope())
        {
            _saveDue = long.MaxValue;
            bytes = new ClientState([.. _sessions.Select(session => session.Save())], [.. SaveObjects(null)], _configuration).Write();
        }

        try
        {
            store.Save(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogSaveFailed(e);
        }
    }

    /// <summary>The persistent Objects.</summary>
    /// <param name="draft">What a bootstrap is about to put in force counts in place of what is there; the Server Object is then part of the configuration.</param>
    private IEnumerable<ObjectState> SaveObjects(BootstrapDraft? draft)
    {
        foreach (Lwm2mObject item in Objects.All.Where(item => item.IsPersistent && (draft is null || item.Id != CoreObjects.Server)))
        {
            var entries = new List<ResourceEntry>();
            ushort[] ids = [.. draft is null ? item.Instances.Select(instance => instance.Id) : draft.IdsOf(item)];
            if (draft is not null && draft.Touched.Contains(item.Id))
                entries.AddRange(draft.InstancesOf(item.Id).SelectMany(instance => instance.Entries));
            else
            {
                foreach (ObjectInstance instance in item.Instances)
                    instance.ReadInto(instance.Path, entries);
            }

            entries.RemoveAll(entry => entry.Value.IsNone || item.Model.Find(entry.Path.ResourceId) is not { IsWritable: true });
            yield return new ObjectState(item.Id, ids, entries);
        }
    }

    private void RestoreObjects(ClientState state)
    {
        foreach (ObjectState saved in state.Objects)
        {
            if (Objects.Find(saved.Id) is not { IsPersistent: true } item)
                continue;
            foreach (ObjectInstance instance in item.AllowsDelete ? item.Instances : [])
            {
                if (!saved.Instances.Contains(instance.Id))
                    item.Remove(instance.Id);
            }

            foreach (ushort id in saved.Instances)
                RestoreInstance(state, item, id, saved.Values.Where(entry => entry.Path.StartsWith(new Lwm2mPath(saved.Id, id))).ToList());
        }
    }

    private static void RestoreInstance(ClientState state, Lwm2mObject item, ushort id, List<ResourceEntry> values)
    {
        ObjectInstance? instance = item.Find(id);
        // The settings of an account that has meanwhile become another server's.
        if (instance is ServerInstance server && !state.Servers.Any(saved => saved.ShortServerId == server.ShortServerId && saved.Uri == server.Session?.Uri.ToString()))
            return;
        if (instance is null && !item.AllowsCreate)
            return;
        ObjectInstance target = instance ?? item.OnCreate(id);
        WriteKind kind = instance is null ? WriteKind.Create : WriteKind.Update;
        try
        {
            if (target.CheckWrite(target.Path, values, kind) is not null)
                return;
            target.Write(values, kind);
        }
        catch (CoapException)
        {
            // What the application took then it refuses now.
            return;
        }

        if (instance is null)
            item.Add(target);
    }

    [LoggerMessage(3020, LogLevel.Warning, "The saved state cannot be read; the client begins anew")]
    private partial void LogStateUnusable();

    [LoggerMessage(3021, LogLevel.Error, "The state cannot be saved; after a restart the client begins anew")]
    private partial void LogSaveFailed(Exception exception);
}
