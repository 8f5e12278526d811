using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Registrations;

/// <summary>Pelion's clients want <c>rd/{account}/{device}</c> for their location: a path that anybody can guess.</summary>
public sealed class DeviceLocationTests : IDisposable
{
    private const string Account = "0123456789abcdef0123456789abcdef";

    private readonly ServerHarness _harness = new(new() { HasDeviceLocation = parameters => parameters.Others.Contains("mccv=4.13.2"), MaxLifetime = TimeSpan.FromHours(1) });

    public DeviceLocationTests() => _harness.Admission.Tenant = _ => new TenantId(UInt128.Parse(Account, System.Globalization.NumberStyles.HexNumber));

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_names_account_and_device_whether_the_device_was_known_or_is_looked_up(bool isLookedUp)
    {
        var looking = new TaskCompletionSource<DeviceResolution>();
        if (isLookedUp)
            _harness.Admission.Resolver = _ => new(looking.Task);
        TestDevice device = _harness.Add(ServerHarness.Certificate("a"));
        device.Send(device.Request(CoapCode.Post, "/rd?lt=60&lwm2m=1.0&mccv=4.13.2", System.Text.Encoding.ASCII.GetBytes(TestDevice.Links), 40));
        looking.SetResult(DeviceResolution.Accept(new DeviceId(1)));
        WireMessage answer = device.ReceiveResponse();
        Assert.Equal(CoapCode.Created, answer.Code);
        Assert.Equal(["rd", Account, "00000000000000000000000000000001"], answer.Options.GetStrings(CoapOptionNumber.LocationPath));
        Assert.Null(answer.Options.GetUInt(CoapOptionNumber.MaxAge));
    }

    [Fact]
    public void Updates_and_the_end_are_taken_there()
    {
        TestDevice device = Register("a");
        Assert.Equal(CoapCode.Changed, device.Update("lt=120").Code);
        Assert.Equal(120u, Find("a")!.Lifetime);
        Assert.Equal(CoapCode.Deleted, device.Deregister().Code);
        Assert.Null(Find("a"));
    }

    [Fact]
    public void A_lifetime_that_was_cut_is_told_by_Max_Age()
    {
        // It is the client's lifetime from then on (pelion-clients, 4.5).
        WireMessage answer = _harness.Add(ServerHarness.Certificate("a")).Register("lt=7200&mccv=4.13.2");
        Assert.Equal(3600u, answer.Options.GetUInt(CoapOptionNumber.MaxAge));
    }

    [Fact]
    public void It_is_found_by_nobody_else()
    {
        TestDevice device = Register("a"), other = Register("b");
        other.Location = device.Location;
        Assert.Equal(CoapCode.NotFound, other.Deregister().Code);
        TestDevice bare = _harness.Add();
        bare.Location = device.Location;
        Assert.Equal(CoapCode.NotFound, bare.Update().Code);
        foreach (string path in new[] { device.Location + "/1", device.Location[..^1], device.Location[..^1] + "x", "/rd//" + device.Location[36..], device.Location.Replace(Account, new string('0', 32), StringComparison.Ordinal) })
            Assert.Equal(CoapCode.NotFound, device.Exchange(CoapCode.Post, path).Code);
        Assert.Equal(CoapCode.Changed, device.Update().Code);
    }

    [Fact]
    public void Without_security_the_location_cannot_be_guessed()
    {
        TestDevice device = _harness.Add();
        Assert.Equal(2, device.Register("ep=a&lt=60&mccv=4.13.2").Options.GetStrings(CoapOptionNumber.LocationPath).Count());
        string guessed = $"/rd/{Account}/00000000000000000000000000000001";
        Assert.Equal(CoapCode.NotFound, device.Exchange(CoapCode.Post, guessed).Code);
    }

    private TestDevice Register(string name)
    {
        TestDevice device = _harness.Add(ServerHarness.Certificate(name));
        Assert.Equal(CoapCode.Created, device.Register("lt=60&mccv=4.13.2").Code);
        return device;
    }

    private Registration? Find(string name) => _harness.Registrations.ToArray().SingleOrDefault(registration => registration.Endpoint == name);
}
