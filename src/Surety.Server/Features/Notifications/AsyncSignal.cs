namespace Surety.Server.Features.Notifications;

/// <summary>
/// Wakes one waiter. Who waits asks for <see cref="Next"/> first, then looks whether there is something to do, and then awaits it: what comes
/// in between completes it.
/// </summary>
internal sealed class AsyncSignal
{
    private TaskCompletionSource? _waiter;

    /// <summary>Completes when the signal is set from now on.</summary>
    public Task Next()
    {
        var current = Volatile.Read(ref _waiter);
        if (current is not null)
            return current.Task;
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _waiter, waiter, null) ?? waiter).Task;
    }

    public void Set()
    {
        if (Volatile.Read(ref _waiter) is not null)
            Interlocked.Exchange(ref _waiter, null)?.TrySetResult();
    }
}
