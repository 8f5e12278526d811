namespace Surety.Lwm2m.Tests.Formats;

/// <summary>The Device of the examples in Core TS 1.2.2, 7.5.4.3, 7.5.5.1, 7.5.6 (Table 2) and 7.5.7: one instance in five formats.</summary>
internal static class DeviceExample
{
    public static readonly string[] Entries =
    [
        "/3/0/0 String Open Mobile Alliance",
        "/3/0/1 String Lightweight M2M Client",
        "/3/0/2 String 345000123",
        "/3/0/3 String 1.0",
        "/3/0/6/0 Integer 1",
        "/3/0/6/1 Integer 5",
        "/3/0/7/0 Integer 3800",
        "/3/0/7/1 Integer 5000",
        "/3/0/8/0 Integer 125",
        "/3/0/8/1 Integer 900",
        "/3/0/9 Integer 100",
        "/3/0/10 Integer 15",
        "/3/0/11/0 Integer 0",
        "/3/0/13 Time 1367491215",
        "/3/0/14 String +02:00",
        "/3/0/16 String U",
    ];

    // The specification prints "Lightweigt" but counts the missing letter; this is what it counts.
    public const string Tlv =
        "c800144f70656e204d6f62696c6520416c6c69616e6365c801164c69676874776569676874204d324d20436c69656e74c80209333435303030313233"
        + "c303312e30860641000141010588070842000ed842011388870841007d42010384c10964c10a0f830b410000c40d5182428fc60e2b30323a3030c11055";

    public const string TlvOfObject = "080079" + Tlv;

    public const string SenmlCbor =
        "90a321652f332f302f00613003744f70656e204d6f62696c6520416c6c69616e6365a200613103764c69676874776569676874204d324d20436c69656e74"
        + "a20061320369333435303030313233a20061330363312e30a20063362f300201a20063362f310205a20063372f3002190ed8a20063372f3102191388"
        + "a20063382f3002187da20063382f3102190384a2006139021864a200623130020fa2006431312f300200a200623133021a5182428f"
        + "a20062313403662b30323a3030a200623136036155";

    public const string Lwm2mCbor =
        "a1820300ad00744f70656e204d6f62696c6520416c6c69616e636501764c69676874776569676874204d324d20436c69656e740269333435303030313233"
        + "0363312e3006a20001010507a200190ed80119138808a200187d011903840918640a0f0ba100000d1a5182428f0e662b30323a3030106155";

    public const string SenmlJson =
        """[{"bn":"/3/0/","n":"0","vs":"Open Mobile Alliance"},{"n":"1","vs":"Lightweight M2M Client"},{"n":"2","vs":"345000123"},"""
        + """{"n":"3","vs":"1.0"},{"n":"6/0","v":1},{"n":"6/1","v":5},{"n":"7/0","v":3800},{"n":"7/1","v":5000},{"n":"8/0","v":125},"""
        + """{"n":"8/1","v":900},{"n":"9","v":100},{"n":"10","v":15},{"n":"11/0","v":0},{"n":"13","v":1367491215},"""
        + """{"n":"14","vs":"+02:00"},{"n":"16","vs":"U"}]""";

    public const string OmaJson =
        """{"bn":"/3/0/","e":[{"n":"0","sv":"Open Mobile Alliance"},{"n":"1","sv":"Lightweight M2M Client"},{"n":"2","sv":"345000123"},"""
        + """{"n":"3","sv":"1.0"},{"n":"6/0","v":1},{"n":"6/1","v":5},{"n":"7/0","v":3800},{"n":"7/1","v":5000},{"n":"8/0","v":125},"""
        + """{"n":"8/1","v":900},{"n":"9","v":100},{"n":"10","v":15},{"n":"11/0","v":0},{"n":"13","v":1367491215},"""
        + """{"n":"14","sv":"+02:00"},{"n":"16","sv":"U"}]}""";
}
