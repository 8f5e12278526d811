using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Coap;

namespace Surety.Testing.Coap;

/// <summary>An endpoint of a <see cref="SimulatedNetwork"/>: the real engine, with the network in place of a socket.</summary>
public sealed class SimulatedEndpoint : CoapEndpoint, IDatagramSink
{
    private readonly SimulatedNetwork _network;
    private readonly CoapEngine _engine;
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly List<(IPEndPoint To, byte[] Bytes)> _batch = [];
    private readonly byte[] _buffer = new byte[64 * 1024];
    private PeerKey _rentedFor;

    internal SimulatedEndpoint(SimulatedNetwork network, IPEndPoint address, ICoapHandler handler, CoapEndpointOptions options, int seed)
        : base("coap", options)
    {
        _network = network;
        LocalEndPoint = address;
        _engine = new CoapEngine(
            this, handler, this, new Random(seed), (pending, response) => _posted.Enqueue(() => _engine!.Complete(pending, response, network.Now)), NullLogger.Instance, network.Now);
    }

    public override IPEndPoint LocalEndPoint { get; }

    public CoapStatistics Statistics => _engine.Statistics;

    public bool HasPosted => !_posted.IsEmpty;

    public long NextTimeout => _engine.NextTimeout;

    /// <summary>This endpoint, as <paramref name="other"/> sees it.</summary>
    public CoapPeer SeenBy(SimulatedEndpoint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(other, PeerKey.FromAddress(LocalEndPoint));
    }

    public override PeerIdentity GetIdentity(in PeerKey peer) => PeerIdentity.None;

    public override IPEndPoint? GetRemoteEndPoint(in PeerKey peer) => peer.ToEndPoint();

    public override bool IsReachable(in PeerKey peer) => true;

    public override void Send(in PeerKey peer, OutgoingMessage message)
    {
        PeerKey key = peer;
        _posted.Enqueue(() => _engine.Send(key, message, _network.Now));
    }

    public override void Cancel(OutgoingMessage message) => _posted.Enqueue(() => _engine.Cancel(message, _network.Now));

    public override ValueTask DisposeAsync()
    {
        _engine.Dispose();
        return ValueTask.CompletedTask;
    }

    internal void DoPosted()
    {
        long mark = _engine.Mark;
        while (_posted.TryDequeue(out Action? action))
            action();
        Flush(mark);
    }

    internal void Receive(SimulatedNetwork.Datagram datagram)
    {
        long mark = _engine.Mark;
        _engine.Receive(PeerKey.FromAddress(datagram.From), datagram.Bytes, isMulticast: false, _network.Now);
        Flush(mark);
    }

    /// <summary>Receives a datagram that was sent to a multicast group.</summary>
    public void ReceiveMulticast(IPEndPoint from, byte[] bytes)
    {
        _engine.Receive(PeerKey.FromAddress(from), bytes, isMulticast: true, _network.Now);
        Flush(_engine.Mark);
    }

    internal void HandleTimeout()
    {
        if (_network.Now >= _engine.NextTimeout)
            _engine.HandleTimeout(_network.Now);
        Flush(_engine.Mark);
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
            _engine.Forget(mark);
            _batch.Clear();
        }

        foreach ((IPEndPoint to, byte[] bytes) in _batch)
            _network.Transmit(LocalEndPoint, to, bytes);
        _batch.Clear();
    }
}
