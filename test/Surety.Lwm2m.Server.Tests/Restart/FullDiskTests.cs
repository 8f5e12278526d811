using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Restart;

/// <summary>A log that cannot be written: nothing is acknowledged that is not kept, and nothing is half done.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly StateDirectory _state = new();
    private readonly ServerHarness _harness;
    private int _space = int.MaxValue;

    public FullDiskTests() => _harness = new(new()
    {
        StateDirectory = _state.Path,
        RestartGrace = TimeSpan.Zero,
        Log = new() { Space = bytes => Math.Min(bytes, _space), SegmentSize = 2000, MaxUnwritten = 3000 },
    });

    public void Dispose()
    {
        _space = int.MaxValue;
        _harness.Dispose();
        _state.Dispose();
    }

    private string[] Killed()
    {
        using StateDirectory killed = _state.Copy();
        return killed.Read(_harness.Network.Time.GetUtcNow());
    }

    [Fact]
    public void A_Register_gets_no_answer_until_it_is_kept()
    {
        _space = 0;
        TestDevice device = _harness.Add();
        WireMessage request = device.Request(CoapCode.Post, "/rd?ep=a&lt=60000&lwm2m=1.1", Encoding.UTF8.GetBytes(TestDevice.Links), 40);
        device.Send(request);
        device.ReceiveNothing(2);
        Assert.True(_harness.Endpoint.Statistics.FailedCommits > 0);
        Assert.Empty(Killed());
        device.Send(request);
        device.ReceiveNothing(4);

        _space = int.MaxValue;
        device.Send(request);
        WireMessage answer = device.Receive();
        Assert.Equal(CoapCode.Created, answer.Code);
        device.Location = TestDevice.LocationOf(answer);
        Assert.Equal(StateDirectory.Describe(_harness.Registrations), Killed());
        Assert.Equal(CoapCode.Changed, device.Update().Code);
    }

    [Fact]
    public void A_Register_of_a_device_that_is_looked_up_gets_no_answer_until_it_is_kept()
    {
        var lookup = new TaskCompletionSource<DeviceResolution>(TaskCreationOptions.RunContinuationsAsynchronously);
        _harness.Admission.Resolver = _ => new(lookup.Task);
        TestDevice device = _harness.Add();
        WireMessage request = device.Request(CoapCode.Post, "/rd?ep=a&lt=60000&lwm2m=1.1", Encoding.UTF8.GetBytes(TestDevice.Links), 40);
        device.Send(request);
        _harness.Run(0.02);
        _space = 0;
        lookup.SetResult(DeviceResolution.Accept(new DeviceId(1)));
        _harness.Continue();
        device.ReceiveNothing(2);
        Assert.Empty(Killed());
        _space = int.MaxValue;
        device.Send(request);
        Assert.Equal(CoapCode.Created, device.ReceiveResponse().Code);
        Assert.Equal(StateDirectory.Describe(_harness.Registrations), Killed());
    }

    [Fact]
    public void Updates_and_de_registrations_get_no_answer_until_they_are_kept()
    {
        TestDevice device = _harness.Add();
        device.RegisterAs("a");
        foreach (WireMessage request in new[]
        {
            device.Request(CoapCode.Post, device.Location, [], null),
            device.Request(CoapCode.Post, device.Location + "?lt=70000", [], null),
            device.Request(CoapCode.Delete, device.Location, [], null),
        })
        {
            string[] before = Killed();
            _space = 0;
            device.Send(request);
            device.ReceiveNothing(2);
            Assert.Equal(before, Killed());
            _space = int.MaxValue;
            device.Send(request);
            CoapCode code = device.Receive().Code;
            // What was done already is not there to be done again.
            Assert.Equal(request.Code == CoapCode.Delete ? CoapCode.NotFound : CoapCode.Changed, code);
            Assert.Equal(StateDirectory.Describe(_harness.Registrations), Killed());
        }
    }

    [Fact]
    public void When_not_even_memory_takes_more_a_change_is_refused_and_has_not_happened()
    {
        TestDevice device = _harness.Add(), other = _harness.Add();
        Registration registration = device.RegisterAs("a");
        device.GrantObserve(registration, new Lwm2mPath(3, 0, 9));
        _space = 0;
        for (int i = 0; i < 200; i++)
        {
            device.Send(device.Request(CoapCode.Post, device.Location, [], null));
            _harness.Run(0.1);
        }

        string[] before = StateDirectory.Describe(_harness.Registrations);
        foreach ((TestDevice d, CoapCode method, string path, string payload) in ((TestDevice, CoapCode, string, string)[])[
            (device, CoapCode.Post, device.Location, ""),
            (device, CoapCode.Post, device.Location + "?lt=50", ""),
            (device, CoapCode.Delete, device.Location, ""),
            (other, CoapCode.Post, device.Location, ""),
            (other, CoapCode.Post, "/rd?ep=a&lt=100", TestDevice.Links),
            (other, CoapCode.Post, "/rd?ep=b&lt=100", TestDevice.Links),
        ])
        {
            d.Send(d.Request(method, path, Encoding.UTF8.GetBytes(payload), null));
            d.ReceiveNothing(1);
            Assert.Equal(before, StateDirectory.Describe(_harness.Registrations));
        }

        Assert.Throws<IOException>(() => _harness.Server.Revoke(registration));
        Assert.Throws<IOException>(() => _harness.Server.Forget(Assert.Single(_harness.Registrations.ObservationsOf(registration))));
        Assert.Equal(before, StateDirectory.Describe(_harness.Registrations));
        Assert.Equal((1, 1, 1, 1, 1), _harness.Registrations.IndexSizes);

        _space = int.MaxValue;
        Assert.Equal(CoapCode.Changed, device.Update("lt=50").Code);
        Assert.Equal(StateDirectory.Describe(_harness.Registrations), Killed());
    }

    [Fact]
    public void A_registration_that_could_not_be_ended_ends_when_there_is_space_again()
    {
        _harness.Add().RegisterAs("a", "&lt=30&lwm2m=1.1");
        _harness.Add().RegisterAs("b", "&lt=30&lwm2m=1.1");
        _space = 0;
        _harness.Run(60);
        _space = int.MaxValue;
        _harness.Run(2);
        Assert.Equal(0, _harness.Registrations.Count);
        Assert.Empty(Killed());
        Assert.Equal(2, _harness.Events.Lines.Count(l => l.StartsWith("removed", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_observation_that_cannot_be_kept_is_none()
    {
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a");
        Task<ObserveResult> observing = _harness.BeginObserve(registration, new Lwm2mPath(3, 0, 9));
        WireMessage request = device.Receive();
        _space = 0;
        device.Answer(request, CoapCode.Content, "95", o => o.Add(CoapOptionNumber.Observe, 1u));
        Assert.Throws<IOException>(() => _harness.Network.Await(observing));
        Assert.Equal(0, _harness.Registrations.ObservationCount);
        _space = int.MaxValue;
        Assert.False(device.NotifyConfirmable(request.Token, 2, "94"));
    }

    [Fact]
    public void A_notification_gets_no_answer_until_it_is_kept_and_is_told_again()
    {
        TestDevice device = _harness.Add();
        (_, byte[] token) = device.GrantObserve(device.RegisterAs("a"), new Lwm2mPath(3, 0, 9));
        bool isFull = true;
        _harness.Events.On = line =>
        {
            if (line == "commit" && isFull)
                throw new IOException("No space left on device");
        };
        var notification = new WireMessage(MessageType.Confirmable, CoapCode.Content, 0x7777) { Token = token, Payload = "95"u8.ToArray() };
        notification.Options.Add(CoapOptionNumber.Observe, 2u);
        device.Send(notification);
        device.ReceiveNothing(2);
        isFull = false;
        device.Send(notification);
        Assert.Equal((MessageType.Acknowledgement, (ushort)0x7777), (device.Receive() is var m ? m.Type : default, m.MessageId));
        Assert.Equal(2, _harness.Events.Lines.Count(l => l == "notified /3/0/9 2.05 95"));
    }

    [Fact]
    public void While_the_disk_fills_and_empties_devices_are_told_the_truth()
    {
        var random = new Random(11);
        TestDevice[] devices = [.. Enumerable.Range(0, 6).Select(_ => _harness.Add())];
        // Of each device: the lifetime that was acknowledged last, and those that were asked for since.
        var acknowledged = new Dictionary<int, string>();
        HashSet<string>[] asked = [.. devices.Select(_ => new HashSet<string>())];
        int count = 0;
        for (int i = 0; i < 300; i++)
        {
            _space = random.Next(3) == 0 ? random.Next(100) : int.MaxValue;
            int index = random.Next(devices.Length);
            TestDevice device = devices[index];
            string lifetime = random.Next(10_000, 90_000).ToString();
            bool registers = device.Location.Length == 0 || random.Next(4) == 0;
            string path = registers ? $"/rd?ep=device-{index}&lt={lifetime}" : $"{device.Location}?lt={lifetime}";
            device.Send(device.Request(CoapCode.Post, path, registers ? Encoding.UTF8.GetBytes(TestDevice.Links) : [], null));
            asked[index].Add(lifetime);
            _harness.Run(1);
            if (device.Peer.Received.Count > 0)
            {
                WireMessage answer = device.Receive();
                device.Location = answer.Code == CoapCode.Created ? TestDevice.LocationOf(answer) : answer.Code == CoapCode.Changed ? device.Location : "";
                if (answer.Code.IsSuccess)
                {
                    acknowledged[index] = lifetime;
                    asked[index].Clear();
                    count++;
                }
            }

            string[] kept = Killed();
            foreach ((int acknowledgedIndex, string last) in acknowledged)
            {
                string[] fields = Assert.Single(kept, line => line.StartsWith($"device-{acknowledgedIndex} ", StringComparison.Ordinal)).Split(' ');
                Assert.Contains(Lifetime(fields), asked[acknowledgedIndex].Append(last));
            }
        }

        Assert.True(count > 100, $"{count} acknowledged");

        static string Lifetime(string[] fields) => fields.First(f => f.Length == 5 && f.All(char.IsAsciiDigit));
    }
}
