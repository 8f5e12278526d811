using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Registrations;

/// <summary>Devices that take time to be looked up: the answer comes later, and once.</summary>
public sealed class LookupTests : IDisposable
{
    private readonly ServerHarness _harness = new();
    private readonly List<TaskCompletionSource<DeviceResolution>> _lookups = [];

    public LookupTests() => _harness.Admission.Resolver = _ =>
    {
        _lookups.Add(new(TaskCreationOptions.RunContinuationsAsynchronously));
        return new(_lookups[^1].Task);
    };

    public void Dispose() => _harness.Dispose();

    private WireMessage Begin(TestDevice device, string query = "ep=a&lt=60")
    {
        WireMessage request = device.Request(CoapCode.Post, "/rd?" + query, "</1/0>,</3/0>"u8.ToArray(), 40);
        device.Send(request);
        _harness.Run(0.02);
        return request;
    }

    private void Finish(int lookup, uint device = 1)
    {
        _lookups[lookup].SetResult(DeviceResolution.Accept(new DeviceId(device)));
        _harness.Continue();
    }

    [Fact]
    public void A_quick_lookup_is_answered_in_the_acknowledgement()
    {
        TestDevice device = _harness.Add();
        WireMessage request = Begin(device);
        Finish(0);
        WireMessage answer = device.Receive();
        Assert.Equal((MessageType.Acknowledgement, CoapCode.Created, request.MessageId), (answer.Type, answer.Code, answer.MessageId));
        Assert.Equal(["registered a"], _harness.Events.Lines);
    }

    [Fact]
    public void A_slow_lookup_is_acknowledged_and_answered_when_it_is_done()
    {
        TestDevice device = _harness.Add();
        WireMessage request = Begin(device);
        _harness.Run(10);
        WireMessage acknowledgement = device.Receive();
        Assert.True(acknowledgement.Code.IsEmpty);
        Assert.Equal((MessageType.Acknowledgement, request.MessageId), (acknowledgement.Type, acknowledgement.MessageId));
        Assert.False(_harness.IsRegistered("a"));
        Finish(0);
        WireMessage answer = device.Receive();
        Assert.Equal((MessageType.Confirmable, CoapCode.Created), (answer.Type, answer.Code));
        Assert.Equal(request.Token, answer.Token);
        Assert.Equal(TestDevice.LocationOf(answer), $"/rd/{_harness.Find("a").Id}");
    }

    [Fact]
    public void Retransmissions_while_the_device_is_looked_up_look_up_nothing_more()
    {
        TestDevice device = _harness.Add();
        WireMessage request = Begin(device);
        for (int i = 0; i < 4; i++)
        {
            device.Send(request);
            _harness.Run(5);
        }

        Assert.Single(_lookups);
        Finish(0);
        _harness.RunUntil(() => device.Peer.Received.Any(m => m.Code == CoapCode.Created));
        Assert.Equal(["registered a"], _harness.Events.Lines);
    }

    [Fact]
    public void A_failed_lookup_gets_5_03_and_when_to_try_again()
    {
        TestDevice device = _harness.Add();
        Begin(device);
        _lookups[0].SetException(new InvalidOperationException("the database is away"));
        _harness.Continue();
        WireMessage answer = device.Receive();
        Assert.Equal(CoapCode.ServiceUnavailable, answer.Code);
        Assert.Equal(30u, answer.Options.GetUInt(CoapOptionNumber.MaxAge));
        Assert.DoesNotContain("database is away", answer.Text, StringComparison.Ordinal);
        Assert.False(_harness.IsRegistered("a"));
    }

    [Fact]
    public void A_lookup_that_fails_at_once_gets_5_03_as_well()
    {
        _harness.Admission.Resolver = _ => throw new InvalidOperationException();
        WireMessage answer = _harness.Add().Register("ep=a");
        Assert.Equal((CoapCode.ServiceUnavailable, 30u), (answer.Code, answer.Options.GetUInt(CoapOptionNumber.MaxAge)));
    }

    [Fact]
    public void A_late_refusal_has_its_code_and_reason()
    {
        TestDevice device = _harness.Add();
        Begin(device);
        _lookups[0].SetResult(DeviceResolution.Refuse(CoapCode.Forbidden, "suspended"));
        _harness.Continue();
        WireMessage answer = device.Receive();
        Assert.Equal((CoapCode.Forbidden, "suspended"), (answer.Code, answer.Text));
    }

    [Fact]
    public void Of_two_Registers_that_wait_the_later_counts_whichever_lookup_is_done_first()
    {
        TestDevice before = _harness.Add(), after = _harness.Add();
        Begin(before);
        Begin(after);
        Finish(1);
        Assert.Equal(CoapCode.Created, after.ReceiveResponse().Code);
        Finish(0);
        Assert.Equal(CoapCode.ServiceUnavailable, before.ReceiveResponse().Code);
        Assert.Equal(after.Peer.SeenBy(_harness.Endpoint), _harness.Find("a").Peer);
        Assert.Equal(["registered a"], _harness.Events.Lines);
    }

    [Fact]
    public void A_Register_that_waits_does_not_take_the_place_of_one_that_came_later_and_was_answered_at_once()
    {
        TestDevice before = _harness.Add(), after = _harness.Add();
        Begin(before);
        _harness.Admission.Resolver = null;
        Assert.Equal(CoapCode.Created, after.Register("ep=a").Code);
        Finish(0);
        Assert.Equal(CoapCode.ServiceUnavailable, before.ReceiveResponse().Code);
        Assert.Equal(after.Peer.SeenBy(_harness.Endpoint), _harness.Find("a").Peer);
    }

    [Fact]
    public void A_device_that_is_registered_is_not_looked_up_again()
    {
        _harness.Admission.Resolver = null;
        TestDevice device = _harness.Add();
        device.RegisterAs("a");
        DeviceId id = _harness.Find("a").Device;
        device.RegisterAs("a");
        _harness.Add().RegisterAs("a");
        Assert.Equal(1, _harness.Admission.Resolved);
        Assert.Equal(id, _harness.Find("a").Device);
    }

    [Fact]
    public void A_device_that_waits_cannot_be_taken_over_without_security_when_it_has_registered_with_it_meanwhile()
    {
        TestDevice insecure = _harness.Add();
        TestDevice secure = _harness.Add(ServerHarness.Certificate("a"));
        Begin(insecure);
        Begin(secure);
        Finish(1);
        Assert.Equal(CoapCode.Created, secure.ReceiveResponse().Code);
        Finish(0);
        Assert.NotEqual(CoapCode.Created, insecure.ReceiveResponse().Code);
        Assert.True(_harness.Find("a").IsSecure);
    }

    [Fact]
    public void Names_that_wait_do_not_disturb_each_other()
    {
        TestDevice[] devices = [.. Enumerable.Range(0, 20).Select(_ => _harness.Add())];
        for (int i = 0; i < devices.Length; i++)
            Begin(devices[i], $"ep=device-{i}");
        for (int i = devices.Length - 1; i >= 0; i--)
            Finish(i, (uint)i + 1);
        foreach (TestDevice device in devices)
            _harness.RunUntil(() => device.Peer.Received.Any(m => m.Code == CoapCode.Created));
        Assert.Equal(20, _harness.Registrations.Count);
    }

    [Fact]
    public void What_waits_for_the_device_goes_out_behind_the_answer()
    {
        // LwM2M Core 6.3: a server should not send operations before it has answered the Register.
        using var queue = new DeviceRequestQueue(_harness.Server, time: _harness.Network.QuietTime);
        _harness.Events.Registered = queue.OnAwake;
        _harness.Events.Awake = queue.OnAwake;
        var outcomes = new List<QueueOutcome>();
        Assert.True(queue.TryEnqueue(new QueuedRequest(new DeviceId(1), DeviceRequest.Read(new Lwm2mPath(3, 0)), (_, outcome) => outcomes.Add(outcome))));
        TestDevice device = _harness.Add();
        Begin(device);
        _harness.Run(3);
        Assert.True(device.Receive().Code.IsEmpty);
        Finish(0);
        WireMessage answer = device.Receive();
        Assert.Equal(CoapCode.Created, answer.Code);
        device.Send(new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, answer.MessageId));
        _harness.Continue();
        Assert.Equal(CoapCode.Get, device.Serve(CoapCode.Content, "x").Code);
        _harness.RunUntil(() => outcomes.Count == 1);
    }
}
