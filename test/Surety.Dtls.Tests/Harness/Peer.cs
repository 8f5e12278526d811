namespace Surety.Dtls.Tests;

/// <summary>An engine at an address of the link.</summary>
internal sealed class Peer : IDtlsHost
{
    private readonly Link _link;
    private readonly Queue<HandshakeTask> _posted = new();
    private byte[] _buffer = [];
    private PeerAddress _to;

    public Peer(Link link, PeerAddress address, DtlsServerOptions? server, DtlsEngineOptions? options, TimeProvider? time, CryptoBackend crypto)
    {
        _link = link;
        Address = address;
        Engine = new DtlsEngine(this, server, options, time, link.Now, crypto);
    }

    public DtlsEngine Engine { get; }

    public PeerAddress Address { get; set; }

    public List<DtlsSession> Established { get; } = [];

    public List<DtlsSession> Closed { get; } = [];

    public List<HandshakeFailure> Failures { get; } = [];

    public List<byte[]> Received { get; } = [];

    /// <summary>Called for each record received; what it gives is sent back.</summary>
    public Func<byte[], byte[]?>? Respond { get; set; }

    /// <summary>Steps with public-key work are refused.</summary>
    public bool IsOverloaded { get; set; }

    /// <summary>Steps with public-key work that wait to be done by the test.</summary>
    public Queue<HandshakeTask>? Held { get; set; }

    public bool HasPosted
    {
        get
        {
            lock (_posted)
                return _posted.Count > 0;
        }
    }

    public DtlsSession Session => Established[^1];

    public void DoPosted()
    {
        while (true)
        {
            HandshakeTask? task;
            lock (_posted)
            {
                if (!_posted.TryDequeue(out task))
                    return;
            }

            Engine.Complete(task, _link.Now);
        }
    }

    public Span<byte> Rent(in PeerAddress to, int length)
    {
        _to = to;
        _buffer = new byte[length];
        return _buffer;
    }

    public void Commit(int length) => _link.Send(Address, _to, _buffer[..length]);

    public void OnEstablished(DtlsSession session) => Established.Add(session);

    public void OnReceived(DtlsSession session, ReadOnlySpan<byte> content)
    {
        byte[] copy = content.ToArray();
        Received.Add(copy);
        if (Respond?.Invoke(copy) is { } answer)
            Engine.Send(session, answer);
    }

    public void OnClosed(DtlsSession session) => Closed.Add(session);

    public void OnHandshakeFailed(in HandshakeFailure failure) => Failures.Add(failure);

    public bool TryOffload(HandshakeTask task)
    {
        if (IsOverloaded)
            return false;
        if (Held is not null)
        {
            Held.Enqueue(task);
            return true;
        }

        // On the same thread, and so the same way every time, but not within the call.
        _ = RunAsync(task);
        return true;
    }

    private async Task RunAsync(HandshakeTask task)
    {
        await task.RunAsync();
        Post(task);
    }

    public void Post(HandshakeTask task)
    {
        lock (_posted)
            _posted.Enqueue(task);
    }
}
