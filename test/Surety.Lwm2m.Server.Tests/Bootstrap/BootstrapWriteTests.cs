using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;
using static Surety.Lwm2m.Server.BootstrapOperation;

namespace Surety.Lwm2m.Server.Tests.Bootstrap;

/// <summary>What goes to the device, and what is done when it takes it otherwise.</summary>
public sealed class BootstrapWriteTests
{
    private static readonly ResourceEntry Lifetime = new(Lwm2mPath.Parse("/1/0/1"), 60L);
    private static readonly ResourceEntry ServerId = new(Lwm2mPath.Parse("/1/0/0"), 1L);
    private static readonly ResourceEntry MuteSend = new(Lwm2mPath.Parse("/1/0/23"), true);

    [Fact]
    public void An_object_is_written_in_the_bytes_that_Pelions_client_takes()
    {
        // The time for /3/0/13 as recorded with mbed-cloud-client 4.13.2, which took it: an object instance TLV with one resource of four bytes.
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Write(Lwm2mPath.Parse("/3"), [new(Lwm2mPath.Parse("/3/0/13"), ResourceValue.FromTime(0x6b02d2a3))]));
        BootstrapDevice device = harness.Add();
        device.Ask();
        Assert.Equal("0600C40D6B02D2A3", Convert.ToHexString(device.Serve("PUT /3 11542", CoapCode.Changed).Payload));
    }

    [Fact]
    public void A_format_that_the_device_refuses_is_not_offered_again()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Write(Lwm2mPath.Parse("/1"), [ServerId, Lifetime]), new Write(Lwm2mPath.Parse("/1/0"), [Lifetime]));
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("PUT /1 11542", CoapCode.UnsupportedContentFormat);
        device.Serve("PUT /1 112", CoapCode.UnsupportedContentFormat);
        Assert.Equal("""[{"bn":"/1/0/","n":"0","v":1},{"n":"1","v":60}]""", device.Serve("PUT /1 110", CoapCode.Changed).Text);
        device.Serve("PUT /1/0 110", CoapCode.Changed);
        device.Serve("POST /bs", CoapCode.Changed);
        harness.RunToEnd();
        Assert.Equal(["the device does not take content format 11542", "the device does not take content format 112"], harness.Events.Answers[0].Remarks);
    }

    [Theory]
    [InlineData("1.0", "11542")]
    [InlineData("1.1", "112")]
    [InlineData("1.2", "112")]
    public void A_device_is_written_to_as_its_version_wants_it(string version, string format)
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Discover(), new Write(Lwm2mPath.Parse("/1"), [Lifetime]));
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("GET / Accept=40", CoapCode.Content, $"</>;lwm2m={version},</0/0>,</3/0>", ContentFormat.LinkFormat);
        device.Serve($"PUT /1 {format}", CoapCode.Changed);
    }

    [Fact]
    public void A_device_that_takes_no_object_gets_instances_and_then_resources()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Write(Lwm2mPath.Parse("/1"), [ServerId, Lifetime, MuteSend]));
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("PUT /1 11542", CoapCode.MethodNotAllowed);
        device.Serve("PUT /1/0 11542", CoapCode.MethodNotAllowed);
        device.Serve("PUT /1/0/0 11542", CoapCode.Changed);
        // A single value may go as text too.
        device.Serve("PUT /1/0/1 11542", CoapCode.Changed);
        // Mute Send is optional: a device of LwM2M 1.0 does not have it.
        device.Serve("PUT /1/0/23 11542", CoapCode.NotFound);
        device.Serve("POST /bs", CoapCode.Changed);
        harness.RunToEnd();
        Assert.Equal("finished node", harness.Events.Take()[^1]);
        Assert.Equal(
        [
            "/1 is not taken as a whole (4.05); its instances are written one by one",
            "/1/0 is not taken as a whole (4.05); its resources are written one by one",
            "/1/0/23 is left out: the device answered 4.04",
        ], harness.Events.Answers[0].Remarks);
    }

    [Fact]
    public void A_mandatory_resource_that_the_device_refuses_is_a_failure()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Write(Lwm2mPath.Parse("/1/0"), [ServerId, Lifetime]));
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("PUT /1/0 11542", CoapCode.BadRequest);
        device.Serve("PUT /1/0/0 11542", CoapCode.Changed);
        device.Serve("PUT /1/0/1 11542", CoapCode.BadRequest, "too short");
        harness.RunToEnd();
        Assert.Equal("write /1/0: the device answered 4.00: too short", harness.Events.Failure);
    }

    [Fact]
    public void A_single_value_goes_as_text_when_the_device_takes_no_structure()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Write(Lifetime.Path, [Lifetime]));
        BootstrapDevice device = harness.Add();
        device.Ask();
        foreach (int format in (int[])[11542, 112, 110, 11543])
            device.Serve($"PUT /1/0/1 {format}", CoapCode.UnsupportedContentFormat);
        Assert.Equal("60", device.Serve("PUT /1/0/1 0", CoapCode.Changed).Text);
    }

    [Fact]
    public void A_large_value_goes_in_blocks_of_the_plans_size_with_one_token_and_asks_for_none()
    {
        using var harness = new BootstrapHarness();
        byte[] certificate = Enumerable.Range(0, 1300).Select(i => (byte)i).ToArray();
        var path = Lwm2mPath.Parse("/0/0/4");
        harness.Policy.Plan = new BootstrapPlan([new Write(path, [new(path, ResourceValue.FromOpaque(certificate))]) { Format = ContentFormat.OctetStream }])
        {
            BlockSize = 512, KeepsToken = true,
        };
        BootstrapDevice device = harness.Add();
        device.Ask();
        var body = new List<byte>();
        var tokens = new HashSet<string>();
        for (int number = 0; number < 3; number++)
        {
            WireMessage block = device.Receive();
            Assert.Equal("PUT /0/0/4 42", BootstrapDevice.Describe(block));
            Assert.Equal(((uint)number, number < 2, 512), (block.Block1!.Value.Number, block.Block1.Value.More, block.Block1.Value.Size));
            Assert.False(block.Options.Contains(CoapOptionNumber.Block2));
            // The receive buffer of Pelion's client has 1152 bytes.
            Assert.InRange(block.ToBytes().Length, 1, 1152);
            tokens.Add(Convert.ToHexString(block.Token));
            body.AddRange(block.Payload);
            device.Answer(block, number < 2 ? CoapCode.Continue : CoapCode.Changed, block1: block.Block1);
        }

        Assert.Single(tokens);
        Assert.Equal(certificate, body);
        device.Serve("POST /bs", CoapCode.Changed);
        harness.RunToEnd();
    }

    [Fact]
    public void An_answer_that_comes_by_itself_is_acknowledged()
    {
        // RFC 7252, 5.2.2. The "empty" acknowledgement of Pelion's client has a Content-Format, five bytes in all, which makes it no acknowledgement:
        // the response settles the request.
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Write(Lwm2mPath.Parse("/1"), [Lifetime]));
        BootstrapDevice device = harness.Add();
        device.Ask();
        WireMessage write = device.Receive();
        device.Peer.Send(harness.Endpoint, [0x60, 0x00, (byte)(write.MessageId >> 8), (byte)write.MessageId, 0xc0]);
        harness.Run(0.5);
        ushort id = device.Peer.NextMessageId();
        device.Peer.Send(harness.Endpoint, new WireMessage(MessageType.Confirmable, CoapCode.Changed, id) { Token = write.Token });
        WireMessage acknowledgement = device.Peer.Receive();
        Assert.Equal((MessageType.Acknowledgement, CoapCode.Empty, id), (acknowledgement.Type, acknowledgement.Code, acknowledgement.MessageId));
        device.Serve("POST /bs", CoapCode.Changed);
        harness.RunToEnd();
    }

    [Fact]
    public void What_is_read_comes_as_values_and_another_format_is_tried()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Read(Lwm2mPath.Parse("/1")));
        BootstrapDevice device = harness.Add();
        device.Ask("/bs?ep=node&pct=11544");
        device.Serve("GET /1 Accept=11544", CoapCode.NotAcceptable);
        device.Serve("GET /1 Accept=112", CoapCode.NotAcceptable);
        device.Serve("GET /1 Accept=110", CoapCode.Content, """[{"bn":"/1/0/","n":"0","v":101},{"n":"1","v":60},{"n":"4711","vs":"?"}]""", ContentFormat.SenmlJson);
        device.Serve("POST /bs", CoapCode.Changed);
        harness.RunToEnd();
        // An optional resource that nobody knows is no error (Core TS 1.2.2, 6.1.7.4).
        Assert.Equal(["/1/0/0=101", "/1/0/1=60", "/1/0/4711=?"], harness.Events.Answers[0].Entries.Select(entry => entry.ToString()));
    }

    [Theory]
    [InlineData("/3")]
    [InlineData("/0/1")]
    [InlineData("/")]
    [InlineData("/1/0/1")]
    public void Nothing_but_servers_and_access_control_is_read(string path) => Assert.Throws<ArgumentException>(() => new Read(Lwm2mPath.Parse(path)));

    [Fact]
    public void What_was_to_be_deleted_and_is_not_there_is_no_failure()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plans(new Delete(Lwm2mPath.Parse("/2")));
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("DELETE /2", CoapCode.NotFound);
        device.Serve("POST /bs", CoapCode.Changed);
        harness.RunToEnd();
        Assert.Equal("finished node", harness.Events.Take()[^1]);
    }

    [Fact]
    public void The_bootstrap_account_is_neither_deleted_nor_made_a_server_account()
    {
        using var harness = new BootstrapHarness();
        IReadOnlyList<ResourceEntry> account = new SecurityAccount("coap://lwm2m.example.com", SecurityMode.NoSec) { ShortServerId = 1 }.ToEntries(1, Lwm2mVersion.V11);
        harness.Policy.Plans(
            new Discover(), new Delete(Lwm2mPath.Parse("/0/1")) { IsRequired = false }, new Delete(Lwm2mPath.Parse("/21/0")) { IsRequired = false },
            new Delete(Lwm2mPath.Parse("/0/0")), new Write(Lwm2mPath.Parse("/0/1"), account));
        BootstrapDevice device = harness.Add();
        device.Ask();
        // The links of Core TS 1.2.2, 6.1.7.3: what has no ssid is the bootstrap account's.
        device.Serve("GET / Accept=40", CoapCode.Content, "</>;lwm2m=1.1,</0/0>;ssid=101;uri=\"coaps://server_1.example.com\",</0/1>,</1/0>;ssid=101,</21/0>", ContentFormat.LinkFormat);
        device.Serve("DELETE /0/0", CoapCode.Deleted);
        harness.RunToEnd();
        Assert.StartsWith("write /0/1: the device answered 4.05: not sent: /0/1 is the bootstrap account", harness.Events.Failure, StringComparison.Ordinal);
        Assert.StartsWith("not sent: /0/1 is of the bootstrap account", harness.Events.Answers[1].Diagnostic, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirect_writes_the_bootstrap_account_anew_where_it_is()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plan = BootstrapPlan.Redirect(new SecurityAccount("coap://other.example.com:5783", SecurityMode.NoSec));
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("GET / Accept=40", CoapCode.Content, "</>;lwm2m=1.1,</0/0>;ssid=1,</0/4>,</1/0>;ssid=1", ContentFormat.LinkFormat);
        WireMessage write = device.Receive();
        Assert.Equal("PUT /0/4 112", BootstrapDevice.Describe(write));
        Assert.Contains("coap://other.example.com:5783", Encoding.UTF8.GetString(write.Payload), StringComparison.Ordinal);
        device.Answer(write, CoapCode.Changed);
        device.Serve("POST /bs", CoapCode.Changed);
        harness.RunToEnd();
        // Bootstrap-Server: true.
        Assert.Contains(((Write)harness.Events.Answers[1].Operation).Entries, entry => entry.ToString() == "/0/4/1=1");
    }

    [Fact]
    public void A_plan_knows_what_a_discover_has_found()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Plan = new BootstrapPlan(WriteBesideAsync);
        BootstrapDevice device = harness.Add();
        device.Ask();
        device.Serve("GET / Accept=40", CoapCode.Content, "</>;lwm2m=1.2,</0/0>,</0/1>;ssid=7,</3/0>", ContentFormat.LinkFormat);
        device.Serve("PUT /0/1 112", CoapCode.Changed);

        static async IAsyncEnumerable<BootstrapOperation> WriteBesideAsync(BootstrapProgress progress)
        {
            await Task.Yield();
            yield return new Discover();
            Assert.Equal(Lwm2mVersion.V12, progress.Version);
            var path = new Lwm2mPath(0, progress.FreeSecurityInstance);
            yield return new Write(path, [new(path.Append(11), 3L)]);
        }
    }

    [Fact]
    public void No_secret_shows_in_the_text_of_an_operation()
    {
        var account = new SecurityAccount("coaps://lwm2m.example.com", SecurityMode.PreSharedKey)
        {
            ShortServerId = 1, PublicKeyOrIdentity = "who"u8.ToArray(), SecretKey = "topsecret"u8.ToArray(),
        };
        string text = new Write(Lwm2mPath.Parse("/0/0"), account.ToEntries(0, Lwm2mVersion.V11)).ToString();
        Assert.Contains("/0/0/0 = \"coaps://lwm2m.example.com\"", text, StringComparison.Ordinal);
        Assert.Contains("/0/0/5 = (9 bytes)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("746F70", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("topsecret", account.ToString(), StringComparison.Ordinal);
        var mqtt = Lwm2mPath.Parse("/24/0/5");
        Assert.DoesNotContain("topsecret", new Write(mqtt, [new(mqtt, "topsecret")]).ToString(), StringComparison.Ordinal);
    }
}
