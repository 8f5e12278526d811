using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Queue;

/// <summary>What waits for a device: order, sleep, silence, new addresses, limits.</summary>
public sealed class DeviceRequestQueueTests : IDisposable
{
    private readonly ServerHarness _harness = new();
    private readonly DeviceRequestQueue _queue;
    private readonly List<string> _outcomes = [];

    public DeviceRequestQueueTests()
    {
        _queue = new DeviceRequestQueue(_harness.Server, new DeviceRequestQueueOptions { MaxPerDevice = 3 }, _harness.Network.Time);
        _harness.Events.Awake = _queue.OnAwake;
        _harness.Events.Removed = (registration, reason) => _queue.OnRemoved(registration.Device, reason);
    }

    public void Dispose()
    {
        _queue.Dispose();
        _harness.Dispose();
    }

    private bool Add(Registration registration, int resource, int retries = 0, double? expiresAfter = null, CoapCode? method = null) =>
        _queue.TryEnqueue(new QueuedRequest(registration.Device, new DeviceRequest(method ?? CoapCode.Get, new Lwm2mPath(3, 0, (ushort)resource)), Note)
        {
            Retries = retries,
            ExpiresAt = expiresAfter is { } seconds ? _harness.Network.Time.GetUtcNow().AddSeconds(seconds) : DateTimeOffset.MaxValue,
        });

    private void Note(QueuedRequest request, QueueOutcome outcome)
    {
        lock (_outcomes)
            _outcomes.Add($"{request.Request.Path} {outcome.Response?.Code.ToString() ?? outcome.Failure.ToString()}");
    }

    private void Expect(params string[] outcomes)
    {
        _harness.RunUntil(() =>
        {
            lock (_outcomes)
                return _outcomes.Count >= outcomes.Length;
        });
        Assert.Equal(outcomes, _outcomes);
    }

    [Fact]
    public void Requests_go_one_after_the_other_in_their_order()
    {
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a");
        Assert.True(Add(registration, 0) && Add(registration, 1) && Add(registration, 2));
        WireMessage first = device.Receive();
        Assert.Equal("/3/0/0", first.UriPath);
        Assert.Empty(device.Peer.Received);
        device.Answer(first, CoapCode.Content, "x");
        Assert.Equal("/3/0/1", device.Serve(CoapCode.NotFound).UriPath);
        Assert.Equal("/3/0/2", device.Serve(CoapCode.Content, "x").UriPath);
        Expect("/3/0/0 2.05", "/3/0/1 4.04", "/3/0/2 2.05");
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void A_device_that_sleeps_gets_its_requests_when_it_speaks()
    {
        // LwM2M Core 6.5; ETS 1.1-int-109
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a", "&lt=3600&lwm2m=1.1&Q");
        _harness.Run(100);
        Assert.True(Add(registration, 0));
        device.ReceiveNothing(60);
        Assert.Equal(CoapCode.Changed, device.Update().Code);
        Assert.Equal("/3/0/0", device.Serve(CoapCode.Content, "x").UriPath);
        Expect("/3/0/0 2.05");
    }

    [Fact]
    public void A_queue_takes_as_many_as_its_limit_says()
    {
        Registration registration = _harness.Add().RegisterAs("a", "&lt=3600&lwm2m=1.1&Q");
        _harness.Run(100);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(i => Add(registration, i)));
        Assert.Equal(3, _queue.Count);
    }

    [Fact]
    public void What_has_waited_too_long_leaves_and_what_is_behind_it_stays()
    {
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a", "&lt=3600&lwm2m=1.1&Q");
        _harness.Run(100);
        Assert.True(Add(registration, 0, expiresAfter: 10) && Add(registration, 1, expiresAfter: 1000));
        _harness.Run(12);
        Expect("/3/0/0 Expired");
        device.Update();
        Assert.Equal("/3/0/1", device.Serve(CoapCode.Content, "x").UriPath);
        Expect("/3/0/0 Expired", "/3/0/1 2.05");
    }

    [Fact]
    public void A_device_that_is_silent_is_tried_as_often_as_was_asked()
    {
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a");
        Assert.True(Add(registration, 0, retries: 1));
        Expect("/3/0/0 Timeout");
        // Each attempt is a transmission and four retransmissions (RFC 7252, 4.2), with a Message ID of its own.
        Assert.Equal([5, 5], device.Peer.Received.GroupBy(m => m.MessageId).Select(g => g.Count()));
    }

    [Theory]
    [InlineData("register")]
    [InlineData("update")]
    public void What_is_on_its_way_to_an_address_that_the_device_has_left_goes_to_the_new_one(string how)
    {
        PeerIdentity identity = ServerHarness.PreSharedKey("a");
        TestDevice old = _harness.Add(identity);
        Registration registration = old.RegisterAs("a");
        Assert.True(Add(registration, 0));
        old.Receive();

        TestDevice moved = _harness.Add(identity);
        moved.Location = old.Location;
        if (how == "register")
            moved.RegisterAs("a");
        else
            Assert.Equal(CoapCode.Changed, moved.Update().Code);
        Assert.Equal("/3/0/0", moved.Serve(CoapCode.Content, "x").UriPath);
        Expect("/3/0/0 2.05");
    }

    [Fact]
    public void What_must_not_be_done_twice_is_not_sent_to_the_new_address()
    {
        TestDevice old = _harness.Add();
        Assert.True(Add(old.RegisterAs("a"), 4, method: CoapCode.Post));
        old.Receive();
        TestDevice moved = _harness.Add();
        moved.RegisterAs("a");
        Expect("/3/0/4 Timeout");
        moved.ReceiveNothing(300);
    }

    [Theory]
    [InlineData(RemovalReason.Deregistered, "Deregistered")]
    [InlineData(RemovalReason.Revoked, "Blocked")]
    public void A_device_that_is_gone_takes_its_requests_with_it(RemovalReason reason, string failure)
    {
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a", "&lt=3600&lwm2m=1.1&Q");
        _harness.Run(100);
        Assert.True(Add(registration, 0) && Add(registration, 1));
        if (reason == RemovalReason.Revoked)
            _harness.Server.Revoke(registration);
        else
            Assert.Equal(CoapCode.Deleted, device.Deregister().Code);
        Expect($"/3/0/0 {failure}", $"/3/0/1 {failure}");
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void Requests_that_another_server_has_taken_over_end_without_a_word()
    {
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a", "&lt=3600&lwm2m=1.1&Q");
        _harness.Run(100);
        Assert.True(Add(registration, 0) && Add(registration, 1));
        _harness.Server.Drop(registration);
        Assert.False(registration.IsActive);
        // Until they are taken over they wait.
        Assert.Equal(2, _queue.Count);
        _queue.Release(registration.Device);
        Assert.Equal(0, _queue.Count);
        Assert.Equal((0, 0), (_queue.Sizes.Devices, _outcomes.Count));
    }

    [Fact]
    public void What_is_with_a_device_that_has_moved_waits_again_unless_it_must_not_be_done_twice()
    {
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a");
        Assert.True(Add(registration, 4, method: CoapCode.Post));
        device.Receive();
        _harness.Server.Drop(registration);
        _queue.Interrupt(registration.Device);
        Expect("/3/0/4 Timeout");

        registration = device.RegisterAs("a");
        Assert.True(Add(registration, 0));
        device.Receive();
        _harness.Server.Drop(registration);
        _queue.Interrupt(registration.Device);
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public void A_fault_of_the_one_who_asked_does_not_stop_the_queue()
    {
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a");
        _queue.TryEnqueue(new QueuedRequest(registration.Device, DeviceRequest.Read(new Lwm2mPath(3, 0, 9)), (_, _) => throw new InvalidOperationException("no")));
        Assert.True(Add(registration, 1));
        device.Serve(CoapCode.Content, "x");
        device.Serve(CoapCode.Content, "x");
        Expect("/3/0/1 2.05");
    }
}
