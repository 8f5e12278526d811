using Surety.Coap;

namespace Surety.Lwm2m.Server.Tests.Registrations;

/// <summary>Registrations that take the place of others (LwM2M Core 6.2.1).</summary>
public sealed class ReplacementTests : IDisposable
{
    private readonly ServerHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void A_device_that_registers_again_from_another_port_replaces_its_registration_and_ends_its_observations()
    {
        // ETS 1.1-int-241; Anjay after an update of its firmware.
        TestDevice before = _harness.Add();
        Registration old = before.RegisterAs("a");
        (Observation observation, byte[] token) = before.GrantObserve(old, new Lwm2mPath(3, 0, 9));
        TestDevice after = _harness.Add();
        Registration young = after.RegisterAs("a");

        Assert.NotSame(old, young);
        Assert.Equal(old.Device, young.Device);
        Assert.NotEqual(before.Location, after.Location);
        Assert.False(old.IsActive || observation.IsActive);
        Assert.Equal(["registered a", "ended /3/0/9", "registered a for a"], _harness.Events.Lines);
        Assert.Equal((1, 1, 1, 1, 0), _harness.Registrations.IndexSizes);
        Assert.Equal(CoapCode.NotFound, before.Update().Code);
        Assert.False(before.NotifyConfirmable(token, 5, "94"));
        Assert.False(after.NotifyConfirmable(token, 6, "94"));
        Assert.Equal(CoapCode.Changed, after.Update().Code);
    }

    [Fact]
    public void A_device_that_registers_again_from_the_same_port_gets_a_new_location()
    {
        TestDevice device = _harness.Add();
        device.RegisterAs("a");
        string before = device.Location;
        device.RegisterAs("a");
        Assert.NotEqual(before, device.Location);
        Assert.Equal((1, 1, 1, 1, 0), _harness.Registrations.IndexSizes);
    }

    [Fact]
    public void Two_devices_may_speak_from_one_address()
    {
        // Behind a gateway, or since a NAT has given the address away.
        TestDevice address = _harness.Add();
        Registration a = address.RegisterAs("a");
        string locationOfA = address.Location;
        Registration b = address.RegisterAs("b");
        Assert.Equal(2, _harness.Registrations.Count);
        Assert.True(a.IsActive && b.IsActive);
        Assert.Equal(CoapCode.Deleted, address.Deregister().Code);
        address.Location = locationOfA;
        Assert.Equal(CoapCode.Changed, address.Update().Code);
        Assert.Equal(CoapCode.Deleted, address.Deregister().Code);
        Assert.Equal((0, 0, 0, 0, 0), _harness.Registrations.IndexSizes);
    }

    [Fact]
    public void A_device_that_has_another_name_now_has_one_registration()
    {
        _harness.Admission.Resolver = _ => ValueTask.FromResult(DeviceResolution.Accept(new DeviceId(7)));
        TestDevice before = _harness.Add();
        Registration old = before.RegisterAs("old-name");
        before.GrantObserve(old, new Lwm2mPath(3, 0, 9));
        Registration young = _harness.Add().RegisterAs("new-name");
        Assert.Equal(["registered old-name", "ended /3/0/9", "registered new-name for old-name"], _harness.Events.Lines);
        Assert.True(_harness.Registrations.TryGet(new DeviceId(7), out Registration? found) && found == young);
        Assert.Equal((1, 1, 1, 1, 0), _harness.Registrations.IndexSizes);
        Assert.Equal(CoapCode.NotFound, before.Update().Code);
    }

    [Fact]
    public void A_Register_may_take_the_place_of_two_registrations()
    {
        // Two names become one device.
        var one = new DeviceId(1);
        var two = new DeviceId(2);
        DeviceId next = one;
        _harness.Admission.Resolver = _ => ValueTask.FromResult(DeviceResolution.Accept(next));
        TestDevice a = _harness.Add();
        a.RegisterAs("a");
        next = two;
        TestDevice b = _harness.Add();
        b.RegisterAs("b");
        // Registered devices are not looked up: the old registration of this name goes first.
        b.Deregister();
        next = one;
        _harness.Add().RegisterAs("b");
        Assert.Equal(["registered a", "registered b", "removed b Deregistered", "registered b for a"], _harness.Events.Lines);
        Assert.Equal((1, 1, 1, 1, 0), _harness.Registrations.IndexSizes);
    }

    [Fact]
    public void Ten_thousand_registrations_of_one_endpoint_with_ever_new_lists_leave_one_and_no_memory()
    {
        // From ever new ports, the same way.
        _harness.Network.Latency = (0, 0);
        TestDevice device = _harness.Add();
        long before = 0;
        for (int i = 0; i < 10_000; i++)
        {
            device.Send(device.Request(CoapCode.Post, "/rd?ep=a&lt=3600&lwm2m=1.1", System.Text.Encoding.UTF8.GetBytes($"</1/0>,</3/0>,</3303/{i}>,</31024/{i}>;x=\"{new string('y', 4000)}\""), 40));
            if (i % 100 != 99)
                continue;
            _harness.Network.RunUntil(() => device.Peer.Received.Count == 100);
            device.Peer.Clear();
            _harness.Network.Sent.Clear();
            _harness.Events.Clear();
            _harness.Run(300);
            if (i == 5_999)
                before = GC.GetTotalMemory(forceFullCollection: true);
        }

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 4_000_000, $"{grown} bytes more after 4,000 further registrations");
        Assert.Equal((1, 1, 1, 1, 0), _harness.Registrations.IndexSizes);
        Assert.True(_harness.Find("a").Links.Contains(new Lwm2mPath(3303, 9_999)));
    }
}
