using Surety.Coap;
using Surety.Lwm2m.Server.Tests.Restart;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Observations;

/// <summary>
/// What Pelion's device client reports by itself: links with <c>aobs="n"</c>, notifications whose token is n in two bytes. As recorded: 114 is token
/// 0072, the state of an update.
/// </summary>
public sealed class UnaskedReportTests : IDisposable
{
    private const string Links = """</3/0/2>;v="0";aobs="563",</10252/0/2>;rt="State";v="1";aobs="114",</10252/0/3>;v="-1";aobs="113",</3200/0/5501>;obs,</1/0>""";

    private static readonly Lwm2mPath State = new(10252, 0, 2);
    private static readonly byte[] StateToken = [0x00, 0x72];

    private readonly StateDirectory _state = new();
    private readonly ServerHarness _harness;
    private readonly TestDevice _device;
    private readonly Registration _registration;

    public UnaskedReportTests()
    {
        _harness = new(new() { StateDirectory = _state.Path });
        _device = _harness.Add(ServerHarness.Certificate("a"));
        _registration = _device.RegisterAs("a", links: Links);
        _harness.Events.Clear();
    }

    public void Dispose()
    {
        _harness.Dispose();
        _state.Dispose();
    }

    [Fact]
    public void It_is_told_though_nobody_has_asked()
    {
        var told = new List<Observation>();
        _harness.Events.Notified = told.Add;
        Assert.True(_device.NotifyConfirmable(StateToken, 2, "3"));
        // RFC 7641, 3.4: what was overtaken is acknowledged, and no news.
        Assert.True(_device.NotifyConfirmable(StateToken, 4, "6"));
        Assert.True(_device.NotifyConfirmable(StateToken, 3, "4"));
        Assert.True(_device.NotifyConfirmable([0x02, 0x33], 2, "7"));
        Assert.Equal(["notified /10252/0/2 2.05 3", "notified /10252/0/2 2.05 6", "notified /3/0/2 2.05 7"], _harness.Events.Lines);
        Assert.All(told, observation => Assert.Null(observation.Tag));
        Assert.Equal(0, _harness.Registrations.ObservationCount);
    }

    [Fact]
    public void A_token_that_is_of_no_link_gets_a_Reset()
    {
        ushort id = _device.Notify([0x12, 0x34], 2, "3");
        WireMessage answer = _device.Receive();
        Assert.Equal((MessageType.Reset, id), (answer.Type, answer.MessageId));
        Assert.Empty(_harness.Events.Lines);
    }

    [Fact]
    public void Another_device_has_tokens_of_its_own()
    {
        TestDevice other = _harness.Add(ServerHarness.Certificate("b"));
        other.RegisterAs("b", links: """</3/0/9>;aobs="114",</1/0>""");
        _harness.Events.Clear();
        Assert.True(other.NotifyConfirmable(StateToken, 2, "95"));
        Assert.Equal(["notified /3/0/9 2.05 95"], _harness.Events.Lines);
    }

    [Fact]
    public void Who_observes_it_gets_its_state_and_the_device_no_Observe()
    {
        Observation observation = Observe("tag");
        var told = new List<Observation>();
        _harness.Events.Notified = told.Add;
        Assert.True(_device.NotifyConfirmable(StateToken, 2, "3"));
        Assert.Equal([observation], told);

        // To end it is no message that would end the reports: the device is asked for the state, as after any other.
        Task<DeviceResponse> cancelling = _harness.BeginCancel(observation);
        Assert.False(_device.Serve(CoapCode.Content, "3").Options.Contains(CoapOptionNumber.Observe));
        Assert.Equal("3", System.Text.Encoding.UTF8.GetString(_harness.Network.Await(cancelling).Payload.Span));
        told.Clear();
        Assert.True(_device.NotifyConfirmable(StateToken, 3, "4"));
        Assert.NotSame(observation, Assert.Single(told));
    }

    [Fact]
    public void With_a_format_of_its_own_an_observation_is_one_like_any_other()
    {
        Task<ObserveResult> observing = _harness.BeginObserve(_registration, State, new() { Accept = ContentFormat.SenmlJson });
        WireMessage request = _device.Serve(CoapCode.Content, "[]", o => o.Add(CoapOptionNumber.Observe, 1u));
        Assert.Equal(0u, request.Options.GetUInt(CoapOptionNumber.Observe));
        Assert.NotNull(_harness.Network.Await(observing).Observation);
    }

    [Fact]
    public void A_restart_loses_no_observation()
    {
        Observe("tag");
        _harness.Stop();
        _harness.Start();
        Observation restored = Assert.Single(_harness.Registrations.ObservationsOf(_harness.Find("a")));
        var told = new List<Observation>();
        _harness.Events.Notified = told.Add;
        Assert.True(_device.NotifyConfirmable(StateToken, 2, "3"));
        Assert.Equal([restored], told);
    }

    [Fact]
    public void Values_in_the_list_are_told_with_whether_they_stay_true()
    {
        TestDevice other = _harness.Add(ServerHarness.Certificate("c"));
        Registration registration = other.RegisterAs("c", links: Links + ",</14/0/2>;v=\"0.0.0\",</0/0/5>;v=\"secret\",</21/0/1>;aobs=\"9\";v=\"x\",</5/0/3>;aobs=\"113\";v=\"0\"");
        Assert.Equal(
            [
                new InitialValue(new(3, 0, 2), "0", true), new InitialValue(State, "1", true), new InitialValue(new(10252, 0, 3), "-1", true),
                new InitialValue(new(14, 0, 2), "0.0.0", false),
                // The token is that of another link already.
                new InitialValue(new(5, 0, 3), "0", false),
            ],
            registration.InitialValues);
    }

    [Theory]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("")]
    public void A_number_that_is_no_token_is_none(string number)
    {
        TestDevice other = _harness.Add(ServerHarness.Certificate("d"));
        Registration registration = other.RegisterAs("d", links: $"</3/0/9>;aobs=\"{number}\";v=\"1\",</1/0>");
        Assert.False(Assert.Single(registration.InitialValues).IsReported);
    }

    private Observation Observe(string tag)
    {
        Task<ObserveResult> observing = _harness.BeginObserve(_registration, State, new() { Tag = tag });
        WireMessage request = _device.Serve(CoapCode.Content, "1");
        Assert.False(request.Options.Contains(CoapOptionNumber.Observe));
        return _harness.Network.Await(observing).Observation!;
    }
}
