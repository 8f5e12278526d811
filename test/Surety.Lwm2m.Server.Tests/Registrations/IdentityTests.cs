using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Registrations;

/// <summary>Whose registration it is (LwM2M Transport 5.2.6): what devices prove counts for more than what they say.</summary>
public sealed class IdentityTests : IDisposable
{
    private readonly ServerHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData("lt=60")]
    [InlineData("ep=meter-7&lt=60")]
    public void The_name_in_a_certificate_is_the_endpoint_name_whether_ep_repeats_it_or_not(string query)
    {
        Assert.Equal(CoapCode.Created, _harness.Add(ServerHarness.Certificate("meter-7")).Register(query).Code);
        Assert.True(_harness.Find("meter-7").IsSecure);
    }

    [Fact]
    public void The_PSK_identity_may_be_the_endpoint_name()
    {
        Assert.Equal(CoapCode.Created, _harness.Add(ServerHarness.PreSharedKey("meter-8")).Register("lt=60&lwm2m=1.1").Code);
        Assert.True(_harness.IsRegistered("meter-8"));
    }

    [Fact]
    public void A_name_that_is_not_in_the_credentials_gets_4_00()
    {
        WireMessage answer = _harness.Add(ServerHarness.Certificate("meter-7")).Register("ep=meter-8");
        Assert.Equal(CoapCode.BadRequest, answer.Code);
        Assert.Equal(0, _harness.Registrations.Count);
    }

    [Fact]
    public void A_device_with_security_cannot_be_registered_without()
    {
        TestDevice device = _harness.Add(ServerHarness.Certificate("a"));
        Registration registration = device.RegisterAs("a");
        WireMessage answer = _harness.Add().Register("ep=a");
        Assert.Equal(CoapCode.Forbidden, answer.Code);
        Assert.Same(registration, _harness.Find("a"));
        Assert.Equal(CoapCode.Changed, device.Update().Code);
    }

    [Fact]
    public void A_device_without_security_may_come_back_with_it()
    {
        _harness.Add().RegisterAs("a");
        Assert.True(_harness.Add(ServerHarness.Certificate("a")).RegisterAs("a").IsSecure);
        Assert.Equal(1, _harness.Registrations.Count);
    }

    [Theory]
    [InlineData("update")]
    [InlineData("deregister")]
    public void The_registration_of_another_device_is_not_there(string operation)
    {
        TestDevice owner = _harness.Add(ServerHarness.Certificate("a"));
        owner.RegisterAs("a");
        foreach (TestDevice other in new[] { _harness.Add(ServerHarness.Certificate("b")), _harness.Add() })
        {
            other.Location = owner.Location;
            WireMessage answer = operation == "update" ? other.Update("lt=1") : other.Deregister();
            Assert.Equal(CoapCode.NotFound, answer.Code);
        }

        Registration registration = _harness.Find("a");
        Assert.Equal((3600u, owner.Peer.SeenBy(_harness.Secure)), (registration.Lifetime, registration.Peer));
    }

    [Fact]
    public void A_new_session_of_a_device_updates_its_registration_and_is_where_it_is_reached_from_then_on()
    {
        TestDevice device = _harness.Add(ServerHarness.Certificate("a"));
        Registration registration = device.RegisterAs("a");
        TestDevice again = _harness.Add(ServerHarness.Certificate("a"));
        again.Location = device.Location;
        Assert.Equal(CoapCode.Changed, again.Update().Code);
        Assert.Same(registration, _harness.Find("a"));
        Assert.Equal(again.Peer.SeenBy(_harness.Secure), registration.Peer);
        Assert.Equal("updated a Peer", _harness.Events.Lines[^1]);
        Assert.Equal((1, 1, 1, 1, 0), _harness.Registrations.IndexSizes);
    }

    [Fact]
    public void Without_security_the_location_alone_names_the_device_wherever_it_is()
    {
        // The location cannot be guessed: 64 random bits.
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a");
        TestDevice moved = _harness.Add();
        moved.Location = device.Location;
        Assert.Equal(CoapCode.Changed, moved.Update("lt=3600").Code);
        Assert.Equal(moved.Peer.SeenBy(_harness.Endpoint), registration.Peer);
        Assert.Equal("updated a Peer", _harness.Events.Lines[^1]);
    }

    [Fact]
    public void The_same_name_in_two_tenants_is_two_devices()
    {
        var other = new TenantId(2);
        _harness.Admission.Tenant = peer => peer.Endpoint == _harness.Secure ? other : default;
        TestDevice here = _harness.Add(), there = _harness.Add(ServerHarness.Certificate("a"));
        here.RegisterAs("a");
        Assert.Equal(CoapCode.Created, there.Register("lt=60").Code);
        Registration one = _harness.Find("a"), two = _harness.Find("a", other);
        Assert.NotEqual(one.Device, two.Device);
        Assert.Equal((default, other), (one.Tenant, two.Tenant));
        Assert.Equal(CoapCode.Deleted, there.Deregister().Code);
        Assert.True(one.IsActive);
        Assert.Equal(CoapCode.Changed, here.Update().Code);
    }

    [Fact]
    public void A_location_of_one_tenant_is_not_there_for_the_device_of_that_name_in_another()
    {
        TestDevice device = _harness.Add(ServerHarness.Certificate("a"));
        device.RegisterAs("a");
        TestDevice impostor = _harness.Add(ServerHarness.Certificate("a"));
        _harness.Admission.Tenant = peer => peer == impostor.Peer.SeenBy(_harness.Secure) ? new TenantId(2) : default;
        impostor.Location = device.Location;
        Assert.Equal(CoapCode.NotFound, impostor.Update().Code);
    }
}
