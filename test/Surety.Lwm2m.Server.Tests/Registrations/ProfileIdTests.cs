using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Server.Tests.Registrations;

/// <summary>Profile ids in place of the object list (LwM2M Core 1.2, 6.2.1).</summary>
public sealed class ProfileIdTests : IDisposable
{
    private const string Etsi = "6:27354b9a";

    private readonly ServerHarness _harness = new(new() { Profiles = new Dictionary<string, string> { [Etsi] = "</1/0>,</3/0>", ["oma:meter"] = "</4/0>,</7/0>" } });

    public void Dispose() => _harness.Dispose();

    private string Register(string query, string links = "", string endpoint = "a")
    {
        CoapCode code = _harness.Add().Register($"ep={endpoint}&lt=60&lwm2m=1.2&{query}", links).Code;
        return code == CoapCode.Created ? string.Join(' ', _harness.Find(endpoint).Links.Paths.ToArray().Where(p => p.IsInstance)) : code.ToString()[..4];
    }

    [Fact]
    public void An_id_that_is_configured_stands_for_its_list() => Assert.Equal("/1/0 /3/0", Register($"pid={Etsi}")); // ETS 1.2-int-110

    [Fact]
    public void A_list_in_the_payload_comes_on_top() => Assert.Equal("/1/0 /3/0 /4/0", Register($"pid={Etsi}", "</4/0>")); // ETS 1.2-int-111

    [Fact]
    public void Several_ids_stand_for_their_lists_together() => Assert.Equal("/1/0 /3/0 /4/0 /5/0 /7/0", Register($"pid=\"{Etsi},oma:meter\"", "</5/0>"));

    [Theory]
    [InlineData("pid=6:00000000", "")]
    [InlineData("pid=\"6:27354b9a,6:00000000\"", "")]
    [InlineData("pid=\",\"", "")]
    [InlineData("pid=6:00000000", "</4/0>")]
    public void What_cannot_be_determined_gets_4_09(string query, string links)
    {
        Assert.Equal("4.09", Register(query, links));
        Assert.False(_harness.IsRegistered("a"));
    }

    [Fact]
    public void An_id_is_learnt_from_a_device_that_registers_it_with_the_whole_list()
    {
        Assert.Equal("4.09", Register("pid=6:11111111"));
        Assert.Equal("/1/0 /3/0 /3303/0", Register("pid=6:11111111", "</1/0>,</3/0>,</3303/0>"));
        Assert.Equal("/1/0 /3/0 /3303/0", Register("pid=6:11111111", endpoint: "b"));
        Assert.Equal("/1/0 /3/0 /3303/0 /3304/0", Register("pid=6:11111111", "</3304/0>", "c"));
    }

    [Fact]
    public void Two_ids_are_learnt_together()
    {
        Assert.Equal("/1/0 /3/0 /4/0", Register("pid=\"6:22222222,6:33333333\"", "</1/0>,</3/0>,</4/0>"));
        Assert.Equal("/1/0 /3/0 /4/0", Register("pid=\"6:22222222,6:33333333\"", endpoint: "b"));
        Assert.Equal("4.09", Register("pid=6:22222222", endpoint: "c"));
    }

    [Fact]
    public void What_one_tenant_taught_does_not_hold_for_another()
    {
        var other = new TenantId(2);
        _harness.Admission.Tenant = peer => peer.Endpoint == _harness.Secure ? other : default;
        Register("pid=6:11111111", "</1/0>,</3/0>,</3303/0>");
        Assert.Equal(CoapCode.Conflict, _harness.Add(ServerHarness.Certificate("b")).Register("lt=60&lwm2m=1.2&pid=6:11111111", "").Code);
    }

    [Fact]
    public void A_list_that_is_no_link_format_teaches_nothing()
    {
        Assert.Equal("4.00", Register("pid=6:11111111", "</1/0>,</3/0"));
        Assert.Equal("4.09", Register("pid=6:11111111"));
    }

    [Fact]
    public void An_update_may_name_another_profile()
    {
        TestDevice device = _harness.Add();
        Registration registration = device.RegisterAs("a", "&lwm2m=1.2&lt=60");
        Assert.Equal(CoapCode.Changed, device.Update("pid=oma:meter").Code);
        Assert.Equal("</4/0>,</7/0>", Encoding.UTF8.GetString(registration.ObjectList.Span));
        Assert.Equal(CoapCode.Changed, device.Update("pid=oma:meter", "</3/0>").Code);
        Assert.True(registration.Links.Contains(new Lwm2mPath(3, 0)) && registration.Links.Contains(new Lwm2mPath(7, 0)));
        Assert.Equal(CoapCode.Conflict, device.Update("pid=oma:other").Code);
        Assert.True(registration.Links.Contains(new Lwm2mPath(7, 0)));
    }

    [Fact]
    public void Ids_without_number_fill_no_memory()
    {
        string list = $"</1/0>,</3/0>,</3303/0>;x=\"{new string('x', 5000)}\"";
        for (int i = 0; i < 1100; i++)
            Register($"pid=6:{i:x8}", list);
        Assert.Equal("/1/0 /3/0 /3303/0", Register("pid=6:00000001"));
        Assert.Equal("4.09", Register("pid=6:0000044b"));
        Assert.Equal("/1/0 /3/0 /3303/0", Register($"pid=\"{string.Join(',', Enumerable.Repeat("6:00000001", 20))}\""));
    }
}
