using System.Diagnostics;
using System.Net;
using Surety.Coap;

namespace Surety.Testing.Coap;

/// <summary>
/// Endpoints joined by a network that loses, duplicates, delays and reorders as told, in simulated time: days of protocol run in
/// milliseconds, the same way every time.
/// </summary>
public sealed class SimulatedNetwork(int seed = 1)
{
    private static readonly TimeSpan RealTimeToContinue = TimeSpan.FromMilliseconds(1);

    private readonly Random _random = new(seed);
    private readonly List<SimulatedEndpoint> _endpoints = [];
    private readonly PriorityQueue<Datagram, (long Time, long Order)> _inFlight = new();
    private long _order;
    private bool _hasDelivered;

    /// <summary>Milliseconds since the beginning.</summary>
    public long Now { get; private set; }

    /// <summary>The share of datagrams that get lost, 0 to 1.</summary>
    public double Loss { get; set; }

    /// <summary>The share of datagrams that arrive twice, 0 to 1.</summary>
    public double Duplication { get; set; }

    /// <summary>Milliseconds on the way, at least and at most: a spread reorders.</summary>
    public (int Least, int Most) Latency { get; set; } = (10, 10);

    /// <summary>Decides over each datagram before chance does: false drops it.</summary>
    public Func<Datagram, bool>? Filter { get; set; }

    /// <summary>Every datagram that was sent, lost ones included.</summary>
    public List<Datagram> Sent { get; } = [];

    /// <summary>An endpoint at an address of its own, <c>10.0.0.n</c>.</summary>
    public SimulatedEndpoint Add(ICoapHandler handler, CoapEndpointOptions? options = null)
    {
        var address = new IPEndPoint(new IPAddress([10, 0, 0, (byte)(_endpoints.Count + 1)]), CoapUri.DefaultPort);
        var endpoint = new SimulatedEndpoint(this, address, handler, options ?? CoapEndpointOptions.Default, _random.Next());
        _endpoints.Add(endpoint);
        return endpoint;
    }

    /// <summary>Lets time pass.</summary>
    public void Run(TimeSpan time) => RunUntil(static () => false, time, mustHappen: false);

    /// <summary>Lets time pass until something is true; fails when it is not within the limit.</summary>
    public void RunUntil(Func<bool> condition, TimeSpan? limit = null) => RunUntil(condition, limit ?? TimeSpan.FromMinutes(10), mustHappen: true);

    /// <summary>Lets time pass until a task is done, and gives its result.</summary>
    public T Await<T>(Task<T> task, TimeSpan? limit = null)
    {
        RunUntil(() => task.IsCompleted, limit);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Puts a datagram on the way from any address.</summary>
    public void Inject(IPEndPoint from, SimulatedEndpoint to, byte[] bytes) => Enqueue(new Datagram(from, to.LocalEndPoint, bytes), Now);

    internal void Transmit(IPEndPoint from, IPEndPoint to, byte[] bytes)
    {
        var datagram = new Datagram(from, to, bytes);
        Sent.Add(datagram);
        if (Filter?.Invoke(datagram) == false || _random.NextDouble() < Loss)
            return;
        Enqueue(datagram, Now + Delay());
        if (_random.NextDouble() < Duplication)
            Enqueue(datagram, Now + Delay());
    }

    private int Delay() => _random.Next(Latency.Least, Latency.Most + 1);

    private void Enqueue(Datagram datagram, long at) => _inFlight.Enqueue(datagram, (at, _order++));

    private void RunUntil(Func<bool> condition, TimeSpan limit, bool mustHappen)
    {
        long end = Now + (long)limit.TotalMilliseconds;
        while (!condition())
        {
            foreach (SimulatedEndpoint endpoint in _endpoints)
                endpoint.DoPosted();
            if (condition() || Settle(condition))
                continue;
            long next = _endpoints.Min(e => e.NextTimeout);
            if (_inFlight.TryPeek(out _, out (long Time, long Order) first))
                next = Math.Min(next, first.Time);
            if (next > end)
            {
                Now = end;
                if (mustHappen)
                    throw new TimeoutException($"Nothing came of it within {limit} of simulated time.");
                return;
            }

            Now = Math.Max(Now, next);
            while (_inFlight.TryPeek(out Datagram? datagram, out first) && first.Time <= Now)
            {
                _inFlight.Dequeue();
                _hasDelivered = true;
                _endpoints.FirstOrDefault(e => e.LocalEndPoint.Equals(datagram.To))?.Receive(datagram);
            }

            foreach (SimulatedEndpoint endpoint in _endpoints)
                endpoint.HandleTimeout();
        }
    }

    /// <summary>Gives continuations that a delivery has set off a moment of real time to post more; true when one did.</summary>
    private bool Settle(Func<bool> condition)
    {
        if (!_hasDelivered)
            return false;
        _hasDelivered = false;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < RealTimeToContinue)
        {
            if (condition() || _endpoints.Any(e => e.HasPosted))
                return true;
            Thread.Yield();
        }

        return false;
    }

    /// <summary>A datagram on its way.</summary>
    public sealed record Datagram(IPEndPoint From, IPEndPoint To, byte[] Bytes)
    {
        public MessageType Type => (MessageType)((Bytes[0] >> 4) & 3);

        public CoapCode Code => new(Bytes[1]);

        public ushort MessageId => (ushort)(Bytes[2] << 8 | Bytes[3]);

        public override string ToString() => $"{From} -> {To} {Type} {Code} {MessageId:x4}";
    }
}
