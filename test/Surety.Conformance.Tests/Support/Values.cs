namespace Surety.Conformance.Tests;

/// <summary>
/// The values of <see cref="Configurations"/> as they are read: on the wire in SenML, and what the server makes of them. Beyond the ETS's minimum the
/// client has Mute Send (resource 23 of the Server Object).
/// </summary>
internal static class Values
{
    public const string ServerC1 = """/1/0/0=1 /1/0/1=86400 /1/0/6=false /1/0/7="U" /1/0/23=false""";

    public const string ServerC3 = """/1/0/0=1 /1/0/1=86400 /1/0/2=1 /1/0/3=10 /1/0/5=86400 /1/0/6=false /1/0/7="U" /1/0/23=false""";

    public const string DeviceC1 =
        "/3/0/0=\"Open Mobile Alliance\" /3/0/1=\"Lightweight M2M Client\" /3/0/2=\"345000123\" /3/0/3=\"1.0\" /3/0/11/0=0 /3/0/16=\"U\"";

    public const string DecodedServerC1 = "/1/0/0=1 /1/0/1=86400 /1/0/6=0 /1/0/7=U /1/0/23=0";

    public const string DecodedDeviceC1 = "/3/0/0=Open Mobile Alliance /3/0/1=Lightweight M2M Client /3/0/2=345000123 /3/0/3=1.0 /3/0/11/0=0 /3/0/16=U";

    /// <summary>/3/0 of C.1 in TLV: the octets of LwM2M Core 1.0.2, 6.4.3.1.</summary>
    public const string DeviceC1Tlv =
        "C800144F70656E204D6F62696C6520416C6C69616E6365" // 0: Open Mobile Alliance
        + "C801164C69676874776569676874204D324D20436C69656E74" // 1: Lightweight M2M Client
        + "C80209333435303030313233" // 2: 345000123
        + "C303312E30" // 3: 1.0
        + "830B410000" // 11: one instance, 0
        + "C11055"; // 16: U
}
