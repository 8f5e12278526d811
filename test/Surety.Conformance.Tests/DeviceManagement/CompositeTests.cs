using Surety.Coap;
using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>ETS 1.2, 6.3: Read-Composite and Write-Composite.</summary>
public sealed class CompositeTests
{
    private const string Set257Json = """[{"bn":"/","n":"1/0/2","v":101},{"n":"1/0/6","vb":true},{"n":"3/0/13","v":0}]""";
    private const string Set257Cbor = "83A321612F0065312F302F32021865A20065312F302F3604F5A20066332F302F31330200";

    /// <summary>Void since ETS 1.2.1, see 280.</summary>
    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int229_ReadComposite(ushort format)
    {
        using Bench bench = new Bench().Register();

        string decoded = Read(bench, format, "/3 /1/0 /1/0/1 /3/0/11/0", $"{Values.DeviceC1} {Values.ServerC1}");

        Assert.Equal($"{Values.DecodedDeviceC1} {Values.DecodedServerC1}", decoded);
    }

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int230_WriteComposite(ushort format)
    {
        using var bench = new Bench();
        bench.Client.Objects.Add(Configurations.PortfolioWithIdentity());
        bench.Register();

        bench.Exchange(
            bench.WriteComposite(
                new ContentFormat(format), ("/1/0/1", 61), ("/1/0/6", true), ("/16/0/0/0", "aa"), ("/16/0/0/1", "bb"), ("/16/0/0/2", "cc"), ("/16/0/0/3", "dd")),
            $"""iPATCH / Content-Format={format} | /1/0/1=61 /1/0/6=true /16/0/0/0="aa" /16/0/0/1="bb" /16/0/0/2="cc" /16/0/0/3="dd" """.TrimEnd(),
            "2.04");
        bench.AssertFromClient("POST /rd/{loc}?lt=61", "2.04");

        Assert.Equal(61u, bench.Registration.Lifetime);
        bench.Exchange(
            ServerBench.Read("/1/0"), "GET /1/0", """2.05 Content-Format=112 | /1/0/0=1 /1/0/1=61 /1/0/6=true /1/0/7="U" /1/0/23=false""");
        bench.Exchange(
            ServerBench.Read("/16"), "GET /16", """2.05 Content-Format=112 | /16/0/0/0="aa" /16/0/0/1="bb" /16/0/0/2="cc" /16/0/0/3="dd" """.TrimEnd());
        bench.AssertNothingElse();
    }

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int235_ReadCompositeOnRoot(ushort format)
    {
        using Bench bench = new Bench().Register();

        // /0 is not there, nor are /21 and /23.
        string decoded = Read(bench, format, "/", $"{Values.ServerC1} {Values.DeviceC1}");

        Assert.Equal($"{Values.DecodedServerC1} {Values.DecodedDeviceC1}", decoded);
    }

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int236_ReadCompositeWithPartialPresence(ushort format)
    {
        using Bench bench = new Bench().Register();

        string decoded = Read(bench, format, "/1/0 /1/0/1 /3/0/11/0 /3339/0/5522 /3353/0/6030", $"{Values.ServerC1} /3/0/11/0=0");

        Assert.Equal($"{Values.DecodedServerC1} /3/0/11/0=0", decoded);
    }

    /// <summary>With the values as the ETS writes them, octet by octet; and as the server itself writes them.</summary>
    [Theory]
    [InlineData(110, true)]
    [InlineData(112, true)]
    [InlineData(110, false)]
    [InlineData(112, false)]
    public void Int257_WriteCompositeOnServerAndDevice(ushort format, bool asPrinted)
    {
        using Bench bench = new Bench(Configurations.C3, Configurations.DeviceC6(Lwm2mVersion.V11)).Register();
        var set = new ContentFormat(format);
        bench.Exchange(ServerBench.Read("/1", set), $"GET /1 Accept={format}", $"2.05 Content-Format={format} | {Values.ServerC3}");
        Assert.Contains("/3/0/13=1367491215 ", bench.Decode(bench.Await(bench.Begin(ServerBench.Read("/3", set))), "/3"));
        bench.Clear();
        DeviceRequest write = asPrinted
            ? DeviceRequest.WriteComposite(set, set == ContentFormat.SenmlCbor ? Convert.FromHexString(Set257Cbor) : System.Text.Encoding.UTF8.GetBytes(Set257Json))
            : bench.WriteComposite(set, ("/1/0/2", 101), ("/1/0/6", true), ("/3/0/13", ResourceValue.FromTime(0)));

        bench.Exchange(write, $"iPATCH / Content-Format={format} | /1/0/2=101 /1/0/6=true /3/0/13=0", "2.04");

        bench.Exchange(
            ServerBench.Read("/1", set), $"GET /1 Accept={format}",
            $"""2.05 Content-Format={format} | /1/0/0=1 /1/0/1=86400 /1/0/2=101 /1/0/3=10 /1/0/5=86400 /1/0/6=true /1/0/7="U" /1/0/23=false""");
        bench.Exchange(ServerBench.Read("/3/0/13", set), $"GET /3/0/13 Accept={format}", $"2.05 Content-Format={format} | /3/0/13=0");
        Assert.Equal(ResourceValue.FromTime(0), bench.Device[13]);
    }

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int280_SuccessfulReadComposite(ushort format)
    {
        using Bench bench = new Bench().Register();

        string decoded = Read(bench, format, "/3/0/16 /3/0/11/0 /1/0", $"/3/0/16=\"U\" /3/0/11/0=0 {Values.ServerC1}");

        Assert.Equal($"/3/0/16=U /3/0/11/0=0 {Values.DecodedServerC1}", decoded);
    }

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int281_PartiallySuccessfulReadComposite(ushort format)
    {
        using Bench bench = new Bench().Register();

        // /1/0/8 is executable, and not in the answer.
        string decoded = Read(bench, format, "/1/0/1 /1/0/7 /1/0/8", "/1/0/1=86400 /1/0/7=\"U\"");

        Assert.Equal("/1/0/1=86400 /1/0/7=U", decoded);
    }

    private static string Read(Bench bench, ushort format, string paths, string expected)
    {
        DeviceResponse response = bench.Exchange(
            bench.ReadComposite(new ContentFormat(format), paths.Split(' ')), $"FETCH / Content-Format={format} Accept={format} | {paths}",
            $"2.05 Content-Format={format} | {expected}");
        bench.AssertNothingElse();
        return bench.Decode(response, "/");
    }
}
