using System.Net;

namespace Surety.Dtls.Tests;

/// <summary>A network between engines: datagrams are lost, doubled and put out of order as a seed has it, the same way every time.</summary>
internal sealed class Link(int seed = 1)
{
    private readonly Random _random = new(seed);
    private readonly List<Datagram> _onTheWay = [];
    private readonly Dictionary<PeerAddress, Peer> _peers = [];
    private int _lastPort = 10_000;

    /// <summary>Milliseconds.</summary>
    public long Now { get; private set; }

    public double Loss { get; set; }

    public double Duplication { get; set; }

    /// <summary>Datagrams take up to so long, milliseconds; each its own time.</summary>
    public int Jitter { get; set; }

    /// <summary>Everything that was sent, in order.</summary>
    public List<Datagram> Sent { get; } = [];

    /// <summary>Looks at each datagram, may change it, and says whether it goes on.</summary>
    public Func<Datagram, bool>? Filter { get; set; }

    public static PeerAddress Address(int port) => new(new IPEndPoint(IPAddress.Loopback, port));

    public Peer Add(DtlsServerOptions? server, DtlsEngineOptions? options = null, TimeProvider? time = null, CryptoBackend? crypto = null)
    {
        PeerAddress address = Address(++_lastPort);
        var peer = new Peer(this, address, server, options, time, crypto ?? CryptoBackend.Default);
        _peers.Add(address, peer);
        return peer;
    }

    /// <summary>From now on the peer is somewhere else: its NAT has forgotten it.</summary>
    public void Move(Peer peer, PeerAddress to)
    {
        _peers.Remove(peer.Address);
        _peers[to] = peer;
        peer.Address = to;
    }

    public void Send(PeerAddress from, PeerAddress to, byte[] bytes)
    {
        var datagram = new Datagram(from, to, bytes);
        Sent.Add(datagram);
        if (Filter?.Invoke(datagram) == false)
            return;
        for (int copies = _random.NextDouble() < Duplication ? 2 : 1; copies > 0; copies--)
        {
            if (_random.NextDouble() >= Loss)
                _onTheWay.Add(datagram with { Bytes = [.. datagram.Bytes], Due = Now + 1 + (Jitter > 0 ? _random.Next(Jitter) : 0) });
        }
    }

    /// <summary>Lets the network and the timers work, for so long or until something is so.</summary>
    public bool Run(Func<bool>? until = null, long milliseconds = 300_000)
    {
        long end = Now + milliseconds;
        while (true)
        {
            foreach (Peer peer in _peers.Values.ToArray())
                peer.DoPosted();
            if (until?.Invoke() == true)
                return true;
            long next = Math.Min(
                _onTheWay.Count > 0 ? _onTheWay.Min(datagram => datagram.Due) : long.MaxValue,
                _peers.Count > 0 ? _peers.Values.Min(peer => peer.Engine.NextTimeout) : long.MaxValue);
            if (next > end)
            {
                Now = until is null && milliseconds < 300_000 ? end : Now;
                return until is null;
            }

            Now = Math.Max(Now, next);
            Datagram[] due = [.. _onTheWay.Where(datagram => datagram.Due <= Now)];
            _onTheWay.RemoveAll(datagram => datagram.Due <= Now);
            foreach (Datagram datagram in due)
            {
                if (_peers.TryGetValue(datagram.To, out Peer? peer))
                    peer.Engine.Receive(datagram.From, [.. datagram.Bytes], Now);
            }

            foreach (Peer peer in _peers.Values.Where(peer => peer.Engine.NextTimeout <= Now).ToArray())
                peer.Engine.HandleTimeout(Now);
        }
    }

    /// <summary>Until there is nothing on the way; no timer goes off.</summary>
    public void Settle()
    {
        do
        {
            foreach (Peer peer in _peers.Values.ToArray())
                peer.DoPosted();
            Run(() => _onTheWay.Count == 0 && _peers.Values.All(peer => !peer.HasPosted));
        }
        while (_onTheWay.Count > 0);
    }
}
