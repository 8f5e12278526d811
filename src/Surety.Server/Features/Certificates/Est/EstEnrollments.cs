using System.Security.Cryptography;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// Enrolments that run, and those that ended a short while ago: a client that repeats its request joins the one it has begun, whether the issuer
/// was slow (RFC 9148, 4.7) or the answer was lost.
/// </summary>
internal sealed class EstEnrollments(EstOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Task<EstOutcome.Enrolled>> _all = [];
    private readonly Queue<(Key Key, DateTimeOffset Until)> _ended = new();

    /// <summary>Which request it is: of whom, for what, and each byte of it.</summary>
    public readonly record struct Key(EntityId DeviceId, EstResource Resource, string Digest)
    {
        public static Key Of(EstClient client, EstResource resource, ReadOnlySpan<byte> request) =>
            new(client.DeviceId, resource, Convert.ToHexString(SHA256.HashData(request)));
    }

    /// <summary>The enrolment that this request has begun earlier, or null.</summary>
    public Task<EstOutcome.Enrolled>? Find(Key key)
    {
        lock (_lock)
        {
            Forget();
            return _all.GetValueOrDefault(key);
        }
    }

    /// <summary>Begins an enrolment, or joins the one that was begun meanwhile; null when there are too many.</summary>
    public Task<EstOutcome.Enrolled>? Begin(Key key, Func<Task<EstOutcome.Enrolled>> enroll)
    {
        Task<EstOutcome.Enrolled> task;
        lock (_lock)
        {
            Forget();
            if (_all.TryGetValue(key, out var running))
                return running;
            if (_all.Count >= options.MaxEnrollments)
                return null;
            // Not here: an issuer may do much before it first waits.
            task = Task.Run(enroll);
            _all.Add(key, task);
        }

        task.ContinueWith(ended => OnEnded(key, ended), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    private void OnEnded(Key key, Task<EstOutcome.Enrolled> task)
    {
        lock (_lock)
        {
            // A failure is no answer to a repetition: that is another try.
            if (task.IsCompletedSuccessfully)
                _ended.Enqueue((key, time.GetUtcNow() + options.RepetitionTime));
            else
                _all.Remove(key);
        }

        _ = task.Exception;
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        while (_ended.TryPeek(out var oldest) && (oldest.Until <= now || _all.Count >= options.MaxEnrollments))
            _all.Remove(_ended.Dequeue().Key);
    }
}
