using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class SendTests
{
    private readonly World _world = new();
    private readonly ScriptedServer _server;
    private readonly TestDevice _device;

    public SendTests()
    {
        _server = new ScriptedServer(_world);
        _device = new TestDevice(_world, _server).Start();
    }

    [Fact]
    public void Sends_the_values_at_some_paths()
    {
        // ETS 1.1-int-311.
        SendResult result = Send(new SendOptions { Format = ContentFormat.SenmlJson }, "/1/0/1", "/3/0/11/0");

        Assert.True(result.IsDelivered);
        ScriptedServer.Received send = Assert.Single(_server.Sends);
        Assert.Equal(CoapCode.Post, send.Method);
        Assert.Equal(ContentFormat.SenmlJson, send.Format);
        Assert.Equal(["/1/0/1=86400", "/3/0/11/0=0"], Decode(send).Select(e => e.ToString()));
        Assert.Equal(1, _device.Client.Statistics.Sends);
    }

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    [InlineData(11544)]
    public void Sends_in_the_formats_that_there_are(ushort format)
    {
        Assert.True(Send(new SendOptions { Format = new ContentFormat(format) }, "/3303").IsDelivered);

        Assert.Equal(["/3303/0/5601=20.0", "/3303/0/5602=22.0", "/3303/0/5700=21.5", "/3303/0/5701=Cel"], Decode(_server.Sends.Single()).Select(e => e.ToString()));
    }

    [Fact]
    public void Sends_the_time_with_the_values_when_wanted()
    {
        Send(new SendOptions { WithTimestamps = true }, "/3303/0/5700");

        Assert.Equal((_world.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds, Decode(_server.Sends.Single()).Single().Timestamp!.Value, tolerance: 1);
    }

    [Fact]
    public void Sends_values_of_the_past()
    {
        Lwm2mPath path = Lwm2mPath.Parse("/3303/0/5700");
        ResourceEntry[] history = [.. Enumerable.Range(0, 10).Select(i => new ResourceEntry(path, 20.0 + i, 1_700_000_000 + (60 * i)))];

        Assert.True(Wait(_device.Client.SendAsync(history, cancellationToken: TestContext.Current.CancellationToken)).IsDelivered);

        List<ResourceEntry> entries = Decode(_server.Sends.Single());
        Assert.Equal(10, entries.Count);
        Assert.Equal(1_700_000_540, entries[^1].Timestamp);
    }

    [Fact]
    public void A_server_that_mutes_send_gets_nothing_until_it_unmutes()
    {
        // ETS 1.1-int-307.
        _server.Put("/1/0/23", "1");
        Assert.Equal(SendStatus.Muted, Send(null, "/3303/0/5700").Status);
        Assert.Empty(_server.Sends);

        _server.Put("/1/0/23", "0");

        Assert.Equal(SendStatus.Delivered, Send(null, "/3303/0/5700").Status);
    }

    [Fact]
    public void Without_the_resource_send_is_muted()
    {
        _device.Session.Server[23] = ResourceValue.None;

        Assert.Equal(SendStatus.Muted, Send(null, "/3303/0/5700").Status);
    }

    [Fact]
    public void A_refusal_is_told_to_the_application()
    {
        _server.Script = r => r.Path == "/dp" ? CoapResponse.Error(CoapCode.NotFound, "an object is not registered") : null;

        SendResult result = Send(null, "/3303/0/5700");

        Assert.Equal(SendStatus.Rejected, result.Status);
        Assert.Equal(CoapCode.NotFound, result.Code);
        Assert.Equal("an object is not registered", result.Reason);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_told_to_the_application()
    {
        _world.Network.Filter = d => !d.To.Equals(_server.Endpoint.LocalEndPoint);

        Assert.Equal(SendStatus.Unreachable, Send(null, "/3303/0/5700").Status);
        Assert.Equal(RegistrationState.Retrying, _device.Session.State);
    }

    [Fact]
    public void There_must_be_something_to_send()
    {
        Assert.Equal(SendStatus.NothingToSend, Send(null, "/9", "/3/0/4").Status);
        Assert.Equal(SendStatus.NothingToSend, Send(null, "/0").Status);
        Assert.Equal(SendStatus.NothingToSend, Send(new SendOptions { Format = ContentFormat.Lwm2mTlv }, "/3303/0/5700").Status);
    }

    [Fact]
    public void Nothing_is_sent_while_not_registered()
    {
        _world.Await(_device.StopAsync());

        Assert.Equal(SendStatus.NotRegistered, Send(null, "/3303/0/5700").Status);
    }

    [Fact]
    public void The_first_release_has_no_send()
    {
        TestDevice old = new TestDevice(_world, _server, o => o with { Version = Lwm2mVersion.V10 }).Start();

        Assert.Equal(SendStatus.NotRegistered, Wait(old.Client.SendAsync([Lwm2mPath.Parse("/3")], cancellationToken: TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public void May_be_sent_without_wanting_an_acknowledgement()
    {
        Assert.True(Send(new SendOptions { Confirmable = false }, "/3303/0/5700").IsDelivered);
        Assert.Equal(MessageType.NonConfirmable, _server.Sends.Single().Type);
    }

    [Fact]
    public void One_of_several_servers_is_meant()
    {
        var second = new ScriptedServer(_world);
        TestDevice device = new TestDevice(_world, [_server.Endpoint, second.Endpoint]).Start();

        Assert.True(Wait(device.Client.SendAsync([Lwm2mPath.Parse("/3303")], null, 2, TestContext.Current.CancellationToken)).IsDelivered);

        Assert.Single(second.Sends);
        Assert.Empty(_server.Sends);
        Assert.Throws<ArgumentException>(() => { _ = device.Client.SendAsync([Lwm2mPath.Parse("/3303")], null, 9, TestContext.Current.CancellationToken); });
    }

    [Fact]
    public void A_long_one_goes_in_blocks()
    {
        ResourceEntry[] history = [.. Enumerable.Range(0, 1000).Select(i => new ResourceEntry(Lwm2mPath.Parse("/3303/0/5700"), 20.0 + i, 1_700_000_000 + (60 * i)))];

        Assert.True(_world.Await(_device.Client.SendAsync(history, cancellationToken: TestContext.Current.CancellationToken)).IsDelivered);

        Assert.Equal(1000, Decode(_server.Sends.Single()).Count);
    }

    private SendResult Send(SendOptions? options, params string[] paths) =>
        Wait(_device.Client.SendAsync([.. paths.Select(path => Lwm2mPath.Parse(path))], options, cancellationToken: default));

    private SendResult Wait(Task<SendResult> task)
    {
        _world.RunUntil(() => task.IsCompleted);
        return _world.Await(task);
    }

    private List<ResourceEntry> Decode(ScriptedServer.Received send)
    {
        var entries = new List<ResourceEntry>();
        Assert.True(
            Lwm2mContent.TryDecode(send.Format!.Value, send.Payload, Lwm2mPath.Root, new ContentContext(ObjectModelRegistry.Default, _world.Clock.GetUtcNow()), entries, out string? reason), reason);
        return entries;
    }
}
