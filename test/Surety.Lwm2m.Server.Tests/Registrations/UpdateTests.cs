using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Registrations;

/// <summary>Update and De-register (LwM2M Core 6.2.2, 6.2.3).</summary>
public sealed class UpdateTests : IDisposable
{
    private readonly ServerHarness _harness = new();
    private readonly TestDevice _device;
    private readonly Registration _registration;

    public UpdateTests()
    {
        _device = _harness.Add();
        _registration = _device.RegisterAs("a", "&lt=100&lwm2m=1.1&b=U&sms=111");
        _harness.Events.Clear();
    }

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void An_update_without_anything_lets_the_lifetime_run_anew()
    {
        DateTimeOffset before = _registration.ExpiresAt;
        _harness.Run(40);
        WireMessage answer = _device.Update();
        Assert.Equal((CoapCode.Changed, 0), (answer.Code, answer.Payload.Length));
        Assert.InRange((_registration.ExpiresAt - before).TotalSeconds, 40, 41);
        Assert.Equal(_registration.ExpiresAt.AddSeconds(-100), _registration.LastSeen);
        Assert.Equal(["awake a", "commit"], _harness.Events.All.TakeLast(2));
        Assert.Empty(_harness.Events.Lines);
    }

    [Fact]
    public void What_an_update_names_changes_and_the_rest_stays()
    {
        Assert.Equal(CoapCode.Changed, _device.Update("lt=20").Code);
        Assert.Equal((20u, BindingModes.Udp, "111"), (_registration.Lifetime, _registration.Bindings, _registration.SmsNumber));
        Assert.Equal(CoapCode.Changed, _device.Update("b=UT&sms=222").Code);
        Assert.Equal((20u, BindingModes.Udp | BindingModes.Tcp, "222"), (_registration.Lifetime, _registration.Bindings, _registration.SmsNumber));
        Assert.Equal(CoapCode.Changed, _device.Update("", "</1/0>,</3/0>,</11/0>").Code);
        Assert.Equal("</1/0>,</3/0>,</11/0>", Encoding.UTF8.GetString(_registration.ObjectList.Span));
        Assert.True(_registration.Links.Contains(new Lwm2mPath(11, 0)));
        Assert.Equal(["updated a Lifetime", "updated a Binding, SmsNumber", "updated a Links"], _harness.Events.Lines);
    }

    [Fact]
    public void An_update_that_repeats_what_is_known_changes_nothing()
    {
        // Awa repeats lifetime, binding and list in each update.
        _harness.Run(50);
        Assert.Equal(CoapCode.Changed, _device.Update("lt=100&b=U&sms=111", TestDevice.Links).Code);
        Assert.Empty(_harness.Events.Lines);
        Assert.Equal(_registration.LastSeen.AddSeconds(100), _registration.ExpiresAt);
    }

    [Fact]
    public void The_list_of_an_update_is_complete()
    {
        Assert.Equal(CoapCode.Changed, _device.Update("", "</3/0>").Code);
        Assert.False(_registration.Links.Contains(new Lwm2mPath(1, 0)));
    }

    [Theory]
    [InlineData("lt=x", null, null, "4.00")]
    [InlineData("b=?", null, null, "4.00")]
    [InlineData("", "</1/0", 40u, "4.00")]
    [InlineData("", "</1/0>", 0u, "4.15")]
    [InlineData("pid=6:00000000", null, null, "4.09")]
    public void What_is_wrong_in_an_update_changes_nothing(string query, string? links, uint? format, string code)
    {
        DateTimeOffset before = _registration.ExpiresAt;
        _harness.Run(10);
        Assert.Equal(code, _device.Update(query, links, format).Code.ToString()[..4]);
        Assert.Equal((before, 100u), (_registration.ExpiresAt, _registration.Lifetime));
        Assert.Equal(TestDevice.Links, Encoding.UTF8.GetString(_registration.ObjectList.Span));
        Assert.Empty(_harness.Events.Lines);
    }

    [Fact]
    public void An_update_of_a_location_that_is_not_there_gets_4_04_and_the_device_registers_again()
    {
        // ETS 1.1-int-105.
        _harness.Server.Revoke(_registration);
        Assert.Equal(CoapCode.NotFound, _device.Update().Code);
        Assert.Equal(CoapCode.NotFound, _device.Update("lt=50").Code);
        Assert.Equal(CoapCode.Created, _device.Register("ep=a").Code);
        Assert.Equal(["removed a Revoked", "registered a"], _harness.Events.Lines);
    }

    [Fact]
    public void Queue_mode_of_1_0_goes_with_the_binding_and_that_of_1_1_stays()
    {
        Registration old = _harness.Add().RegisterAs("old", "&lwm2m=1.0&b=UQ");
        var device = new TestDevice(_harness, _harness.Network.AddRaw(), isSecure: false) { Location = $"/rd/{old.Id}" };
        Assert.Equal(CoapCode.Changed, device.Update("b=U").Code);
        Assert.False(old.QueueMode);

        Registration young = _harness.Add().RegisterAs("young", "&lwm2m=1.1&b=U&Q");
        device.Location = $"/rd/{young.Id}";
        Assert.Equal(CoapCode.Changed, device.Update("b=UT").Code);
        Assert.True(young.QueueMode);
    }

    [Fact]
    public void A_de_registered_device_is_gone_and_so_are_its_observations()
    {
        // ETS 1.1-int-103.
        (_, byte[] token) = _device.GrantObserve(_registration, new Lwm2mPath(3, 0, 9));
        Assert.Equal(CoapCode.Deleted, _device.Deregister().Code);
        Assert.Equal(["ended /3/0/9", "removed a Deregistered"], _harness.Events.Lines);
        Assert.Equal((0, 0, 0, 0, 0), _harness.Registrations.IndexSizes);
        Assert.False(_registration.IsActive);
        Assert.False(_device.NotifyConfirmable(token, 2, "94"));
        Assert.Equal(CoapCode.NotFound, _device.Deregister().Code);
    }

    [Fact]
    public void Updates_may_come_as_PUT_and_other_methods_may_not()
    {
        Assert.Equal(CoapCode.Changed, _device.Exchange(CoapCode.Put, _device.Location + "?lt=70").Code);
        Assert.Equal(70u, _registration.Lifetime);
        Assert.Equal(CoapCode.MethodNotAllowed, _device.Exchange(CoapCode.Get, _device.Location).Code);
    }

    [Fact]
    public void An_update_whose_answer_was_lost_is_done_once()
    {
        WireMessage request = _device.Request(CoapCode.Post, _device.Location + "?lt=70", [], null);
        _device.Send(request);
        Assert.Equal(CoapCode.Changed, _device.Receive().Code);
        _harness.Run(3);
        _device.Send(request);
        Assert.Equal(CoapCode.Changed, _device.Receive().Code);
        Assert.Equal(["updated a Lifetime"], _harness.Events.Lines);
    }
}
