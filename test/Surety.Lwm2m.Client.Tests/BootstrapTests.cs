using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class BootstrapTests : BootstrapFixture
{
    [Fact]
    public void Without_servers_a_client_asks_the_bootstrap_server_and_registers_where_it_is_sent()
    {
        TestDevice device = Begin();
        ScriptedServer.Received request = Assert.Single(_bootstrap.Requests);
        Assert.Equal("/bs", request.Path);
        Assert.Equal(["ep=node", "pct=112"], request.Queries);
        Assert.Empty(request.Payload);

        WriteAccount();
        Assert.Empty(_server.Requests);
        Assert.Equal(CoapCode.Changed, Finish().Code);
        UntilRegistered(device);

        Assert.Contains("lt=300", Assert.Single(_server.Registers).Queries);
        Assert.Equal(101, device.Session.Server.ShortServerId);
        Assert.Equal("""</>;rt="oma.lwm2m";ct="60 110 112 11542",</1/0>,</3/0>,</3303>;ver=1.1,</3303/0>""", _server.Registers.Single().Text);
        Assert.Contains(_steps, step => step.StartsWith("Finished: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Release_1_0_knows_no_preferred_format()
    {
        Begin(o => o with { Version = Lwm2mVersion.V10 });

        Assert.Equal(["ep=node"], _bootstrap.Requests.Single().Queries);
    }

    [Fact]
    public void A_server_that_does_not_know_the_preferred_format_is_asked_without()
    {
        _bootstrap.Script = r => r.Queries.Any(q => q.StartsWith("pct=", StringComparison.Ordinal)) ? new CoapResponse(CoapCode.UnsupportedContentFormat) : null;

        Begin(o => o with { Version = Lwm2mVersion.V12 });

        Assert.Equal([["ep=node", "pct=11544"], ["ep=node"]], _bootstrap.Requests.Select(r => r.Queries));
    }

    [Fact]
    public void The_query_of_the_account_goes_along()
    {
        Begin(account: _ => new BootstrapAccount(_bootstrap.Uri + "?aid=0162"));

        Assert.Equal(["ep=node", "aid=0162", "pct=112"], _bootstrap.Requests.Single().Queries);
    }

    [Fact]
    public void The_hold_off_time_leaves_a_server_time_to_begin()
    {
        Make(account: a => a with { HoldOff = 60 }).Start(untilRegistered: false);

        _world.Run(59);
        Assert.Empty(_bootstrap.Requests);
        _world.Run(2);
        Assert.Single(_bootstrap.Requests);
    }

    [Fact]
    public void Servers_that_are_known_come_first_and_a_bootstrap_follows_when_all_are_lost()
    {
        _server.Script = r => new CoapResponse(CoapCode.Forbidden);
        TestDevice device = Make(o => o with { Servers = [new ServerAccount(_server.Uri)] });
        device.Start(untilRegistered: false);
        _world.RunUntil(() => _bootstrap.Requests.Count > 0);

        // Core, table 6.2.1.1-1: five attempts.
        Assert.Equal(5, _server.Registers.Count());
    }

    [Fact]
    public void No_bootstrap_follows_when_the_account_forbids_it()
    {
        _server.Script = r => new CoapResponse(CoapCode.Forbidden);
        TestDevice device = Make(o => o with { Servers = [new ServerAccount(_server.Uri)] });
        device.Session.Server[16] = false;
        device.Start(untilRegistered: false);
        _world.Run(7200);

        Assert.Empty(_bootstrap.Requests);
    }

    [Fact]
    public void An_account_with_retry_rules_of_its_own_is_tried_as_long_as_they_say()
    {
        _server.Script = r => new CoapResponse(CoapCode.Forbidden);
        TestDevice device = Make(o => o with { Servers = [new ServerAccount(_server.Uri)] });
        device.Session.Server[17] = 2;
        device.Session.Server[18] = 10;
        device.Session.Server[19] = 100;
        device.Session.Server[20] = 2;
        device.Start(untilRegistered: false);
        _world.RunUntil(() => _bootstrap.Requests.Count > 0);

        Assert.Equal([0, 10, 110, 120], _server.Registers.Select(r => Math.Round(r.Time.TotalSeconds)));
    }

    [Fact]
    public void A_server_orders_a_bootstrap_and_has_its_answer_first()
    {
        TestDevice device = Begin();
        WriteAccount();
        Finish();
        UntilRegistered(device);
        _bootstrap.Requests.Clear();

        Assert.Equal(CoapCode.Changed, _server.Execute("/1/0/9").Code);
        _world.RunUntil(() => device.Client.Bootstrap.State == BootstrapState.Configuring);

        Assert.Equal("/bs", Assert.Single(_bootstrap.Requests).Path);
        // Until it is finished, the registration goes on.
        Assert.Equal(RegistrationState.Registered, device.Session.State);
        Assert.Equal("21.5", _server.Get("/3303/0/5700").Text);
        Assert.Equal(CoapCode.Changed, Finish().Code);
        _world.RunUntil(() => _server.Registers.Count() == 2);
    }

    [Fact]
    public void Without_a_bootstrap_account_there_is_no_trigger()
    {
        new TestDevice(_world, _server).Start();

        Assert.Equal(CoapCode.NotFound, _server.Execute("/1/0/9").Code);
    }

    [Fact]
    public void A_refusal_is_told_in_words_and_tried_again_ever_later()
    {
        _bootstrap.Script = _ => CoapResponse.Error(CoapCode.Forbidden, "nobody has claimed the device");
        TestDevice device = Make();
        device.Start(untilRegistered: false);
        _world.RunUntil(() => _bootstrap.Requests.Count == 10, TimeSpan.FromDays(1));

        Assert.Contains("nobody has claimed the device", device.Client.Bootstrap.LastProblem, StringComparison.Ordinal);
        Assert.Equal(CoapCode.Forbidden, device.Client.Bootstrap.LastRefusal);
        double[] waits = [.. _bootstrap.Requests.Zip(_bootstrap.Requests.Skip(1), (a, b) => (b.Time - a.Time).TotalSeconds)];
        Assert.InRange(waits[0], 15, 31);
        Assert.InRange(waits[^1], 1800, 3601);
    }

    [Fact]
    public void A_server_that_is_busy_says_when_to_come_again()
    {
        _bootstrap.Script = _ =>
        {
            CoapResponse busy = CoapResponse.Error(CoapCode.ServiceUnavailable, "later");
            busy.Options.Set(CoapOptionNumber.MaxAge, 500);
            return busy;
        };
        Make().Start(untilRegistered: false);
        _world.RunUntil(() => _bootstrap.Requests.Count == 2);

        Assert.InRange((_bootstrap.Requests[1].Time - _bootstrap.Requests[0].Time).TotalSeconds, 500, 502);
    }

    [Fact]
    public void A_server_that_does_not_finish_is_given_up_after_EXCHANGE_LIFETIME()
    {
        TestDevice device = Begin();
        WriteAccount();
        double last = _world.Now.TotalSeconds;

        _world.RunUntil(() => device.Client.Bootstrap.State == BootstrapState.Retrying);

        Assert.InRange(_world.Now.TotalSeconds - last, 246, 248);
        Assert.Empty(device.Client.Servers);
        Assert.Contains("Bootstrap-Finish", device.Client.Bootstrap.LastProblem, StringComparison.Ordinal);
        _world.RunUntil(() => _bootstrap.Requests.Count == 2);
    }

    [Fact]
    public void A_bootstrap_server_that_is_not_there_is_tried_again()
    {
        TestDevice device = Make();
        device.IsCutOff = true;
        device.Start(untilRegistered: false);
        _world.Run(3600);
        Assert.InRange(device.Connects, 6, 12);
        device.IsCutOff = false;

        _world.RunUntil(() => device.Client.Bootstrap.State == BootstrapState.Configuring, TimeSpan.FromHours(2));
    }

    [Fact]
    public void Over_a_bad_network_it_works_too()
    {
        _world.Network.Loss = 0.25;
        TestDevice device = Begin();
        WriteAccount();
        Assert.Equal(CoapCode.Changed, Finish().Code);
        _world.RunUntil(() => device.Client.Servers is [{ State: RegistrationState.Registered }], TimeSpan.FromHours(2));
    }

    [Fact]
    public void A_write_that_overtakes_the_answer_counts()
    {
        TestDevice device = Make();
        DirectRequest? early = null;
        _bootstrap.Script = r =>
        {
            if (r.Path == "/bs")
                early = _bootstrap.Begin(r.Peer, new CoapRequest(CoapCode.Put, "/0/0") { ContentFormat = ContentFormat.SenmlJson, Payload = System.Text.Encoding.UTF8.GetBytes(SecurityJson) });
            return null;
        };
        device.Start(untilRegistered: false);
        _world.RunUntil(() => early?.Response is not null && device.Client.Bootstrap.State == BootstrapState.Configuring);
        Assert.Equal(CoapCode.Changed, early!.Response!.Code);
        Write("/1/0", ServerJson);

        Assert.Equal(CoapCode.Changed, Finish().Code);
    }

    [Fact]
    public void A_finish_that_is_repeated_is_answered_again_and_a_late_write_is_refused()
    {
        TestDevice device = Begin();
        WriteAccount();
        Finish();

        Assert.Equal(CoapCode.Changed, Finish().Code);
        Assert.Equal(CoapCode.ServiceUnavailable, Write("/1/0", ServerJson));
        UntilRegistered(device);
        _world.Run(60);
        Assert.Single(_server.Registers);
    }

    [Fact]
    public void A_pack_brings_everything_in_one_answer()
    {
        _bootstrap.Script = r => r.Path == "/bspack"
            ? new CoapResponse(CoapCode.Content, ContentFormat.SenmlJson, System.Text.Encoding.UTF8.GetBytes(SecurityJson[..^1] + "," + ServerJson[1..]))
            : null;
        TestDevice device = Make(o => o with { Version = Lwm2mVersion.V12, PreferredFormat = ContentFormat.SenmlJson }, a => a with { RequestsPack = true });
        device.Start(untilRegistered: false);
        UntilRegistered(device);

        ScriptedServer.Received request = Assert.Single(_bootstrap.Requests);
        Assert.Equal(CoapCode.Get, request.Method);
        Assert.Equal(["ep=node", "acc=</0/1>"], request.Queries);
        Assert.Contains("lt=300", _server.Registers.Single().Queries);
    }

    [Theory]
    [InlineData(501, "")]
    [InlineData(405, "")]
    [InlineData(205, "[]")]
    [InlineData(205, """[{"n":"/1/0/0","v":5}]""")]
    [InlineData(205, "no json")]
    public void Without_a_usable_pack_it_goes_the_classic_way(int code, string pack)
    {
        _bootstrap.Script = r => r.Path == "/bspack"
            ? new CoapResponse(CoapCode.Of(code / 100, code % 100), ContentFormat.SenmlJson, System.Text.Encoding.UTF8.GetBytes(pack))
            : null;
        TestDevice device = Begin(o => o with { Version = Lwm2mVersion.V12, PreferredFormat = ContentFormat.SenmlJson }, a => a with { RequestsPack = true });
        Assert.Equal(["/bspack", "/bs"], _bootstrap.Requests.Select(r => r.Path));
        WriteAccount();

        Assert.Equal(CoapCode.Changed, Finish().Code);
        UntilRegistered(device);
    }

    [Fact]
    public void What_is_written_on_the_connection_to_a_server_is_no_bootstrap()
    {
        TestDevice device = Begin();
        WriteAccount();
        Finish();
        UntilRegistered(device);
        // One that has ordered it, while it goes on.
        _server.Execute("/1/0/9");
        _world.RunUntil(() => device.Client.Bootstrap.State == BootstrapState.Configuring);

        byte[] payload = System.Text.Encoding.UTF8.GetBytes(SecurityJson);
        Assert.Equal(CoapCode.Unauthorized, _server.Put("/0/0", ContentFormat.SenmlJson, payload).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Put("/1", ContentFormat.SenmlJson, payload).Code);
        Assert.Equal(CoapCode.Unauthorized, _server.Delete("/0/0").Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Delete("/").Code);
        Assert.Equal(CoapCode.NotFound, _server.Request(new CoapRequest(CoapCode.Post, "/bs")).Code);
        Assert.Equal(BootstrapState.Configuring, device.Client.Bootstrap.State);
    }

    [Fact]
    public void Before_its_request_nobody_bootstraps_a_client()
    {
        TestDevice device = Make(account: a => a with { HoldOff = 1000 });
        device.Start(untilRegistered: false);
        var write = new CoapRequest(CoapCode.Put, "/0/0") { ContentFormat = ContentFormat.SenmlJson, Payload = System.Text.Encoding.UTF8.GetBytes(SecurityJson) };

        Assert.Equal(CoapCode.ServiceUnavailable, _bootstrap.Request(device.Endpoint, write).Code);
        Assert.Equal(CoapCode.ServiceUnavailable, _bootstrap.Request(device.Endpoint, new CoapRequest(CoapCode.Post, "/bs")).Code);
        _world.Run(1);
        Assert.Empty(device.Client.Servers);
    }

    [Fact]
    public void An_account_with_a_timeout_is_purged_and_then_there_is_no_more_bootstrap()
    {
        TestDevice device = Begin(account: a => a with { AccountTimeout = 3600 });
        WriteAccount();
        Finish();
        UntilRegistered(device);
        _world.Run(3500);
        Assert.NotNull(device.Client.Bootstrap.Uri);
        _world.Run(200);

        Assert.Null(device.Client.Bootstrap.Uri);
        _bootstrap.Requests.Clear();
        device.Client.RequestBootstrap();
        _world.Run(1000);
        Assert.Empty(_bootstrap.Requests);
    }
}
