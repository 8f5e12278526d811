namespace Surety.Lwm2m.Tests.Registry;

public sealed class RegistrationParametersTests
{
    [Fact]
    public void The_specifications_register_is_read()
    {
        // Transport TS 1.2.2, Figures 6.4.3-1 and 6.6.1-1.
        RegistrationParameters parameters = Parse("ep=node", "lwm2m=1.1", "lt=86400", "b=U", "Q", "sms=12345678");
        Assert.Equal(
            new RegistrationParameters
            {
                EndpointName = "node",
                EnablerVersion = new ObjectVersion(1, 1),
                Lifetime = 86400,
                Bindings = BindingModes.Udp,
                QueueMode = true,
                SmsNumber = "12345678",
                Others = parameters.Others,
            },
            parameters);
        Assert.Equal(Lwm2mVersion.V11, parameters.Version);
        Assert.Equal(["ep=node", "lt=86400", "lwm2m=1.1", "b=U", "Q", "sms=12345678"], parameters.ToQueries());
    }

    [Fact]
    public void Queue_mode_of_LwM2M_1_0_is_a_letter_of_the_binding()
    {
        RegistrationParameters parameters = Parse("ep=n", "b=UQ");
        Assert.Equal((BindingModes.Udp, true, Lwm2mVersion.V10), (parameters.Bindings, parameters.QueueMode, parameters.Version));
        Assert.Equal(["ep=n", "b=UQ"], parameters.ToQueries());
        Assert.Equal((BindingModes.Udp | BindingModes.Sms, true), (Parse("b=UQS").Bindings, Parse("b=UQS").QueueMode));
        Assert.Equal(["b=UQ"], new RegistrationParameters { QueueMode = true }.ToQueries());
    }

    [Theory]
    [InlineData("b=U", BindingModes.Udp)]
    [InlineData("b=T", BindingModes.Tcp)]
    [InlineData("b=UTSN", BindingModes.Udp | BindingModes.Tcp | BindingModes.Sms | BindingModes.NonIp)]
    [InlineData("b=MH", BindingModes.Mqtt | BindingModes.Http)]
    [InlineData("lt=5", null)]
    public void Bindings_are_read(string query, BindingModes? modes) => Assert.Equal(modes, Parse(query).Bindings);

    [Theory]
    [InlineData("lwm2m=1.0", Lwm2mVersion.V10)]
    [InlineData("lwm2m=1.2", Lwm2mVersion.V12)]
    [InlineData("lt=60", Lwm2mVersion.V10)]
    [InlineData("lwm2m=1.3", null)]
    [InlineData("lwm2m=2.0", null)]
    public void A_version_that_we_do_not_speak_is_none(string query, Lwm2mVersion? version) => Assert.Equal(version, Parse(query).Version);

    [Fact]
    public void An_update_may_be_empty_and_unknown_queries_are_kept()
    {
        Assert.Empty(Parse().ToQueries());
        RegistrationParameters parameters = Parse("lt=0", "x=1", "y");
        Assert.Equal(0u, parameters.Lifetime);
        Assert.Equal(["x=1", "y"], parameters.Others);
        Assert.Equal(["lt=0", "x=1", "y"], parameters.ToQueries());
    }

    [Fact]
    public void Profile_ids_are_read_with_and_without_quotes()
    {
        Assert.Equal("6:27354b9a", Parse("pid=6:27354b9a").ProfileIds);
        Assert.Equal("6:27354b9a,oma:x", Parse("pid=\"6:27354b9a,oma:x\"").ProfileIds);
        Assert.Equal(["pid=\"6:27354b9a,oma:x\""], Parse("pid=\"6:27354b9a,oma:x\"").ToQueries());
    }

    [Theory]
    [InlineData("ep=")]
    [InlineData("ep")]
    [InlineData("ep=a\nb")]
    [InlineData("lt=")]
    [InlineData("lt=-1")]
    [InlineData("lt=4294967296")]
    [InlineData("lt=1.5")]
    [InlineData("lwm2m=one")]
    [InlineData("lwm2m")]
    [InlineData("b=")]
    [InlineData("b=X")]
    [InlineData("b=UUUUUUUUUUUUUUUUU")]
    [InlineData("sms")]
    [InlineData("pid=")]
    [InlineData("pid=\"\"")]
    [InlineData("ep=a", "ep=b")]
    [InlineData("Q", "Q")]
    public void Malformed_queries_are_refused_with_a_reason(params string[] queries)
    {
        Assert.False(RegistrationParameters.TryParse(queries, out RegistrationParameters? parameters, out string? reason));
        Assert.Null(parameters);
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void Counts_and_lengths_are_bounded()
    {
        Assert.False(RegistrationParameters.TryParse(Enumerable.Range(0, 65).Select(i => $"q{i}"), out _, out _));
        Assert.False(RegistrationParameters.TryParse([$"ep={new string('a', 256)}"], out _, out _));
        Assert.True(RegistrationParameters.TryParse([$"ep={new string('a', 255)}"], out _, out _));
    }

    private static RegistrationParameters Parse(params string[] queries)
    {
        Assert.True(RegistrationParameters.TryParse(queries, out RegistrationParameters? parameters, out string? reason), reason);
        return parameters;
    }

    [Theory]
    [InlineData("et=meter", "meter")]
    [InlineData("et=", null)]
    [InlineData("et=a\0b", null)] // a database may refuse it
    [InlineData("et=a\nb", null)]
    [InlineData("x=1", null)]
    public void The_endpoint_type_is_what_can_be_kept_and_shown(string query, string? expected)
    {
        Assert.True(RegistrationParameters.TryParse(["ep=a", query], out RegistrationParameters? parameters, out _));
        Assert.Equal(expected, parameters.EndpointType);
    }

    [Fact]
    public void An_endpoint_type_has_64_characters_at_most()
    {
        Assert.True(RegistrationParameters.TryParse([$"et={new string('a', 64)}"], out RegistrationParameters? longest, out _));
        Assert.Equal(64, longest.EndpointType!.Length);
        Assert.True(RegistrationParameters.TryParse([$"et={new string('a', 65)}"], out RegistrationParameters? longer, out _));
        Assert.Null(longer.EndpointType);
    }
}
