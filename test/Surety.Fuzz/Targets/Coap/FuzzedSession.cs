using Surety.Coap;
using Surety.Testing;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>One session of the real engine with the buffers that a connection has, in simulated time.</summary>
internal sealed class FuzzedSession : ITcpSessionOwner
{
    private static readonly CoapEndpointOptions Options = new()
    {
        MaxMessageSize = 20_000,
        MaxTransferMemory = 64 * 1024,
        MaxRequestBody = 20_000,
        MaxWaitingPerPeer = 5,
        MaxExchanges = 30,
        Tcp = new CoapTcpOptions { MaxOutgoingBacklog = 10_000, MaxDeferredRequests = 5, MaxOutstandingRequests = 8, MaxReceiveMemory = 60_000, PingInterval = TimeSpan.FromHours(1) },
    };

    private readonly Queue<(TcpPendingResponse Pending, CoapResponse Response)> _completed = new();
    private readonly InputBuffer _input;
    private readonly List<byte> _sent = [];
    private byte[] _network = [];

    public FuzzedSession()
    {
        Log = new FaultLogger { IsExpected = static e => e is InvalidOperationException { Message: "a fault of the handler" } or IOException { Message: "not durable" } };
        Handler = new FuzzedHandler(new ManualTime());
        Engine = new CoapTcpEngine(new SessionEndpoint(Options, message => Session!.Send(message, Now)), Handler, (pending, response) => _completed.Enqueue((pending, response)), Log, Now);
        Session = new CoapTcpSession(Engine, PeerKey.FromConnection(1), this);
        _input = new InputBuffer(Engine);
        Session.Start(Now);
        Settle();
    }

    public FaultLogger Log { get; }

    public FuzzedHandler Handler { get; }

    public CoapTcpEngine Engine { get; }

    public CoapTcpSession Session { get; }

    public long Now { get; private set; } = 1000;

    public bool PeerReads { get; set; } = true;

    public string? EndReason { get; private set; }

    /// <summary>What has left so far.</summary>
    public ReadOnlySpan<byte> Sent => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_sent);

    /// <summary>Bytes of the peer that wait because the session takes none at present.</summary>
    public int Blocked => _network.Length;

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        if (EndReason is not null)
            return;
        _network = [.. _network, .. bytes];
        Settle();
    }

    public void Do(Action<CoapTcpSession, long> action)
    {
        action(Session, Now);
        Settle();
    }

    public void Advance(TimeSpan time)
    {
        long end = Now + (long)time.TotalMilliseconds;
        while (Engine.NextTimeout <= end)
        {
            Now = Math.Max(Now, Engine.NextTimeout);
            Engine.HandleTimeout(Now);
            Settle();
        }

        Now = end;
    }

    /// <summary>Does what an endpoint does in its rounds, until nothing more happens.</summary>
    public void Settle()
    {
        int before;
        do
        {
            while (_completed.TryDequeue(out (TcpPendingResponse Pending, CoapResponse Response) completed))
                completed.Pending.Session.Complete(completed.Pending, completed.Response, Now);
            Engine.Commit(Now);
            before = _network.Length + _sent.Count;
            Deliver();
            Engine.Commit(Now);
            if (EndReason is not null)
                Flush();
        }
        while (_completed.Count > 0 || _network.Length + _sent.Count != before);
    }

    public void Flush()
    {
        while (PeerReads && Session.Output.TryPeek(out ReadOnlyMemory<byte> bytes))
        {
            _sent.AddRange(bytes.Span);
            Session.OnSent(bytes.Length, Now);
        }
    }

    void ITcpSessionOwner.OnReady()
    {
    }

    void ITcpSessionOwner.OnEnded(string reason)
    {
        Assert.Null(EndReason);
        EndReason = reason;
    }

    /// <summary>Reads once, as much as there is room for, and gives it to the session.</summary>
    private void Deliver()
    {
        if (EndReason is not null)
        {
            _network = [];
            _input.Clear();
            return;
        }

        if (Session.IsStalled)
            return;
        if (_network.Length > 0)
        {
            Memory<byte> room = _input.Room;
            Assert.False(room.IsEmpty);
            int count = Math.Min(room.Length, _network.Length);
            _network.AsSpan(0, count).CopyTo(room.Span);
            _network = _network[count..];
            _input.Add(count);
        }

        if (!_input.Bytes.IsEmpty)
            _input.Take(Session.Receive(_input.Bytes, Now));
        if ((EndReason is null && Session.IsStalled) || _input.TryMakeRoom(Session.Wanted))
            return;
        Session.Abort("there is no memory for so long a message at present", Now);
        _input.Clear();
    }
}
