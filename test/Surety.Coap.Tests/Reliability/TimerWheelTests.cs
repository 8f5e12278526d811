namespace Surety.Coap.Tests.Reliability;

public sealed class TimerWheelTests
{
    private const int Tick = 16;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_fires_what_a_sorted_list_would_at_the_deadline_or_one_tick_later(int seed)
    {
        var random = new Random(seed);
        long now = random.Next(1_000_000);
        var wheel = new TimerWheel(now);
        var fired = new List<Node>();
        Node[] nodes = [.. Enumerable.Range(0, 500).Select(_ => new Node(fired))];
        var model = new Dictionary<Node, long>();
        for (int i = 0; i < 100_000; i++)
        {
            Node node = nodes[random.Next(nodes.Length)];
            switch (random.Next(10))
            {
                case < 5:
                    // Near, far, beyond the wheel's span of 262 s, at once, in the past.
                    long deadline = now + random.Next(5) switch { 0 => random.Next(50), 1 => random.Next(5000), 2 => random.Next(300_000), 3 => random.Next(2_000_000), _ => -random.Next(100) };
                    wheel.Schedule(node, deadline);
                    model[node] = Math.Max(deadline, now);
                    break;
                case < 7:
                    wheel.Cancel(node);
                    model.Remove(node);
                    break;
                default:
                    long before = now;
                    now += random.Next(4) switch { 0 => random.Next(20), 1 => random.Next(1000), 2 => random.Next(30_000), _ => 0 };
                    fired.Clear();
                    wheel.Advance(now);
                    foreach (Node due in fired)
                    {
                        Assert.True(model.Remove(due, out long at));
                        Assert.True(at <= now);
                        Assert.False(due.IsScheduled);
                    }

                    Assert.All(model, pair => Assert.True(pair.Value > now - (2 * Tick), $"due at {pair.Value}, now {now}, before {before}"));
                    break;
            }

            Assert.Equal(model.Count, wheel.Count);
            if (model.Count == 0)
                Assert.Equal(long.MaxValue, wheel.NextTimeout);
            else
                Assert.True(wheel.NextTimeout <= Math.Max(model.Values.Min(), now) + (2 * Tick));
        }
    }

    [Fact]
    public void The_next_time_out_is_when_the_next_node_fires()
    {
        var wheel = new TimerWheel(0);
        var fired = new List<Node>();
        foreach (long deadline in new long[] { 1, 15, 16, 17, 100, 247_000, 400_000 })
            wheel.Schedule(new Node(fired), deadline);
        var times = new List<long>();
        while (wheel.Count > 0)
        {
            long next = wheel.NextTimeout;
            int count = fired.Count;
            wheel.Advance(next - 1);
            Assert.Equal(count, fired.Count);
            wheel.Advance(next);
            times.AddRange(Enumerable.Repeat(next, fired.Count - count));
        }

        // Rounded up to ticks; beyond the span there is a stop on the way.
        Assert.Equal([16, 16, 16, 32, 112, 247_008, 400_000], times);
    }

    [Fact]
    public void A_node_may_schedule_itself_again()
    {
        var wheel = new TimerWheel(0);
        var times = new List<long>();
        Node node = null!;
        node = new Node(now =>
        {
            times.Add(now);
            wheel.Schedule(node, now + 100);
        });
        wheel.Schedule(node, 100);
        for (long now = 0; now <= 1000; now += 10)
            wheel.Advance(now);
        Assert.InRange(times.Count, 8, 10);
    }

    [Fact]
    public void A_node_that_schedules_itself_for_now_fires_in_the_next_tick_and_does_not_hang()
    {
        var wheel = new TimerWheel(0);
        int count = 0;
        Node node = null!;
        node = new Node(now =>
        {
            count++;
            wheel.Schedule(node, now);
        });
        wheel.Schedule(node, 0);
        wheel.Advance(Tick);
        Assert.Equal(1, count);
        wheel.Advance(2 * Tick);
        Assert.Equal(2, count);
    }

    [Fact]
    public void A_node_may_cancel_others_of_the_same_tick()
    {
        var wheel = new TimerWheel(0);
        var fired = new List<Node>();
        Node[] nodes = new Node[10];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = new Node(_ =>
            {
                fired.Add(nodes[0]);
                foreach (Node other in nodes)
                    wheel.Cancel(other);
            });
            wheel.Schedule(nodes[i], 10);
        }

        wheel.Advance(1000);
        Assert.Single(fired);
        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void What_a_node_throws_does_not_keep_the_others_from_firing()
    {
        var wheel = new TimerWheel(0);
        var fired = new List<Node>();
        for (int i = 0; i < 5; i++)
        {
            wheel.Schedule(new Node(_ => throw new InvalidOperationException("a fault")), 10);
            wheel.Schedule(new Node(fired), 10);
        }

        wheel.Schedule(new Node(fired), 50);
        int faults = 0;
        for (int i = 0; i < 20; i++)
        {
            try
            {
                wheel.Advance(100);
            }
            catch (InvalidOperationException)
            {
                faults++;
            }
        }

        Assert.Equal((5, 6, 0), (faults, fired.Count, wheel.Count));
    }

    [Fact]
    public void A_wheel_that_stood_still_for_long_goes_on()
    {
        var wheel = new TimerWheel(0);
        var fired = new List<Node>();
        wheel.Advance(10_000_000);
        wheel.Schedule(new Node(fired), 10_247_000);
        wheel.Advance(10_246_000);
        Assert.Empty(fired);
        wheel.Advance(100_000_000);
        Assert.Single(fired);
    }

    [Fact]
    public void A_stale_wheel_does_not_fire_early()
    {
        var wheel = new TimerWheel(0);
        var fired = new List<Node>();
        wheel.Schedule(new Node(fired), 100_000);
        // Nothing advanced it for 90 s; the deadline is beyond its span as it counts.
        wheel.Schedule(new Node(fired), 90_000 + 247_000);
        wheel.Advance(300_000);
        Assert.Single(fired);
        wheel.Advance(336_999);
        Assert.Single(fired);
        wheel.Advance(337_016);
        Assert.Equal(2, fired.Count);
    }

    private sealed class Node(Action<long> action) : TimerNode
    {
        public Node(List<Node> fired)
            : this(_ => { }) => Fired = fired;

        private List<Node>? Fired { get; }

        public override void OnTimeout(long now)
        {
            Fired?.Add(this);
            action(now);
        }
    }
}
