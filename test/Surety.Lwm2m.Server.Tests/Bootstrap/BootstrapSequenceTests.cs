using Surety.Coap;
using Surety.Testing.Coap;
using static Surety.Lwm2m.Server.BootstrapOperation;

namespace Surety.Lwm2m.Server.Tests.Bootstrap;

/// <summary>From the request to the end (Core TS 1.2.2, 6.1; Transport TS 1.2.2, 6.4.2 and table 6.7-1).</summary>
public sealed class BootstrapSequenceTests
{
    private static readonly Write Lifetime = new(Lwm2mPath.Parse("/1/0/1"), [new(Lwm2mPath.Parse("/1/0/1"), 60L)]);

    [Fact]
    public void The_request_is_answered_first_and_each_operation_waits_for_the_answer_to_the_one_before()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Delete(Lwm2mPath.Parse("/1")), Lifetime, new Finish());
        BootstrapDevice device = harness.Add();

        Assert.Equal(CoapCode.Changed, device.Ask().Code);
        WireMessage delete = device.Receive();
        Assert.Equal("DELETE /1", BootstrapDevice.Describe(delete));
        harness.Run(1);
        Assert.Empty(device.Peer.Received);
        device.Answer(delete, CoapCode.Deleted);
        device.Serve("PUT /1/0/1 11542", CoapCode.Changed);
        device.Serve("POST /bs", CoapCode.Changed);

        harness.RunToEnd();
        Assert.Equal(["started node", "delete /1: 2.02", "write /1/0/1: 2.04", "finish: 2.04", "finished node"], harness.Events.Take());
    }

    [Fact]
    public void A_plan_without_finish_gets_one()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(Lifetime);
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("PUT /1/0/1 11542", CoapCode.Changed);
        device.Serve("POST /bs", CoapCode.Changed);
        harness.RunToEnd();
        Assert.Equal("finished node", harness.Events.Take()[^1]);
    }

    [Fact]
    public void The_finish_carries_the_queries_that_a_client_wants()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Finish { Queries = ["iep=0162f1a2b3c4000000000001001001aa"] });
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("POST /bs?iep=0162f1a2b3c4000000000001001001aa", CoapCode.Changed);
        harness.RunToEnd();
    }

    [Fact]
    public void The_policy_sees_what_the_device_says()
    {
        using var harness = new BootstrapHarness();
        BootstrapDevice device = harness.Add(new PeerIdentity.PreSharedKey("key-id"u8.ToArray()));
        device.Ask("/bs?ep=node&pct=112&aid=0123&mccv=4.13.2&iep=");
        BootstrapRequest request = Assert.Single(harness.Policy.Requests);
        Assert.Equal(("node", ContentFormat.SenmlCbor), (request.EndpointName, request.PreferredContentFormat));
        Assert.Equal(["aid=0123", "mccv=4.13.2", "iep="], request.Others);
        Assert.Equal(("0123", "", null), (request.GetOther("aid"), request.GetOther("iep"), request.GetOther("ai")));
        Assert.IsType<PeerIdentity.PreSharedKey>(request.Peer.Identity);
    }

    [Fact]
    public void A_refused_device_gets_code_and_reason()
    {
        using var harness = new BootstrapHarness();
        WireMessage answer = harness.Add().Ask();
        Assert.Equal((CoapCode.BadRequest, "nobody knows this device"), (answer.Code, answer.Text));
        harness.Run(1);
        Assert.Equal(["refused node 4.00: nobody knows this device"], harness.Events.Take());
        Assert.Empty(harness.Server.Sessions);
    }

    [Theory]
    [InlineData("/bs?ep=node&pct=60", 0x8f)] // 4.15: CBOR is no format of bootstrap (Core TS 1.2.2, 6.1.7.1)
    [InlineData("/bs?ep=node&pct=0", 0x8f)]
    [InlineData("/bs?ep=node&pct=tlv", 0x80)]
    [InlineData("/bs?ep=node&pct=112&pct=110", 0x80)]
    [InlineData("/bs?ep=", 0x80)]
    [InlineData("/bs?ep=a&ep=b", 0x80)]
    public void A_request_with_a_mistake_is_told_so(string path, int code)
    {
        using var harness = new BootstrapHarness();
        WireMessage answer = harness.Add().Ask(path);
        Assert.Equal(new CoapCode((byte)code), answer.Code);
        Assert.NotEqual("", answer.Text);
        Assert.Empty(harness.Policy.Requests);
    }

    [Theory]
    [InlineData(11542)]
    [InlineData(110)]
    [InlineData(112)]
    [InlineData(11544)]
    public void What_is_written_comes_in_the_preferred_format(int format)
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(Lifetime);
        BootstrapDevice device = harness.Add();
        device.Ask($"/bs?ep=node&pct={format}");
        device.Serve($"PUT /1/0/1 {format}", CoapCode.Changed);
    }

    [Fact]
    public void Other_methods_and_paths_have_their_errors()
    {
        using var harness = new BootstrapHarness();
        BootstrapDevice device = harness.Add();
        Assert.Equal(CoapCode.MethodNotAllowed, device.Ask("/bs", CoapCode.Get).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, device.Ask("/bspack", CoapCode.Post).Code);
        Assert.Equal(CoapCode.NotFound, device.Ask("/rd").Code);
        Assert.Equal(CoapCode.NotFound, device.Ask("/bs/1").Code);
    }

    [Fact]
    public void What_is_not_bootstrap_goes_to_the_fallback()
    {
        var fallback = new CoapRouter();
        fallback.Map("/est/sen").On(CoapCode.Post, static (ref IncomingRequest request) => request.Respond(CoapCode.Created));
        using var harness = new BootstrapHarness(new BootstrapServerOptions { Fallback = fallback });
        Assert.Equal(CoapCode.Created, harness.Add().Ask("/est/sen").Code);
    }

    [Fact]
    public void A_configuration_that_the_device_finds_inconsistent_is_a_failure_with_its_reason()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(Lifetime, new Finish());
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("PUT /1/0/1 11542", CoapCode.Changed);
        device.Serve("POST /bs", CoapCode.NotAcceptable, "no server account");
        harness.RunToEnd();
        Assert.Equal("finish: the device answered 4.06 (the device finds its configuration inconsistent): no server account", harness.Events.Failure);
    }

    [Fact]
    public void A_plan_puts_right_what_the_device_finds_inconsistent_and_finishes_again()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plan = new BootstrapPlan(CorrectAsync);
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("POST /bs", CoapCode.NotAcceptable);
        device.Serve("PUT /1/0/1 11542", CoapCode.Changed);
        device.Serve("POST /bs", CoapCode.Changed);
        harness.RunToEnd();
        Assert.Equal(["started node", "finish: 4.06", "write /1/0/1: 2.04", "finish: 2.04", "finished node"], harness.Events.Take());

        static async IAsyncEnumerable<BootstrapOperation> CorrectAsync(BootstrapProgress progress)
        {
            await Task.Yield();
            yield return new Finish();
            if (progress.Last!.Code != CoapCode.NotAcceptable)
                yield break;
            yield return Lifetime;
            yield return new Finish();
        }
    }

    [Fact]
    public void A_new_request_ends_the_bootstrap_that_runs()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(Lifetime);
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Receive();

        device.Ask();
        device.Serve("PUT /1/0/1 11542", CoapCode.Changed);
        device.Serve("POST /bs", CoapCode.Changed);

        harness.Network.RunUntil(() => harness.Server.Sessions.Count == 0);
        harness.Run(1);
        string[] events = harness.Events.Take();
        Assert.Contains("failed node: the device has asked again", events);
        Assert.Contains("finished node", events);
    }

    [Fact]
    public void The_same_device_from_another_address_ends_the_bootstrap_that_runs()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(Lifetime);
        BootstrapDevice before = harness.Add();
        before.Ask();
        before.Receive();
        BootstrapDevice after = harness.Add();
        after.Ask();
        after.Serve("PUT /1/0/1 11542", CoapCode.Changed);
        Assert.Single(harness.Server.Sessions);
        harness.Run(1);
        Assert.Contains("failed node: the device has asked again", harness.Events.Take());
    }

    [Fact]
    public void A_device_that_does_not_answer_is_a_failure_that_names_the_operation()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(Lifetime);
        BootstrapDevice device = harness.Add();
        device.Ask();
        harness.RunToEnd();
        Assert.Equal("write /1/0/1: the device did not answer in time", harness.Events.Failure);
    }

    [Fact]
    public void A_bootstrap_ends_with_EXCHANGE_LIFETIME()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plan = new BootstrapPlan(DiscoverForeverAsync);
        BootstrapDevice device = harness.Add();
        device.Ask();
        long begin = harness.Network.Now;
        while (!harness.Events.HasEnded)
        {
            if (device.Peer.Received.Count > 0)
                device.Answer(device.Receive(), CoapCode.NotFound);
            harness.Run(1);
        }

        // RFC 7252, 4.8.2: 247 s.
        Assert.InRange(harness.Network.Now - begin, 246_000, 250_000);
        Assert.Equal("the device has not acknowledged the Finish within 247 s", harness.Events.Failure);

        static async IAsyncEnumerable<BootstrapOperation> DiscoverForeverAsync(BootstrapProgress progress)
        {
            while (true)
            {
                await Task.Yield();
                yield return new Discover();
            }
        }
    }

    [Fact]
    public void A_policy_that_fails_asks_the_device_to_come_again()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Decide = static (_, _) => throw new IOException("the database is gone");
        WireMessage answer = harness.Add().Ask();
        Assert.Equal(CoapCode.ServiceUnavailable, answer.Code);
        Assert.Equal(30u, answer.Options.GetUInt(CoapOptionNumber.MaxAge));
        Assert.DoesNotContain("database is gone", answer.Text);
    }

    [Fact]
    public void A_plan_that_fails_fails_the_bootstrap()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plan = new BootstrapPlan((Func<BootstrapProgress, IAsyncEnumerable<BootstrapOperation>>)(static _ => throw new InvalidOperationException("no")));
        BootstrapDevice device = harness.Add();
        Assert.Equal(CoapCode.Changed, device.Ask().Code);
        harness.RunToEnd();
        Assert.NotNull(harness.Events.Failure);
    }

    [Fact]
    public void Of_two_requests_that_wait_for_the_policy_the_later_counts()
    {
        using var harness = new BootstrapHarness();
        var first = new TaskCompletionSource<BootstrapDecision>();
        harness.Policy.Decide = (_, cancellationToken) =>
        {
            if (harness.Policy.Requests.Count > 1)
                return new(BootstrapDecision.Accept(new BootstrapPlan([Lifetime])));
            cancellationToken.Register(() => first.TrySetCanceled(cancellationToken));
            return new(first.Task);
        };
        BootstrapDevice device = harness.Add();
        byte[] early = device.Send("/bs?ep=node");
        byte[] late = device.Send("/bs?ep=node");
        var answers = new Dictionary<string, CoapCode>();
        while (answers.Count < 2)
        {
            WireMessage message = device.Receive();
            if (!message.Code.IsRequest)
                answers[Convert.ToHexString(message.Token)] = message.Code;
        }

        Assert.Equal(CoapCode.ServiceUnavailable, answers[Convert.ToHexString(early)]);
        Assert.Equal(CoapCode.Changed, answers[Convert.ToHexString(late)]);
    }

    [Fact]
    public void More_devices_than_the_limit_are_asked_to_come_later()
    {
        using var harness = new BootstrapHarness(new BootstrapServerOptions { MaxSessions = 1 });
        harness.Policy.Plans(Lifetime);
        Assert.Equal(CoapCode.Changed, harness.Add().Ask("/bs?ep=one").Code);
        Assert.Equal(CoapCode.ServiceUnavailable, harness.Add().Ask("/bs?ep=two").Code);
        harness.RunToEnd();
        Assert.Equal(CoapCode.Changed, harness.Add().Ask("/bs?ep=two").Code);
    }

    [Fact]
    public void An_abort_ends_the_bootstrap_with_its_reason()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(Lifetime);
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Receive();
        Assert.Single(harness.Server.Sessions).Abort("the device was suspended");
        harness.RunToEnd();
        Assert.Equal("the device was suspended", harness.Events.Failure);
    }

    [Fact]
    public void A_refused_write_ends_the_bootstrap_and_a_refused_discover_does_not()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Discover(), Lifetime);
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("GET / Accept=40", CoapCode.MethodNotAllowed);
        device.Serve("PUT /1/0/1 11542", CoapCode.Unauthorized, "not now");
        harness.RunToEnd();
        Assert.Equal("write /1/0/1: the device answered 4.01: not now", harness.Events.Failure);
        harness.Run(10);
        Assert.Empty(device.Peer.Received);
    }
}
