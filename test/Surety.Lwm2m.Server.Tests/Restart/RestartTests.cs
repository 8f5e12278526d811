using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Restart;

/// <summary>A server that ends in order and starts again: devices notice nothing.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly StateDirectory _state = new();
    private readonly ServerHarness _harness;

    public RestartTests() => _harness = new(new() { StateDirectory = _state.Path, RestartGrace = TimeSpan.Zero });

    public void Dispose()
    {
        _harness.Dispose();
        _state.Dispose();
    }

    private void Restart(bool attach = true)
    {
        _harness.Stop();
        _harness.Start(attach);
    }

    [Fact]
    public void Every_registration_is_there_with_all_that_belongs_to_it()
    {
        _harness.Add().RegisterAs("a", "&lt=120&lwm2m=1.2&b=UT&Q&sms=491701234567&et=meter", "</lwm2m>;rt=\"oma.lwm2m\",</lwm2m/1/0>,</lwm2m/3>;ver=1.1,</lwm2m/3/0>");
        _harness.Add(ServerHarness.Certificate("b")).RegisterAs("b", "&lt=0&lwm2m=1.0&b=UQ");
        TestDevice c = _harness.Add();
        c.RegisterAs("c");
        string[] before = StateDirectory.Describe(_harness.Registrations);
        Restart();
        Assert.Equal(before, StateDirectory.Describe(_harness.Registrations));
        Assert.Equal((3, 3, 3, 3, 0), _harness.Registrations.IndexSizes);
        Assert.True(_harness.Find("b").IsSecure);
        Assert.True(_harness.Find("a").QueueMode);
        Assert.Equal("/lwm2m", _harness.Find("a").Links.RootPath);
        Assert.Equal(CoapCode.Changed, c.Update().Code);
        Restart();
        Assert.Equal(3, _harness.Registrations.Count);
    }

    [Fact]
    public void Updates_moves_and_de_registrations_are_kept()
    {
        TestDevice updated = _harness.Add(), refreshed = _harness.Add(), moved = _harness.Add(), gone = _harness.Add();
        updated.RegisterAs("updated");
        refreshed.RegisterAs("refreshed");
        moved.RegisterAs("moved");
        gone.RegisterAs("gone");
        _harness.Run(100);
        updated.Update("lt=500&b=UT", "</1/0>,</3/0>,</4/0>");
        refreshed.Update();
        TestDevice elsewhere = _harness.Add();
        elsewhere.Location = moved.Location;
        elsewhere.Update();
        gone.Deregister();
        string[] before = StateDirectory.Describe(_harness.Registrations);
        Restart();
        Assert.Equal(before, StateDirectory.Describe(_harness.Registrations));
        Assert.Equal(3, before.Length);
        Assert.Equal(CoapCode.Changed, elsewhere.Update().Code);
        Assert.Equal(CoapCode.NotFound, gone.Update().Code);
    }

    [Fact]
    public void Notifications_of_observations_from_before_are_delivered()
    {
        TestDevice device = _harness.Add(), secure = _harness.Add(ServerHarness.Certificate("b"));
        (_, byte[] one) = device.GrantObserve(device.RegisterAs("a"), new Lwm2mPath(3, 0, 9), options: new() { Queries = ["pmin=5", "pmax=10"], Accept = ContentFormat.TextPlain, Tag = this });
        (_, byte[] two) = secure.GrantObserve(secure.RegisterAs("b"), new Lwm2mPath(5, 0, 3));
        string[] before = StateDirectory.Describe(_harness.Registrations);
        Restart();
        Assert.Equal(before, StateDirectory.Describe(_harness.Registrations));
        Assert.True(device.NotifyConfirmable(one, 700, "95"));
        Assert.True(secure.NotifyConfirmable(two, 3, "1"));
        Assert.Equal(["notified /3/0/9 2.05 95", "notified /5/0/3 2.05 1"], _harness.Events.Lines[^2..]);
        Assert.Null(Assert.Single(_harness.Registrations.ObservationsOf(_harness.Find("a"))).Tag);
    }

    [Fact]
    public void An_observation_from_before_can_be_cancelled_with_the_request_that_began_it()
    {
        TestDevice device = _harness.Add();
        device.GrantObserve(device.RegisterAs("a"), new Lwm2mPath(3, 0, 9), options: new() { Queries = ["pmin=5"], Accept = ContentFormat.TextPlain });
        Restart();
        Observation observation = Assert.Single(_harness.Registrations.ObservationsOf(_harness.Find("a")));
        Task<DeviceResponse> cancelling = _harness.BeginCancel(observation);
        WireMessage request = device.Serve(CoapCode.Content, "95");
        Assert.Equal(1u, request.Options.GetUInt(CoapOptionNumber.Observe));
        Assert.Equal(0u, request.Options.GetUInt(CoapOptionNumber.Accept));
        Assert.Equal(["pmin=5"], request.Options.GetStrings(CoapOptionNumber.UriQuery));
        Assert.True(_harness.Network.Await(cancelling).IsSuccess);
        Restart();
        Assert.Equal(0, _harness.Registrations.ObservationCount);
    }

    [Fact]
    public void A_device_that_speaks_before_its_endpoint_is_announced_is_known()
    {
        TestDevice device = _harness.Add();
        (_, byte[] token) = device.GrantObserve(device.RegisterAs("a"), new Lwm2mPath(3, 0, 9));
        Restart(attach: false);
        Assert.True(device.NotifyConfirmable(token, 5, "95"));
        Assert.Equal(CoapCode.Changed, device.Exchange(CoapCode.Post, "/dp", "[{\"n\":\"/3/0/9\",\"v\":1}]", 110).Code);
        Assert.Equal(CoapCode.Changed, device.Update().Code);
        Assert.Equal((1, 1, 1, 1, 1), _harness.Registrations.IndexSizes);
    }

    [Fact]
    public void Until_there_is_an_endpoint_a_device_cannot_be_sent_to()
    {
        TestDevice device = _harness.Add();
        device.RegisterAs("a");
        Restart(attach: false);
        Registration registration = _harness.Find("a");
        Assert.False(_harness.Server.IsAwake(registration));
        Assert.Contains("over coap", registration.ToString(), StringComparison.Ordinal);
        var failure = Assert.Throws<CoapExchangeException>(() => _harness.Network.Await(_harness.Begin(registration, DeviceRequest.Read(new Lwm2mPath(3, 0)))));
        Assert.Equal(ExchangeFailure.Unreachable, failure.Failure);
        _harness.Server.AddEndpoint(_harness.Endpoint);
        Assert.True(_harness.Server.IsAwake(registration));
        Task<DeviceResponse> reading = _harness.Begin(registration, DeviceRequest.Read(new Lwm2mPath(3, 0)));
        device.Serve(CoapCode.Content, "x");
        Assert.True(_harness.Network.Await(reading).IsSuccess);
    }

    [Fact]
    public void Lifetimes_go_on_over_a_restart_after_a_time_of_grace()
    {
        _harness.Options = _harness.Options with { RestartGrace = TimeSpan.FromMinutes(2) };
        _harness.Add().RegisterAs("short", "&lt=30&lwm2m=1.1");
        _harness.Add().RegisterAs("long", "&lt=400&lwm2m=1.1");
        _harness.Run(20);
        _harness.Stop();
        // Nobody hears the devices.
        _harness.Run(100);
        _harness.Start();
        _harness.Run(118);
        Assert.True(_harness.IsRegistered("short"));
        _harness.Run(5);
        Assert.False(_harness.IsRegistered("short"));
        _harness.Run(150);
        Assert.True(_harness.IsRegistered("long"));
        _harness.Run(15);
        Assert.False(_harness.IsRegistered("long"));
        // That they have ended is kept as well.
        Restart();
        Assert.Equal(0, _harness.Registrations.Count);
    }

    [Fact]
    public void A_device_with_security_cannot_be_taken_over_without_while_its_endpoint_is_not_there_yet()
    {
        _harness.Add(ServerHarness.Certificate("a")).RegisterAs("a");
        Restart(attach: false);
        _harness.Server.AddEndpoint(_harness.Endpoint);
        Assert.Equal(CoapCode.Forbidden, _harness.Add().Register("ep=a").Code);
    }

    [Fact]
    public void An_observation_that_no_device_has_confirmed_is_not_kept()
    {
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a");
        Task<ObserveResult> observing = _harness.BeginObserve(registration, new Lwm2mPath(3, 0, 9));
        device.Receive();
        _harness.Registrations.Compact();
        using StateDirectory killed = _state.Copy();
        Assert.EndsWith("[]", Assert.Single(killed.Read(_harness.Network.Time.GetUtcNow())), StringComparison.Ordinal);
        Assert.False(observing.IsCompleted);
    }
}
