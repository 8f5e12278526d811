using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Operations;

/// <summary>
/// Operations as they go over the wire (LwM2M Transport 6.4.4, 6.4.5; RFC 7252, 3): method, then options and payload, hexadecimal. The requests are
/// those of OMA's enabler test cases.
/// </summary>
public sealed class OperationBytesTests : IDisposable
{
    private readonly ServerHarness _harness = new();
    private readonly TestDevice _device;

    public OperationBytesTests() => _device = _harness.Add();

    public void Dispose() => _harness.Dispose();

    private static Lwm2mPath P(string path) => Lwm2mPath.Parse(path);

    private void Check(string method, string expected, DeviceRequest request, string links = TestDevice.Links, MessageType type = MessageType.Confirmable)
    {
        Registration registration = _device.RegisterAs("a", links: links);
        _harness.Network.Sent.Clear();
        Task<DeviceResponse> operation = _harness.Begin(registration, request);
        _device.Serve(CoapCode.Changed);
        Assert.Equal(CoapCode.Changed, _harness.Network.Await(operation).Code);
        AssertSent(method, expected, type);
    }

    /// <summary>The first message that was sent: an eight-byte token, and what is expected behind it.</summary>
    private void AssertSent(string method, string expected, MessageType type = MessageType.Confirmable)
    {
        SimulatedNetwork.Datagram sent = _harness.Network.Sent[0];
        Assert.Equal(type, sent.Type);
        Assert.Equal(0x08, sent.Bytes[0] & 0x0F);
        string code = method switch { "GET" => "01", "POST" => "02", "PUT" => "03", "DELETE" => "04", "FETCH" => "05", "iPATCH" => "07", _ => throw new ArgumentException(method) };
        Assert.Equal($"{code} {expected.Replace(" ", "", StringComparison.Ordinal)}", $"{sent.Bytes[1]:x2} {Convert.ToHexString(sent.Bytes[12..])}");
    }

    [Fact]
    public void Int201_Read_in_plain_text() => Check("GET", "B133 0130 0130 60", DeviceRequest.Read(P("/3/0/0"), ContentFormat.TextPlain));

    [Fact]
    public void Int203_Read_in_TLV() => Check("GET", "B133 0130 622D16", DeviceRequest.Read(P("/3/0"), ContentFormat.Lwm2mTlv));

    [Fact]
    public void Int204_Read_in_JSON() => Check("GET", "B133 0130 622D17", DeviceRequest.Read(P("/3/0"), ContentFormat.Lwm2mJson));

    [Fact]
    public void Int211_Read_in_CBOR() => Check("GET", "B131 0130 0130 613C", DeviceRequest.Read(P("/1/0/0"), ContentFormat.Cbor));

    [Fact]
    public void Int225_Read_a_resource_instance() => Check("GET", "B133 0130 023131 0130", DeviceRequest.Read(P("/3/0/11/0")));

    [Fact]
    public void Int231_Read_in_SenML() => Check("GET", "B133 0130 616E", DeviceRequest.Read(P("/3/0"), ContentFormat.SenmlJson));

    [Fact]
    public void Int237_Read_without_Accept() => Check("GET", "B133", DeviceRequest.Read(P("/3")));

    [Fact]
    public void Int205_Write_plain_text() => Check("PUT", "B131 0130 0132 10 FF 313031", DeviceRequest.Write(P("/1/0/2"), ContentFormat.TextPlain, "101"u8.ToArray()));

    [Fact]
    public void Int215_Partial_update_and_replacement_in_TLV()
    {
        byte[] tlv = Convert.FromHexString("C10265C20303F2C20507D0C10601C10755");
        Check("POST", "B131 0130 122D16 FF C10265C20303F2C20507D0C10601C10755", DeviceRequest.Update(P("/1/0"), ContentFormat.Lwm2mTlv, tlv));
        Check("PUT", "B131 0130 122D16 FF C10265C20303F2C20507D0C10601C10755", DeviceRequest.Write(P("/1/0"), ContentFormat.Lwm2mTlv, tlv));
    }

    [Fact]
    public void Int228_Write_a_resource_instance() =>
        Check("PUT", "B23136 0130 0130 0132 10 FF 74657374", DeviceRequest.Write(P("/16/0/0/2"), ContentFormat.TextPlain, "test"u8.ToArray()));

    [Fact]
    public void Int651_Partial_update_of_the_device_object() => Check(
        "POST", "B133 0130 122D16 FF C40D5182428F C60E2B30323A3030 C80F0C4575726F70652F5061726973",
        DeviceRequest.Update(P("/3/0"), ContentFormat.Lwm2mTlv, Convert.FromHexString("C40D5182428FC60E2B30323A3030C80F0C4575726F70652F5061726973")));

    [Fact]
    public void Int241_Execute_without_arguments() => Check("POST", "B133 0130 0134", DeviceRequest.Execute(P("/3/0/4")));

    [Fact]
    public void Execute_with_arguments() => Check("POST", "B131 0130 0138 10 FF 303D2755272C31", DeviceRequest.Execute(P("/1/0/8"), "0='U',1"));

    [Fact]
    public void Execute_may_be_Non_confirmable() =>
        Check("POST", "B133 0130 0134", DeviceRequest.Execute(P("/3/0/4")) with { Confirmable = false }, type: MessageType.NonConfirmable);

    [Fact]
    public void Int260_Write_Attributes_and_Discover()
    {
        Check("GET", "B133 6128", DeviceRequest.Discover(P("/3")));
        var periods = new NotificationAttributes { MinimumPeriod = 10, MaximumPeriod = 200 };
        Check("PUT", "B133 47 706D696E3D3130 08 706D61783D323030", DeviceRequest.WriteAttributes(P("/3"), new AttributeChange(periods, AttributeNames.None)));
        var thresholds = new NotificationAttributes { LessThan = 1, GreaterThan = 6, Step = 1 };
        Check("PUT", "B133 0130 0137 44 67743D36 04 6C743D31 04 73743D31", DeviceRequest.WriteAttributes(P("/3/0/7"), new AttributeChange(thresholds, AttributeNames.None)));
    }

    [Fact]
    public void An_attribute_without_value_is_unset() => Check(
        "PUT", "B133 44 706D696E 08 706D61783D323030",
        DeviceRequest.WriteAttributes(P("/3"), new AttributeChange(new NotificationAttributes { MaximumPeriod = 200 }, AttributeNames.MinimumPeriod)));

    [Theory]
    [InlineData(0, "30")]
    [InlineData(1, "31")]
    [InlineData(3, "33")]
    public void Int264_Discover_to_a_depth(int depth, string digit) => Check("GET", $"B133 47 64657074683D{digit} 2128", DeviceRequest.Discover(P("/3"), depth));

    [Fact]
    public void Int1630_Create() => Check(
        "POST", "B23136 122D16 FF 080004 C8000141",
        DeviceRequest.Create(16, ContentFormat.Lwm2mTlv, Convert.FromHexString("080004C8000141")));

    [Fact]
    public void Int1635_Delete() => Check("DELETE", "B23136 0131", DeviceRequest.Delete(P("/16/1")));

    [Fact]
    public void Delete_a_resource_instance() => Check("DELETE", "B23136 0131 0130 0135", DeviceRequest.Delete(P("/16/1/0/5")));

    [Fact]
    public void Int280_Read_Composite()
    {
        Registration registration = _device.RegisterAs("a");
        Lwm2mPath[] paths = [P("/3/0/16"), P("/3/0/11/0"), P("/1/0")];
        const string Names = "83 A10067 2F332F302F3136 A10069 2F332F302F31312F30 A10064 2F312F30";
        Check("FETCH", "C170 5170 FF" + Names, DeviceRequest.ReadComposite(paths, ContentFormat.SenmlCbor, registration));
        // RFC 8790: the pack of a FETCH is SenML-ETCH, the answer SenML.
        Check("FETCH", "C20142 5170 FF" + Names, DeviceRequest.ReadComposite(paths, ContentFormat.SenmlEtchCbor, registration));
        Check("FETCH", "C20142 522D18 FF" + Names, DeviceRequest.ReadComposite(paths, ContentFormat.SenmlEtchCbor, registration, ContentFormat.Lwm2mCbor));
        Check("FETCH", "C20140 516E FF 5B7B226E223A222F312F30227D5D", DeviceRequest.ReadComposite([P("/1/0")], ContentFormat.SenmlEtchJson, registration));
    }

    [Fact]
    public void Int257_Write_Composite() => Check(
        "iPATCH", "C170 FF 83A321612F0065312F302F32021865A20065312F302F3604F5A20066332F302F31330200",
        DeviceRequest.WriteComposite(ContentFormat.SenmlCbor, Convert.FromHexString("83A321612F0065312F302F32021865A20065312F302F3604F5A20066332F302F31330200")));

    [Fact]
    public void The_alternate_path_stands_before_every_path_and_every_name()
    {
        const string Links = "</lwm2m/x>;rt=\"oma.lwm2m\",</lwm2m/x/1/0>,</lwm2m/x/3/0>";
        Check("GET", "B56C776D326D 0178 0133 0130 0130", DeviceRequest.Read(P("/3/0/0")), Links);
        Check("POST", "B56C776D326D 0178 023136 122D16 FF 00", DeviceRequest.Create(16, ContentFormat.Lwm2mTlv, new byte[] { 0 }), Links);
        Registration registration = _device.RegisterAs("a", links: Links);
        Check(
            "FETCH", "B56C776D326D 0178 1170 5170 FF 81 A1006C 2F6C776D326D2F782F332F30",
            DeviceRequest.ReadComposite([P("/3/0")], ContentFormat.SenmlCbor, registration), Links);
    }

    [Fact]
    public void Int312_Observe_with_attributes_and_its_cancellation_are_the_same_but_for_Observe()
    {
        Registration registration = _device.RegisterAs("a");
        _harness.Network.Sent.Clear();
        (Observation observation, byte[] token) =
            _device.GrantObserve(registration, P("/3/0/7"), options: new() { Accept = ContentFormat.SenmlCbor, Queries = ["pmin=5", "pmax=15"] });
        AssertSent("GET", "60 5133 0130 0137 46 706D696E3D35 07 706D61783D3135 2170");
        _harness.Network.Sent.Clear();
        Task<DeviceResponse> cancelling = _harness.BeginCancel(observation);
        WireMessage cancel = _device.Serve(CoapCode.Content, "1");
        Assert.Equal(token, cancel.Token);
        Assert.Equal("1", System.Text.Encoding.UTF8.GetString(_harness.Network.Await(cancelling).Payload.Span));
        AssertSent("GET", "6101 5133 0130 0137 46 706D696E3D35 07 706D61783D3135 2170");
    }

    [Fact]
    public void Int305_Observe_Composite_and_its_cancellation_have_the_same_paths()
    {
        Registration registration = _device.RegisterAs("a");
        _harness.Network.Sent.Clear();
        Task<ObserveResult> observing = _harness.Server.ObserveCompositeAsync(
            registration, [P("/1/0/1"), P("/3/0/11/0")], ContentFormat.SenmlEtchCbor, new() { Accept = ContentFormat.Lwm2mCbor, Queries = ["pmin=30"] }, TestContext.Current.CancellationToken);
        WireMessage request = _device.Serve(CoapCode.Content, "", o => o.Add(CoapOptionNumber.Observe, 1u));
        Observation observation = _harness.Network.Await(observing).Observation!;
        const string Rest = "620142 37 706D696E3D3330 222D18 FF 82 A100662F312F302F31 A100692F332F302F31312F30";
        AssertSent("FETCH", "60" + Rest);
        Assert.Equal([P("/1/0/1"), P("/3/0/11/0")], observation.Paths);

        _harness.Network.Sent.Clear();
        Task<DeviceResponse> cancelling = _harness.BeginCancel(observation);
        Assert.Equal(request.Token, _device.Serve(CoapCode.Content).Token);
        Assert.True(_harness.Network.Await(cancelling).IsSuccess);
        AssertSent("FETCH", "6101" + Rest);
    }
}
