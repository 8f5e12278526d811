using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Bootstrap;

/// <summary>Bootstrap-Pack (Core TS 1.2.2, 6.1.7.7; Transport TS 1.2.2, table 6.7-1).</summary>
public sealed class BootstrapPackTests
{
    private static readonly ResourceEntry[] Entries =
    [
        .. new SecurityAccount("coap://lwm2m.example.com", SecurityMode.NoSec) { ShortServerId = 1 }.ToEntries(0, Lwm2mVersion.V12),
        .. new ServerAccountSettings(1, 86_400).ToEntries(0, Lwm2mVersion.V12),
    ];

    private const string Path = "/bspack?ep=node&acc=</0/1>,</21/0>";

    [Theory]
    [InlineData(112)]
    [InlineData(110)]
    [InlineData(11544)]
    public void A_device_gets_everything_in_the_format_it_accepts(int format)
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Pack = static _ => BootstrapPackDecision.Deliver(Entries);
        WireMessage answer = harness.Add().Ask(Path, CoapCode.Get, new ContentFormat((ushort)format));
        Assert.Equal((CoapCode.Content, (uint?)format), (answer.Code, answer.Options.GetUInt(CoapOptionNumber.ContentFormat)));
        var values = new List<ResourceEntry>();
        Assert.True(Lwm2mContent.TryDecode(
            new ContentFormat((ushort)format), answer.Payload, Lwm2mPath.Root, new ContentContext(ObjectModelRegistry.Default, default, null, Lwm2mVersion.V12), values, out _));
        Assert.Equal(Entries.Select(entry => entry.ToString()).Order(StringComparer.Ordinal), values.Select(entry => entry.ToString()).Order(StringComparer.Ordinal));

        BootstrapRequest request = Assert.Single(harness.Policy.Requests);
        Assert.True(request.IsPackRequest);
        Assert.Equal(["/0/1", "/21/0"], request.BootstrapServerAccount.Select(path => path.ToString()));
        harness.Run(1);
        Assert.Equal([$"pack of {Entries.Length} for node"], harness.Events.Take());
    }

    [Fact]
    public void A_pack_is_JSON_as_RFC_8428_has_it()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Pack = static _ => BootstrapPackDecision.Deliver([.. Entries.Take(3)]);
        string pack = harness.Add().Ask(Path, CoapCode.Get, ContentFormat.SenmlJson).Text;
        using var json = System.Text.Json.JsonDocument.Parse(pack);
        string name = "", value = "";
        foreach (System.Text.Json.JsonElement record in json.RootElement.EnumerateArray())
        {
            name = record.TryGetProperty("bn", out System.Text.Json.JsonElement b) ? b.GetString()! : name;
            if (record.TryGetProperty("vs", out System.Text.Json.JsonElement vs))
                value = name + record.GetProperty("n").GetString() + "=" + vs.GetString();
        }

        Assert.Equal("/0/0/0=coap://lwm2m.example.com", value);
    }

    [Fact]
    public void A_format_that_is_no_packs_is_not_acceptable()
    {
        using var harness = new BootstrapHarness();
        Assert.Equal(CoapCode.NotAcceptable, harness.Add().Ask(Path, CoapCode.Get, ContentFormat.Lwm2mTlv).Code);
        Assert.Empty(harness.Policy.Requests);
    }

    [Fact]
    public void A_server_without_packs_says_so()
    {
        using var harness = new BootstrapHarness();
        Assert.Equal(CoapCode.NotImplemented, harness.Add().Ask(Path, CoapCode.Get).Code);
    }

    [Fact]
    public void A_pack_that_this_device_does_not_get_is_a_method_that_is_not_allowed()
    {
        using var harness = new BootstrapHarness();
        harness.Policy.Pack = static _ => BootstrapPackDecision.Refuse(CoapCode.MethodNotAllowed, "your key is made on the device");
        WireMessage answer = harness.Add().Ask(Path, CoapCode.Get);
        Assert.Equal((CoapCode.MethodNotAllowed, "your key is made on the device"), (answer.Code, answer.Text));
        harness.Run(1);
        Assert.Equal(["refused node 4.05: your key is made on the device"], harness.Events.Take());
    }

    [Theory]
    [InlineData("/bspack?ep=node&acc=</0>")]
    [InlineData("/bspack?ep=node&acc=</0/0")]
    [InlineData("/bspack?ep=node&acc=0/0")]
    public void An_account_that_is_no_list_of_instances_is_a_bad_request(string path)
    {
        using var harness = new BootstrapHarness();
        Assert.Equal(CoapCode.BadRequest, harness.Add().Ask(path, CoapCode.Get).Code);
    }

    [Fact]
    public void A_large_pack_comes_in_blocks()
    {
        using var harness = new BootstrapHarness();
        byte[] certificate = Enumerable.Range(0, 1500).Select(i => (byte)i).ToArray();
        harness.Policy.Pack = _ => BootstrapPackDecision.Deliver([new(Lwm2mPath.Parse("/0/0/4"), ResourceValue.FromOpaque(certificate))]);
        BootstrapDevice device = harness.Add();
        WireMessage first = device.Ask(Path, CoapCode.Get);
        Assert.True(first.Block2 is { Number: 0, More: true, Size: 1024 });
        ushort id = device.Peer.NextMessageId();
        var next = new WireMessage(MessageType.Confirmable, CoapCode.Get, id)
        {
            Token = [9], Options = new CoapOptions().Set(CoapOptionNumber.Block2, new BlockValue(1, false, 6).ToUInt()), Path = Path,
        };
        device.Peer.Send(harness.Endpoint, next);
        WireMessage second = device.Receive();
        Assert.True(second.Block2 is { Number: 1, More: false });
        byte[] body = [.. first.Payload, .. second.Payload];
        Assert.True(body.AsSpan().IndexOf(certificate) > 0);
    }
}
