namespace Surety.Client;

/// <summary>Who waits for which async-response; and those that came before somebody waited, as with ids that the platform gives.</summary>
internal sealed class PendingResponses
{
    private const int MaxEarly = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource<AsyncResponse>> _waiting = [];
    private readonly Dictionary<string, AsyncResponse> _early = [];
    private readonly Queue<string> _order = [];

    public Task<AsyncResponse> Expect(string id)
    {
        lock (_gate)
        {
            if (_early.Remove(id, out AsyncResponse? answer))
                return Task.FromResult(answer);
            if (!_waiting.TryGetValue(id, out TaskCompletionSource<AsyncResponse>? source))
                _waiting[id] = source = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return source.Task;
        }
    }

    public void Forget(string id)
    {
        lock (_gate)
            _waiting.Remove(id);
    }

    public void Take(AsyncResponse answer)
    {
        if (answer.Id is not { } id)
            return;
        lock (_gate)
        {
            if (_waiting.Remove(id, out TaskCompletionSource<AsyncResponse>? source))
            {
                source.TrySetResult(answer);
                return;
            }

            // Those of other programs with the same key come here too; the oldest give way.
            _early[id] = answer;
            _order.Enqueue(id);
            while (_order.Count > MaxEarly)
                _early.Remove(_order.Dequeue());
        }
    }

    public void Fail(Exception problem)
    {
        lock (_gate)
        {
            foreach (TaskCompletionSource<AsyncResponse> source in _waiting.Values)
            {
                source.TrySetException(problem);
                // Nobody may be waiting any more; the exception is observed here.
                _ = source.Task.Exception;
            }

            _waiting.Clear();
        }
    }
}
