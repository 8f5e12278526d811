using Surety.Coap;
using Surety.Testing;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Registrations;

/// <summary>When registrations end by themselves (LwM2M Core 6.2).</summary>
public sealed class LifetimeTests : IDisposable
{
    private readonly ServerHarness _harness = new(new() { RestartGrace = TimeSpan.Zero });

    public void Dispose() => _harness.Dispose();

    /// <summary>Seconds from now until the device is not registered any more.</summary>
    private double TimeToEnd(string endpoint, double limit)
    {
        long start = _harness.Network.Now;
        while (_harness.IsRegistered(endpoint) && _harness.Network.Now - start < limit * 1000)
            _harness.Run(0.1);
        return (_harness.Network.Now - start) / 1000.0;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(10_000)]
    public void A_registration_ends_when_its_lifetime_has_passed_and_not_before(int lifetime)
    {
        // ETS 1.1-int-102.
        _harness.Run(0.37);
        Registration registration = _harness.Add().RegisterAs("a", $"&lt={lifetime}&lwm2m=1.1");
        _harness.Run(lifetime - 1);
        // The network's way to the server and back has taken a little.
        Assert.InRange(TimeToEnd("a", 5), 0.9, 3);
        Assert.Equal(["registered a", "removed a Expired"], _harness.Events.Lines);
        Assert.Equal("commit", _harness.Events.All[^1]);
        Assert.False(registration.IsActive);
        Assert.Equal((0, 0, 0, 0, 0), _harness.Registrations.IndexSizes);
    }

    [Fact]
    public void Each_update_lets_the_lifetime_run_anew()
    {
        TestDevice device = _harness.Add();
        device.RegisterAs("a", "&lt=60&lwm2m=1.1");
        for (int i = 0; i < 50; i++)
        {
            _harness.Run(59);
            Assert.Equal(CoapCode.Changed, device.Update().Code);
        }

        Assert.InRange(TimeToEnd("a", 100), 59, 62);
        Assert.Equal(CoapCode.NotFound, device.Update().Code);
    }

    [Fact]
    public void Lifetime_0_never_ends()
    {
        _harness.Add().RegisterAs("a", "&lt=0&lwm2m=1.1");
        _harness.Run(200_000);
        Assert.Equal(DateTimeOffset.MaxValue, _harness.Find("a").ExpiresAt);
    }

    [Fact]
    public void The_longest_lifetime_is_136_years()
    {
        Registration registration = _harness.Add().RegisterAs("a", "&lt=4294967295&lwm2m=1.1");
        Assert.Equal(registration.RegisteredAt.AddSeconds(uint.MaxValue), registration.ExpiresAt);
        _harness.Run(100_000);
        Assert.True(_harness.IsRegistered("a"));
    }

    [Fact]
    public void A_lifetime_that_is_made_shorter_counts_from_the_update()
    {
        TestDevice device = _harness.Add();
        device.RegisterAs("a", "&lt=86400&lwm2m=1.1");
        Assert.Equal(CoapCode.Changed, device.Update("lt=20").Code);
        Assert.InRange(TimeToEnd("a", 60), 19, 22);
    }

    [Fact]
    public void A_lifetime_that_is_made_longer_counts_from_the_update()
    {
        // ETS 1.1-int-107.
        TestDevice device = _harness.Add();
        device.RegisterAs("a", "&lt=20&lwm2m=1.1");
        _harness.Run(10);
        Assert.Equal(CoapCode.Changed, device.Update("lt=120").Code);
        Assert.InRange(TimeToEnd("a", 200), 119, 122);
    }

    [Theory]
    [InlineData("lt=0", 0u)]
    [InlineData("lt=4294967295", uint.MaxValue)]
    public void A_lifetime_may_be_changed_to_the_longest_there_are_and_back(string query, uint lifetime)
    {
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a", "&lt=20&lwm2m=1.1");
        Assert.Equal(CoapCode.Changed, device.Update(query).Code);
        Assert.Equal(lifetime, registration.Lifetime);
        _harness.Run(1000);
        Assert.True(_harness.IsRegistered("a"));
        Assert.Equal(CoapCode.Changed, device.Update("lt=30").Code);
        Assert.InRange(TimeToEnd("a", 60), 29, 32);
    }

    [Theory]
    [InlineData("&lt=86400", 600u)]
    [InlineData("&lt=0", 600u)]
    [InlineData("", 600u)]
    [InlineData("&lt=60", 60u)]
    public void The_operator_may_limit_lifetimes(string query, uint expected)
    {
        using var harness = new ServerHarness(new() { MaxLifetime = TimeSpan.FromMinutes(10) });
        TestDevice device = harness.Add();
        Registration registration = device.RegisterAs("a", query);
        Assert.Equal(expected, registration.Lifetime);
        Assert.Equal(CoapCode.Changed, device.Update("lt=100000").Code);
        Assert.Equal(600u, registration.Lifetime);
    }

    [Fact]
    public void Notifications_and_sends_do_not_prolong_a_registration()
    {
        // LwM2M Core 6.2: only an Update does.
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a", "&lt=20&lwm2m=1.1");
        (_, byte[] token) = device.GrantObserve(registration, new Lwm2mPath(3, 0, 9));
        DateTimeOffset end = registration.ExpiresAt;
        _harness.Run(10);
        Assert.True(device.NotifyConfirmable(token, 2, "1"));
        Assert.Equal(CoapCode.Changed, device.Exchange(CoapCode.Post, "/dp", "[{\"n\":\"/3/0/9\",\"v\":1}]", 110).Code);
        Assert.True(registration.LastSeen > registration.RegisteredAt.AddSeconds(9));
        Assert.Equal(end, registration.ExpiresAt);
        Assert.InRange(TimeToEnd("a", 60), 8, 12);
        Assert.Contains("ended /3/0/9", _harness.Events.Lines);
    }

    [Fact]
    public void Many_registrations_end_in_the_second_that_is_theirs()
    {
        var random = new Random(7);
        (string Name, int Lifetime)[] devices = [.. Enumerable.Range(0, 200).Select(i => ($"device-{i}", random.Next(1, 9000)))];
        foreach ((string name, int lifetime) in devices)
            _harness.Add().RegisterAs(name, $"&lt={lifetime}&lwm2m=1.1");
        var ends = new Dictionary<string, DateTimeOffset>();
        _harness.Events.Removed = (registration, _) => ends[registration.Endpoint] = _harness.Network.Time.GetUtcNow();
        DateTimeOffset[] expected = [.. devices.Select(d => _harness.Find(d.Name).ExpiresAt)];
        _harness.Run(9100);
        for (int i = 0; i < devices.Length; i++)
            Assert.InRange((ends[devices[i].Name] - expected[i]).TotalSeconds, 0, 2);
    }

    [Theory]
    [InlineData(3600 * 5)]
    [InlineData(-3600 * 5)]
    public void When_the_clock_jumps_devices_get_time_to_speak(int seconds)
    {
        var time = new SettableTime();
        var events = new RecordingEvents();
        var network = new SimulatedNetwork();
        using var server = new Lwm2mServer(new() { RestartGrace = TimeSpan.FromMinutes(2) }, new TestAdmission(), events, time);
        SimulatedEndpoint endpoint = network.Add(server);
        RawPeer peer = network.AddRaw();
        Assert.Equal(CoapCode.Created, peer.Exchange(endpoint, new WireMessage(MessageType.Confirmable, CoapCode.Post, 1)
        {
            Path = "/rd?ep=a&lt=300&lwm2m=1.1",
            Payload = "</1/0>,</3/0>"u8.ToArray(),
        }).Code);
        time.Advance(TimeSpan.FromSeconds(10));
        time.Offset = TimeSpan.FromSeconds(seconds);
        time.Advance(TimeSpan.FromSeconds(115));
        Assert.Equal(1, server.Registrations.Count);
        if (seconds < 0)
            return;
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, server.Registrations.Count);
    }

    /// <summary>A clock that somebody sets while its timers go on.</summary>
    private sealed class SettableTime : TimeProvider
    {
        private readonly ManualTime _time = new();

        public TimeSpan Offset { get; set; }

        public void Advance(TimeSpan by) => _time.Advance(by);

        public override DateTimeOffset GetUtcNow() => _time.GetUtcNow() + Offset;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _time.CreateTimer(callback, state, dueTime, period);
    }
}
