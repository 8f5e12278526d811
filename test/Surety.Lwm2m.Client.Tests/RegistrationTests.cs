using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class RegistrationTests
{
    private readonly World _world = new();
    private readonly ScriptedServer _server;

    public RegistrationTests() => _server = new ScriptedServer(_world);

    [Fact]
    public void Registers_with_its_name_lifetime_version_binding_and_objects()
    {
        new TestDevice(_world, _server, o => o with { AnnouncesFormats = false }, a => a with { Lifetime = 300 }).Start();

        ScriptedServer.Received register = Assert.Single(_server.Requests);
        Assert.Equal(CoapCode.Post, register.Method);
        Assert.Equal("/rd", register.Path);
        Assert.Equal(["ep=node", "lt=300", "lwm2m=1.1", "b=U"], register.Queries);
        Assert.Equal(ContentFormat.LinkFormat, register.Format);
        Assert.Equal("""</>;rt="oma.lwm2m",</1/0>,</3/0>,</3303>;ver=1.1,</3303/0>""", register.Text);
    }

    [Fact]
    public void Announces_its_content_formats_on_the_root_link()
    {
        new TestDevice(_world, _server).Start();

        Assert.StartsWith("""</>;rt="oma.lwm2m";ct="60 110 112 11542",""", _server.Requests[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_at_the_location_that_the_server_gave()
    {
        TestDevice device = new TestDevice(_world, _server).Start();

        Assert.Equal(RegistrationState.Registered, device.Session.State);
        Assert.Equal("/rd/1", device.Session.Location);
        Assert.Equal(1, device.Client.Statistics.Registrations);
    }

    [Fact]
    public void Offers_lower_releases_until_the_server_knows_one()
    {
        _server.Script = r => r.Queries.Contains("lwm2m=1.0") ? null : CoapResponse.Error(CoapCode.PreconditionFailed, "what is that?");

        TestDevice device = new TestDevice(_world, _server, o => o with { Version = Lwm2mVersion.V12 }).Start();

        Assert.Equal(["lwm2m=1.2", "lwm2m=1.1", "lwm2m=1.0"], _server.Registers.Select(r => r.Queries.Single(q => q.StartsWith("lwm2m=", StringComparison.Ordinal))));
        Assert.True(_server.Requests[^1].Time - _server.Requests[0].Time < TimeSpan.FromSeconds(1), "it went on at once");
        Assert.Equal(Lwm2mVersion.V10, device.Session.Version);
        // The Objects are still those of LwM2M 1.2, and must say so now.
        Assert.Equal("""</>;rt="oma.lwm2m",</1>;ver=1.2,</1/0>,</3>;ver=1.2,</3/0>,</3303>;ver=1.1,</3303/0>""", _server.Requests[^1].Text);
    }

    [Fact]
    public void A_server_that_knows_no_release_is_asked_again_later()
    {
        _server.Script = _ => new CoapResponse(CoapCode.PreconditionFailed);

        new TestDevice(_world, _server).Start(untilRegistered: false);
        _world.RunUntil(() => _server.Requests.Count == 3);

        Assert.True(_server.Requests[2].Time - _server.Requests[1].Time >= TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public void A_refused_client_comes_again_with_growing_delays()
    {
        _server.Script = _ => CoapResponse.Error(CoapCode.Forbidden, "not you");
        TestDevice device = new TestDevice(_world, _server, o => o with { Retry = new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(10), MaxDelay = TimeSpan.FromSeconds(60), Jitter = 0 } })
            .Start(untilRegistered: false);

        _world.RunUntil(() => _server.Requests.Count == 6);

        Assert.Equal([10, 20, 40, 60, 60], Gaps(_server.Requests));
        Assert.Contains("4.03 not you", device.Session.LastProblem, StringComparison.Ordinal);
        _server.Script = null;
        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);
        Assert.Null(device.Session.LastProblem);
    }

    [Fact]
    public void Jitter_spreads_the_delays_of_different_clients()
    {
        _server.Script = _ => new CoapResponse(CoapCode.Forbidden);
        var retry = new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(100), Jitter = 0.5 };

        double[] delays = [.. Enumerable.Range(0, 200).Select(seed => retry.DelayBefore(1, new Random(seed)).TotalSeconds)];

        Assert.All(delays, delay => Assert.InRange(delay, 50, 100));
        Assert.True(delays.Max() - delays.Min() > 40);
    }

    [Fact]
    public void The_delays_in_the_server_account_count_when_they_are_there()
    {
        _server.Script = _ => new CoapResponse(CoapCode.Forbidden);
        TestDevice device = new(_world, _server);
        ObjectInstance account = device.Session.Server;
        account[17] = 3;
        account[18] = 7;
        account[19] = 1000;
        account[20] = 2;
        device.Start(untilRegistered: false);

        _world.RunUntil(() => device.Session.State == RegistrationState.Failed, TimeSpan.FromHours(2));

        // Three attempts make a sequence: 7 and 14 s between them, then 1000 s, and after the second sequence nothing more.
        Assert.Equal([7, 14, 1000, 7, 14], Gaps(_server.Requests));
    }

    [Fact]
    public void A_server_that_is_busy_says_when_to_come_again()
    {
        _server.Script = _ =>
        {
            var busy = new CoapResponse(CoapCode.ServiceUnavailable);
            busy.Options.Add(CoapOptionNumber.MaxAge, 500u);
            return busy;
        };
        new TestDevice(_world, _server).Start(untilRegistered: false);

        _world.RunUntil(() => _server.Requests.Count == 2, TimeSpan.FromHours(1));

        Assert.True(_server.Requests[1].Time - _server.Requests[0].Time >= TimeSpan.FromSeconds(500));
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_tried_again()
    {
        TestDevice device = new(_world, _server) { IsCutOff = true };
        device.Start(untilRegistered: false);
        _world.RunUntil(() => device.Connects == 5);
        Assert.Equal(RegistrationState.Retrying, device.Session.State);

        device.IsCutOff = false;

        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);
        Assert.Equal(5, device.Client.Statistics.RegistrationFailures);
    }

    [Fact]
    public void A_server_that_says_nothing_is_tried_again_after_all_retransmissions()
    {
        _world.Network.Filter = datagram => !datagram.To.Equals(_server.Endpoint.LocalEndPoint);
        TestDevice device = new TestDevice(_world, _server).Start(untilRegistered: false);
        _world.RunUntil(() => device.Session.State == RegistrationState.Retrying);
        Assert.InRange(_world.Now.TotalSeconds, 62, 93);

        _world.Network.Filter = null;

        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);
    }

    [Fact]
    public void A_profile_id_stands_for_the_object_list()
    {
        new TestDevice(_world, _server, o => o with
        {
            Version = Lwm2mVersion.V12, ProfileIds = "6:27354b9a", ProfileObjects = new HashSet<ushort> { 1, 3, 3303 },
        }).Start();

        Assert.Contains("pid=6:27354b9a", _server.Requests[0].Queries);
        Assert.Empty(_server.Requests[0].Payload);
        Assert.Null(_server.Requests[0].Format);
    }

    [Fact]
    public void A_profile_id_may_be_completed_by_a_list()
    {
        new TestDevice(_world, _server, o => o with
        {
            Version = Lwm2mVersion.V12, ProfileIds = "6:27354b9a", ProfileObjects = new HashSet<ushort> { 1, 3 }, AnnouncesFormats = false,
        }).Start();

        Assert.Equal("""</>;rt="oma.lwm2m",</3303>;ver=1.1,</3303/0>""", _server.Requests[0].Text);
    }

    [Fact]
    public void A_server_that_does_not_know_the_profile_gets_the_list()
    {
        _server.Script = r => r.Queries.Any(q => q.StartsWith("pid", StringComparison.Ordinal)) ? new CoapResponse(CoapCode.Conflict) : null;

        new TestDevice(_world, _server, o => o with
        {
            Version = Lwm2mVersion.V12, ProfileIds = "6:27354b9a", ProfileObjects = new HashSet<ushort> { 1, 3, 3303 }, AnnouncesFormats = false,
        }).Start();

        Assert.Equal("""</>;rt="oma.lwm2m",</1/0>,</3/0>,</3303>;ver=1.1,</3303/0>""", _server.Requests[1].Text);
    }

    [Theory]
    [InlineData(Lwm2mVersion.V10, "b=UQ", null)]
    [InlineData(Lwm2mVersion.V11, "b=U", "Q")]
    [InlineData(Lwm2mVersion.V12, "b=U", "Q")]
    public void Queue_mode_is_told_in_the_way_of_the_release(Lwm2mVersion version, string binding, string? flag)
    {
        new TestDevice(_world, _server, o => o with { Version = version, QueueMode = true }).Start();

        Assert.Contains(binding, _server.Requests[0].Queries);
        Assert.Equal(flag is not null, _server.Requests[0].Queries.Contains("Q"));
    }

    [Fact]
    public void An_alternate_path_stands_before_everything()
    {
        new TestDevice(_world, _server, o => o with { AlternatePath = "/lwm2m", AnnouncesFormats = false }).Start();

        Assert.Equal("""</lwm2m>;rt="oma.lwm2m",</lwm2m/1/0>,</lwm2m/3/0>,</lwm2m/3303>;ver=1.1,</lwm2m/3303/0>""", _server.Requests[0].Text);
        Assert.Equal("345000123", _server.Get("/lwm2m/3/0/2").Text);
        Assert.Equal(CoapCode.NotFound, _server.Get("/3/0/2").Code);
        Assert.Contains("/lwm2m/3/0/2", _server.Get("/lwm2m/3/0/2", ContentFormat.SenmlJson).Text.Replace("\",\"n\":\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_overtakes_the_answer_to_the_register_waits_for_it()
    {
        TestDevice device = new(_world, _server);
        DirectRequest? read = null;
        _server.Script = r =>
        {
            if (read is null && r.Path == "/rd")
                read = _server.Begin(r.Peer, new CoapRequest(CoapCode.Get, "/3/0/2"));
            return null;
        };
        // The acknowledgement with the Created is lost once; the read is not.
        int dropped = 0;
        _world.Network.Filter = datagram => datagram.Code != CoapCode.Created || dropped++ > 0;
        device.Start(untilRegistered: false);

        _world.RunUntil(() => read?.Response is not null);

        Assert.Equal("345000123", read!.Response!.Text);
        Assert.Equal(RegistrationState.Registered, device.Session.State);
    }

    [Fact]
    public void Whoever_is_not_a_server_of_it_learns_nothing()
    {
        TestDevice device = new TestDevice(_world, _server).Start();
        var stranger = new ScriptedServer(_world);

        CoapResponse response = stranger.Request(device.Endpoint, new CoapRequest(CoapCode.Get, "/3/0/0"));

        Assert.Equal(CoapCode.ServiceUnavailable, response.Code);
    }

    [Fact]
    public void A_long_object_list_goes_in_blocks()
    {
        TestDevice device = new(_world, _server);
        for (ushort id = 1; id <= 300; id++)
            device.Client.Objects.Add(new ObjectInstance(3303, id) { [5700] = 1.0 });

        device.Start(untilRegistered: false);
        _world.RunPatientlyUntil(() => device.Session.State == RegistrationState.Registered);

        ScriptedServer.Received register = Assert.Single(_server.Requests);
        Assert.EndsWith("</3303/300>", register.Text, StringComparison.Ordinal);
        Assert.True(register.Payload.Length > 3000);
    }

    private static int[] Gaps(IReadOnlyList<ScriptedServer.Received> requests) =>
        [.. requests.Zip(requests.Skip(1), (a, b) => (int)Math.Round((b.Time - a.Time).TotalSeconds))];
}
