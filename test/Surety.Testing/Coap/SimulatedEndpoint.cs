using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Coap;

namespace Surety.Testing.Coap;

/// <summary>An endpoint of a <see cref="SimulatedNetwork"/>: the real engine, with the network in place of a socket.</summary>
public sealed class SimulatedEndpoint : CoapEndpoint, IDatagramSink
{
    private readonly SimulatedNetwork _network;
    private readonly CoapEngine _engine;
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly ConditionalWeakTable<OutgoingMessage, TrackedMessage> _tracked = [];
    private readonly List<(IPEndPoint To, byte[] Bytes)> _batch = [];
    private readonly HashSet<IPAddress> _groups = [];
    private readonly byte[] _buffer = new byte[128 * 1024];
    private PeerKey _rentedFor;
    private bool _isDisposed;

    internal SimulatedEndpoint(SimulatedNetwork network, string scheme, IPEndPoint address, ICoapHandler handler, CoapEndpointOptions options, int seed)
        : base(scheme, options)
    {
        _network = network;
        LocalEndPoint = address;
        _engine = new CoapEngine(
            this,
            new TrackedHandler(handler, handler is IActsAtOnce ? () => { } : network.OnCallback),
            this,
            new Random(seed),
            (pending, response) => _posted.Enqueue(() => _engine!.Complete(pending, response, network.Now)),
            NullLogger.Instance,
            network.Now);
    }

    public override IPEndPoint LocalEndPoint { get; }

    public CoapStatistics Statistics => _engine.Statistics;

    public bool HasPosted => !_posted.IsEmpty;

    public long NextTimeout => _isDisposed ? long.MaxValue : _engine.NextTimeout;

    /// <summary>Messages of this endpoint that wait: for an acknowledgement, a response, or their turn.</summary>
    public int OpenCount => _isDisposed ? 0 : _engine.OpenCount;

    /// <summary>Peers that the engine keeps state for.</summary>
    public int PeerCount => _engine.PeerCount;

    /// <summary>Block-wise transfers that the engine keeps, and what they are counted as, bytes.</summary>
    public (int Count, long Bytes) Transfers =>
        (_engine.Transfers.Requests.Count + _engine.Transfers.Responses.Count, _engine.Transfers.Requests.Bytes + _engine.Transfers.Responses.Bytes);

    /// <summary>This endpoint, as <paramref name="other"/> sees it.</summary>
    public CoapPeer SeenBy(SimulatedEndpoint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(other, PeerKey.FromAddress(LocalEndPoint));
    }

    /// <summary>Receives what is sent to a multicast group.</summary>
    public void Join(IPAddress group) => _groups.Add(group);

    /// <summary>What the peer at an address has proven about itself. Default: nothing.</summary>
    public Func<IPEndPoint, PeerIdentity> Identify { get; set; } = static _ => PeerIdentity.None;

    public override PeerIdentity GetIdentity(in PeerKey peer) => Identify(peer.ToEndPoint()!);

    public override IPEndPoint? GetRemoteEndPoint(in PeerKey peer) => peer.ToEndPoint();

    public override bool IsReachable(in PeerKey peer) => true;

    public override void Send(in PeerKey peer, OutgoingMessage message)
    {
        PeerKey key = peer;
        var tracked = new TrackedMessage(message, message is IActsAtOnce ? () => { } : _network.OnCallback) { IsConfirmable = message.IsConfirmable, Token = message.Token };
        _tracked.AddOrUpdate(message, tracked);
        _posted.Enqueue(() => _engine.Send(key, tracked, _network.Now));
    }

    public override void Cancel(OutgoingMessage message)
    {
        if (!_tracked.TryGetValue(message, out TrackedMessage? tracked))
            return;
        tracked.IsCancelled = true;
        _posted.Enqueue(() => _engine.Cancel(tracked, _network.Now));
    }

    public override ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _engine.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    internal bool IsIn(IPAddress group) => _groups.Contains(group);

    internal void DoPosted()
    {
        if (_isDisposed)
            return;
        long mark = _engine.Mark;
        while (_posted.TryDequeue(out Action? action))
            action();
        Flush(mark);
    }

    internal void Receive(SimulatedNetwork.Datagram datagram, bool isMulticast)
    {
        if (_isDisposed)
            return;
        long mark = _engine.Mark;
        _engine.Receive(PeerKey.FromAddress(datagram.From), datagram.Bytes, isMulticast, _network.Now);
        Flush(mark);
    }

    /// <summary>Receives a datagram that was sent to a multicast group.</summary>
    public void ReceiveMulticast(IPEndPoint from, byte[] bytes) =>
        Receive(new SimulatedNetwork.Datagram(from, LocalEndPoint, bytes), isMulticast: true);

    /// <summary>Receives the beginning of a datagram that was longer than the receive buffer.</summary>
    public void ReceiveTruncated(IPEndPoint from, byte[] bytes)
    {
        _engine.ReceiveTruncated(PeerKey.FromAddress(from), bytes, isMulticast: false, _network.Now);
        Flush(_engine.Mark);
    }

    /// <summary>Does what is due at a time ahead of the network's, as after a sleep.</summary>
    public void WakeAt(long milliseconds)
    {
        long mark = _engine.Mark;
        _engine.HandleTimeout(milliseconds);
        Flush(mark);
    }

    internal void HandleTimeout()
    {
        if (!_isDisposed && _network.Now >= _engine.NextTimeout)
            WakeAt(_network.Now);
    }

    Span<byte> IDatagramSink.Rent(in PeerKey peer)
    {
        _rentedFor = peer;
        return _buffer;
    }

    void IDatagramSink.Commit(int length) => _batch.Add((_rentedFor.ToEndPoint()!, _buffer.AsSpan(0, length).ToArray()));

    internal override int GetInlineBody(in PeerKey peer) => Options.MaxBlockSize;

    internal override int GetSizeExponent(in PeerKey peer) => BlockValue.ExponentFor(Options.MaxBlockSize);

    /// <summary>What every transport does: make durable, then send; or send nothing.</summary>
    private void Flush(long mark)
    {
        try
        {
            _engine.Commit();
        }
        catch (IOException)
        {
            _engine.Statistics.FailedCommits++;
            _engine.Forget(mark);
            _batch.Clear();
        }

        foreach ((IPEndPoint to, byte[] bytes) in _batch)
            _network.Transmit(LocalEndPoint, to, bytes);
        _batch.Clear();
    }
}
