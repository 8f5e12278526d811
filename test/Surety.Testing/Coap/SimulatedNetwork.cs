using System.Diagnostics;
using System.Net;
using Surety.Coap;

namespace Surety.Testing.Coap;

/// <summary>
/// Endpoints joined by a network that loses, duplicates, delays and reorders as told, in simulated time: days of protocol run in
/// milliseconds, the same way every time.
/// </summary>
public sealed class SimulatedNetwork
{
    // Several turns of the scheduler: other work on the machine may hold up a thread that has a continuation in its hands.
    private static readonly TimeSpan RealTimeToContinue = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan RealTimeWhenIdle = TimeSpan.FromMilliseconds(200);

    private const int TurnsToContinue = 100;

    private readonly Random _random;
    private readonly SimulatedClock _time;
    private readonly SimulatedClock _quietTime;
    private readonly List<SimulatedEndpoint> _endpoints = [];
    private readonly Dictionary<IPEndPoint, RawPeer> _rawPeers = [];
    private readonly PriorityQueue<Datagram, (long Time, long Order)> _inFlight = new();
    private long _order;
    private bool _hasCalledBack;
    private bool _isAwaiting;

    public SimulatedNetwork(int seed = 1)
    {
        _random = new Random(seed);
        _time = new SimulatedClock(this, OnCallback);
        _quietTime = new SimulatedClock(this, static () => { });
    }

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

    /// <summary>
    /// What endpoints call may go on elsewhere, on the thread pool, and is waited for in real time. False for code that does not, to run faster.
    /// </summary>
    public bool HasContinuations { get; set; } = true;

    /// <summary>Every datagram that was sent, lost ones included.</summary>
    public List<Datagram> Sent { get; } = [];

    /// <summary>A clock that shows <see cref="Now"/>, with timers.</summary>
    public TimeProvider Time => _time;

    /// <summary>The same, for timers whose callbacks set off nothing that goes on elsewhere: the network need not wait for continuations.</summary>
    public TimeProvider QuietTime => _quietTime;

    /// <summary>An endpoint at an address of its own, <c>10.0.0.n</c>.</summary>
    /// <param name="handler">What stands above the endpoint.</param>
    /// <param name="options">Limits and parameters.</param>
    /// <param name="scheme"><c>coaps</c> for an endpoint whose peers have proven what <see cref="SimulatedEndpoint.Identify"/> says.</param>
    public SimulatedEndpoint Add(ICoapHandler handler, CoapEndpointOptions? options = null, string scheme = "coap")
    {
        var address = new IPEndPoint(new IPAddress([10, 0, 0, (byte)(_endpoints.Count + 1)]), CoapUri.DefaultPort);
        var endpoint = new SimulatedEndpoint(this, scheme, address, handler, options ?? CoapEndpointOptions.Default, _random.Next());
        _endpoints.Add(endpoint);
        return endpoint;
    }

    /// <summary>A peer without an engine at an address of its own, <c>10.1.m.n</c>.</summary>
    public RawPeer AddRaw()
    {
        int number = _rawPeers.Count + 1;
        var peer = new RawPeer(this, new IPEndPoint(new IPAddress([10, 1, (byte)(number >> 8), (byte)number]), 40_000));
        _rawPeers.Add(peer.LocalEndPoint, peer);
        return peer;
    }

    /// <summary>Lets time pass.</summary>
    public void Run(TimeSpan time) => RunUntil(static () => false, time, mustHappen: false);

    /// <summary>Lets time pass until something is true; fails when it is not within the limit.</summary>
    public void RunUntil(Func<bool> condition, TimeSpan? limit = null) => RunUntil(condition, limit ?? TimeSpan.FromMinutes(10), mustHappen: true);

    /// <summary>Lets time pass until a task is done, and gives its result.</summary>
    public T Await<T>(Task<T> task, TimeSpan? limit = null)
    {
        // What the test has just done may have set it off.
        _hasCalledBack = true;
        _isAwaiting = true;
        try
        {
            RunUntil(() => task.IsCompleted, limit);
        }
        finally
        {
            _isAwaiting = false;
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Puts a datagram on the way from any address.</summary>
    public void Inject(IPEndPoint from, SimulatedEndpoint to, byte[] bytes) => Enqueue(new Datagram(from, to.LocalEndPoint, bytes) { SentAt = Now }, Now);

    internal void Transmit(IPEndPoint from, IPEndPoint to, byte[] bytes)
    {
        var datagram = new Datagram(from, to, bytes) { SentAt = Now };
        Sent.Add(datagram);
        if (Filter?.Invoke(datagram) == false || _random.NextDouble() < Loss)
            return;
        Enqueue(datagram, Now + Delay());
        if (_random.NextDouble() < Duplication)
            Enqueue(datagram, Now + Delay());
    }

    /// <summary>Something was told to code above an endpoint, which may go on elsewhere.</summary>
    internal void OnCallback() => _hasCalledBack = true;

    private int Delay() => _random.Next(Latency.Least, Latency.Most + 1);

    private void Enqueue(Datagram datagram, long at) => _inFlight.Enqueue(datagram, (at, _order++));

    private void RunUntil(Func<bool> condition, TimeSpan limit, bool mustHappen)
    {
        long end = Now + (long)limit.TotalMilliseconds;
        while (!condition())
        {
            foreach (SimulatedEndpoint endpoint in _endpoints)
                endpoint.DoPosted();
            if (condition() || Settle(condition, mustHappen))
                continue;
            long next = Math.Min(_endpoints.Min(e => e.NextTimeout), Math.Min(_time.NextDue, _quietTime.NextDue));
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
                Deliver(datagram);
            }

            foreach (SimulatedEndpoint endpoint in _endpoints)
                endpoint.HandleTimeout();
            _time.Fire();
            _quietTime.Fire();
        }
    }

    private void Deliver(Datagram datagram)
    {
        if (_rawPeers.TryGetValue(datagram.To, out RawPeer? peer))
        {
            peer.Deliver(datagram.Bytes);
            return;
        }

        foreach (SimulatedEndpoint endpoint in _endpoints)
        {
            if (endpoint.LocalEndPoint.Equals(datagram.To))
                endpoint.Receive(datagram, isMulticast: false);
            else if (endpoint.IsIn(datagram.To.Address))
                endpoint.Receive(datagram, isMulticast: true);
        }
    }

    /// <summary>
    /// Continuations that a callback has set off run on the thread pool, in real time: waits until they have had their turn, which is when
    /// the pool has had nothing to do for a while. True when one has posted something.
    /// </summary>
    private bool Settle(Func<bool> condition, bool mustHappen)
    {
        if (!HasContinuations)
            return false;
        // A task that is not done, with nothing on its way that it could wait for, will go on by itself. What else must happen may come of a
        // continuation that is slow this once (its code is being compiled), or of a timer: patience once.
        bool isIdle = (_isAwaiting || (mustHappen && _hasCalledBack)) && _inFlight.Count == 0 && _endpoints.All(e => e.OpenCount == 0);
        if (!_hasCalledBack && !isIdle)
            return false;
        _hasCalledBack = false;
        TimeSpan patience = isIdle ? RealTimeWhenIdle : RealTimeToContinue;
        long quietSince = Stopwatch.GetTimestamp();
        long completed = -1;
        // Turns as well as time: a pause of the whole process is no time in which anything could have happened.
        for (int turns = 0; turns < TurnsToContinue || Stopwatch.GetElapsedTime(quietSince) < patience; turns++)
        {
            if (condition() || _endpoints.Any(e => e.HasPosted))
                return true;
            if (ThreadPool.PendingWorkItemCount > 0 || ThreadPool.CompletedWorkItemCount != completed)
            {
                completed = ThreadPool.CompletedWorkItemCount;
                quietSince = Stopwatch.GetTimestamp();
                turns = 0;
            }

            Thread.Yield();
        }

        return false;
    }

    /// <summary>A datagram on its way.</summary>
    public sealed record Datagram(IPEndPoint From, IPEndPoint To, byte[] Bytes)
    {
        /// <summary>Milliseconds of <see cref="Now"/>.</summary>
        public long SentAt { get; init; }

        public MessageType Type => (MessageType)((Bytes[0] >> 4) & 3);

        public CoapCode Code => new(Bytes[1]);

        public ushort MessageId => (ushort)(Bytes[2] << 8 | Bytes[3]);

        public WireMessage Parse() => WireMessage.Parse(Bytes);

        public override string ToString() => $"{SentAt} {From} -> {To} {Type} {Code} {MessageId:x4}";
    }
}
