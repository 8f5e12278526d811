using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Restart;

/// <summary>The process is killed at any moment: whatever a device was answered for is there again.</summary>
public sealed class KillTests
{
    private const string Names = "abcdefgh";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void After_each_operation_and_before_each_write_the_files_hold_what_was_acknowledged(int seed)
    {
        using var state = new StateDirectory();
        string[] acknowledged = [];
        int kills = 0;
        bool isCompacting = false;
        ServerHarness? harness = null;
        var options = new Lwm2mServerOptions
        {
            StateDirectory = state.Path,
            RestartGrace = TimeSpan.Zero,
            Log = new()
            {
                SegmentSize = 250,
                Space = bytes =>
                {
                    if (isCompacting)
                        Kill();
                    return bytes;
                },
            },
        };
        harness = new ServerHarness(options);
        using ServerHarness h = harness;
        var workload = new Workload(h, new Random(seed));
        for (int i = 0; i < 150; i++)
        {
            if (i % 10 == 9)
            {
                isCompacting = true;
                h.Registrations.Compact();
                isCompacting = false;
            }
            else
            {
                workload.DoSomething();
            }

            acknowledged = StateDirectory.Describe(h.Registrations);
            Kill();
        }

        Assert.True(kills > 200, $"{kills} kills");

        void Kill()
        {
            kills++;
            using StateDirectory killed = state.Copy();
            Assert.Equal(acknowledged, killed.Read(harness!.Network.Time.GetUtcNow()));
        }
    }

    [Fact]
    public void A_tail_that_was_not_written_whole_costs_only_what_was_not_acknowledged()
    {
        using var state = new StateDirectory();
        using var harness = new ServerHarness(new() { StateDirectory = state.Path, RestartGrace = TimeSpan.Zero });
        var workload = new Workload(harness, new Random(5));
        for (int i = 0; i < 20; i++)
            workload.DoSomething();
        string file = state.Segments.Single();
        DateTimeOffset now = harness.Network.Time.GetUtcNow();
        string[] before = StateDirectory.Describe(harness.Registrations);
        long lengthBefore = new FileInfo(file).Length;
        harness.Add().RegisterAs("last");
        long length = new FileInfo(file).Length;
        Assert.True(length > lengthBefore);
        for (long cut = lengthBefore; cut < length; cut++)
        {
            using StateDirectory killed = state.Copy();
            using (var torn = new FileStream(killed.Segments.Single(), FileMode.Open))
                torn.SetLength(cut);
            Assert.Equal(before, killed.Read(now));
            // What the next process adds is not behind the damage.
            Assert.Equal(before, killed.Read(now));
        }
    }

    [Fact]
    public void Damage_at_the_end_of_the_file_costs_nothing_that_came_before()
    {
        using var state = new StateDirectory();
        using var harness = new ServerHarness(new() { StateDirectory = state.Path, RestartGrace = TimeSpan.Zero });
        var workload = new Workload(harness, new Random(6));
        for (int i = 0; i < 20; i++)
            workload.DoSomething();
        string[] acknowledged = StateDirectory.Describe(harness.Registrations);
        foreach (byte[] garbage in (byte[][])[new byte[4096], [1, 0, 0, 0], [.. Enumerable.Repeat((byte)0xFF, 100)], [5, 0, 0, 0, 1, 2, 3, 4, 9, 9, 9, 9, 9]])
        {
            using StateDirectory killed = state.Copy();
            using (var file = new FileStream(killed.Segments.Single(), FileMode.Append))
                file.Write(garbage);
            Assert.Equal(acknowledged, killed.Read(harness.Network.Time.GetUtcNow()));
        }
    }

    [Fact]
    public void A_server_that_starts_after_a_kill_goes_on_where_the_other_was()
    {
        using var state = new StateDirectory();
        var network = new SimulatedNetwork();
        using var first = new ServerHarness(new() { StateDirectory = state.Path }, network);
        TestDevice device = first.Add();
        Registration registration = device.RegisterAs("a");
        (_, byte[] token) = device.GrantObserve(registration, new Lwm2mPath(3, 0, 9));

        using StateDirectory killed = state.Copy();
        using var second = new ServerHarness(new() { StateDirectory = killed.Path }, network);
        var same = new TestDevice(second, device.Peer, isSecure: false) { Location = device.Location };
        Assert.True(same.NotifyConfirmable(token, 9, "95"));
        Assert.Equal(["notified /3/0/9 2.05 95"], second.Events.Lines);
        Assert.Equal(CoapCode.Changed, same.Update("lt=50").Code);
        Task<DeviceResponse> reading = second.Begin(second.Find("a"), DeviceRequest.Read(new Lwm2mPath(3, 0)));
        same.Serve(CoapCode.Content, "x");
        Assert.True(network.Await(reading).IsSuccess);
    }

    [Fact]
    public void Compaction_makes_the_log_as_short_as_the_state_and_removes_old_files()
    {
        using var state = new StateDirectory();
        using var harness = new ServerHarness(new() { StateDirectory = state.Path, RestartGrace = TimeSpan.Zero, Log = new() { SegmentSize = 10_000 } });
        TestDevice device = harness.Add();
        device.RegisterAs("a");
        for (int i = 0; i < 1000; i++)
            device.Update($"lt={3600 + i}");
        long before = state.Segments.Sum(f => new FileInfo(f).Length);
        harness.Registrations.Compact();
        long after = state.Segments.Sum(f => new FileInfo(f).Length);
        Assert.True(before > 100_000 && after < 1000, $"{before} bytes before, {after} after");
        Assert.Equal(StateDirectory.Describe(harness.Registrations), state.Copy().Read(harness.Network.Time.GetUtcNow()));
    }

    /// <summary>Devices that do anything that changes the state.</summary>
    private sealed class Workload(ServerHarness harness, Random random)
    {
        private readonly Dictionary<string, TestDevice> _devices = [];

        public void DoSomething()
        {
            string name = Names[random.Next(Names.Length)].ToString();
            if (!_devices.TryGetValue(name, out TestDevice? device) || !harness.IsRegistered(name))
            {
                Register(name);
                return;
            }

            switch (random.Next(8))
            {
                case 0:
                    Register(name);
                    break;
                case 1:
                    Assert.Equal(CoapCode.Deleted, device.Deregister().Code);
                    break;
                case 2:
                    Assert.Equal(CoapCode.Changed, device.Update().Code);
                    break;
                case 3:
                    Assert.Equal(CoapCode.Changed, device.Update($"lt={random.Next(10_000, 20_000)}&sms={random.Next(100)}", random.Next(2) == 0 ? null : $"</1/0>,</3/0>,</3303/{random.Next(50)}>").Code);
                    break;
                case 4:
                    var moved = harness.Add();
                    moved.Location = device.Location;
                    Assert.Equal(CoapCode.Changed, moved.Update().Code);
                    _devices[name] = moved;
                    break;
                case 5:
                    harness.Server.Revoke(harness.Find(name));
                    break;
                case 6 when harness.Registrations.ObservationsOf(harness.Find(name)) is { Count: > 0 } observations:
                    harness.Server.Forget(observations[random.Next(observations.Count)]);
                    break;
                default:
                    device.GrantObserve(harness.Find(name), new Lwm2mPath(3303, (ushort)random.Next(100), 5700), options: random.Next(2) == 0 ? null : new() { Queries = ["pmin=1"], Accept = ContentFormat.SenmlCbor });
                    break;
            }

            harness.Run(random.Next(30));
        }

        private void Register(string name)
        {
            TestDevice device = harness.Add();
            device.RegisterAs(name, $"&lt={random.Next(10_000, 20_000)}&lwm2m=1.{random.Next(3)}&et={name}", $"</1/0>,</3/0>,</3303/{random.Next(50)}>");
            _devices[name] = device;
        }
    }
}
