using System.Text;

namespace Surety.Lwm2m.Tests.Registry;

public sealed class RegisteredLinkTests
{
    [Fact]
    public void Links_are_told_from_the_devices_root_on_with_the_attributes_of_applications()
    {
        Assert.Equal(
            [
                new RegisteredLink("/1", null, null, null, false),
                new RegisteredLink("/3/0", "oma.lwm2m", "core.rp core.s", "110 112", true),
                new RegisteredLink("/Test", null, null, "0", true),
            ],
            Read("""</>;ct=11544,</1/>;ver=1.1,</3/0>;rt="oma.lwm2m";if="core.rp core.s";ct="110 112",</Test>;obs;ct=0""", ""));
    }

    /// <summary>Transport TS 1.2.2, 6.4.1.</summary>
    [Fact]
    public void The_alternate_path_is_left_out_where_a_target_begins_with_it()
    {
        Assert.Equal(["/3/0", "/lwm2mx/3", "/5"], Read("""</lwm2m>;rt="oma.lwm2m",</lwm2m/3/0>,</lwm2mx/3>,</5>""", "/lwm2m").Select(link => link.Path));
    }

    /// <summary>RFC 6690, 3.1 to 3.3: these attributes must not appear more than once in a link.</summary>
    [Fact]
    public void Of_a_repeated_attribute_the_first_counts() =>
        Assert.Equal([new RegisteredLink("/3/0", "a", "b", "1", true)], Read("</3/0>;rt=a;rt=x;if=b;if=y;ct=1;ct=2", ""));

    [Fact]
    public void Of_a_malformed_list_the_links_before_the_fault_are_told() => Assert.Equal(["/1"], Read("</1>,</2", "").Select(link => link.Path));

    /// <summary>As recorded from Pelion's device client.</summary>
    [Fact]
    public void What_the_device_reports_by_itself_and_its_value_are_told()
    {
        Assert.Equal(
            [new RegisteredLink("/10252/0/2", "State", null, null, true) { ReportToken = 553, InitialValue = "1" }, new RegisteredLink("/3/0/1", null, null, null, true) { InitialValue = "dev_model_num" }],
            Read("""</10252/0/2>;rt="State";v="1";aobs="553",</3/0/1>;v="dev_model_num";v="2";aobs="65536";aobs="1" """.TrimEnd(), ""));
    }

    private static IReadOnlyList<RegisteredLink> Read(string objectList, string rootPath) => RegisteredLink.Read(Encoding.UTF8.GetBytes(objectList), rootPath);
}
