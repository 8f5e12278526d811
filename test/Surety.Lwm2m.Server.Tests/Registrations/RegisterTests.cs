using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Registrations;

/// <summary>Register (LwM2M Core 6.2.1, Transport 6.4.3): what is taken, and what is refused with which code.</summary>
public sealed class RegisterTests : IDisposable
{
    private readonly ServerHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void A_device_gets_a_location_under_rd_and_everything_that_it_says_is_kept()
    {
        TestDevice device = _harness.Add();
        WireMessage answer = device.Register("ep=urn:dev:1&lt=120&lwm2m=1.2&b=UT&Q&sms=491701234567&et=meter", "</>;rt=\"oma.lwm2m\";ct=\"110 112\",</1/0>,</3/0>,</5>;ver=1.1");
        Assert.Equal(CoapCode.Created, answer.Code);
        string[] location = [.. answer.Options.GetStrings(CoapOptionNumber.LocationPath)];
        Assert.Equal("rd", location[0]);
        Assert.Equal(2, location.Length);
        Assert.Equal(11, location[1].Length);

        Registration registration = _harness.Find("urn:dev:1");
        Assert.Equal(location[1], registration.Id.ToString());
        Assert.Equal((120u, Lwm2mVersion.V12, BindingModes.Udp | BindingModes.Tcp, true), (registration.Lifetime, registration.Version, registration.Bindings, registration.QueueMode));
        Assert.Equal(("491701234567", "meter"), (registration.SmsNumber, registration.EndpointType));
        Assert.Equal("</>;rt=\"oma.lwm2m\";ct=\"110 112\",</1/0>,</3/0>,</5>;ver=1.1", Encoding.UTF8.GetString(registration.ObjectList.Span));
        Assert.Equal(new ObjectVersion(1, 1), registration.Links.VersionOf(5));
        Assert.Equal(device.Peer.SeenBy(_harness.Endpoint), registration.Peer);
        Assert.False(registration.IsSecure);
        Assert.Equal(registration.RegisteredAt.AddSeconds(120), registration.ExpiresAt);
        Assert.Equal(registration.RegisteredAt, registration.LastSeen);
        Assert.True(_harness.Registrations.TryGet(registration.Device, out Registration? byDevice) && byDevice == registration);
        Assert.True(_harness.Registrations.TryGet(registration.Id, out Registration? byId) && byId == registration);
    }

    [Fact]
    public void What_a_device_does_not_say_has_the_values_of_the_specification()
    {
        // LwM2M 1.0, 5.3.1: 86400 s; no version named means 1.0 (Awa, lwm2m-node-lib).
        Assert.Equal(CoapCode.Created, _harness.Add().Register("ep=a", format: null).Code);
        Registration registration = _harness.Find("a");
        Assert.Equal((86_400u, Lwm2mVersion.V10, BindingModes.None, false), (registration.Lifetime, registration.Version, registration.Bindings, registration.QueueMode));
        Assert.Null(registration.SmsNumber);
        Assert.Null(registration.EndpointType);
    }

    [Theory]
    [InlineData("lwm2m=1.0&b=U", Lwm2mVersion.V10, false)]
    [InlineData("lwm2m=1.0&b=UQ", Lwm2mVersion.V10, true)]
    [InlineData("b=UQS", Lwm2mVersion.V10, true)]
    [InlineData("lwm2m=1.1&b=U&Q", Lwm2mVersion.V11, true)]
    [InlineData("lwm2m=1.1&b=T", Lwm2mVersion.V11, false)]
    [InlineData("lwm2m=1.2&Q", Lwm2mVersion.V12, true)]
    [InlineData("lwm2m=1.2&b=UMHTSN", Lwm2mVersion.V12, false)]
    public void Queue_mode_is_a_letter_of_the_binding_in_1_0_and_a_query_without_value_since(string query, Lwm2mVersion version, bool queueMode)
    {
        // Any order: the version and the rest may come before the name.
        Assert.Equal(CoapCode.Created, _harness.Add().Register($"{query}&lt=60&ep=a").Code);
        Registration registration = _harness.Find("a");
        Assert.Equal((version, queueMode), (registration.Version, registration.QueueMode));
    }

    [Theory]
    [InlineData("0.9")]
    [InlineData("1.3")]
    [InlineData("2.0")]
    [InlineData("10.0")]
    public void A_version_that_the_server_does_not_speak_gets_4_12_so_that_the_device_tries_another(string version)
    {
        WireMessage answer = _harness.Add().Register($"ep=a&lt=60&lwm2m={version}");
        Assert.Equal(CoapCode.PreconditionFailed, answer.Code);
        Assert.Contains("1.0, 1.1 and 1.2", answer.Text, StringComparison.Ordinal);
        Assert.False(_harness.IsRegistered("a"));
    }

    [Theory]
    [InlineData("ep=a&lt=never", "lt")]
    [InlineData("ep=a&lt=-1", "lt")]
    [InlineData("ep=a&lt=4294967296", "lt")]
    [InlineData("ep=a&lwm2m=one", "lwm2m")]
    [InlineData("ep=a&b=X", "b")]
    [InlineData("ep=a&ep=b", "ep")]
    [InlineData("ep=", "ep")]
    [InlineData("ep=a%07", "ep")]
    [InlineData("lt=60", "ep is missing")]
    public void Parameters_that_are_wrong_get_4_00_and_the_reason(string query, string reason)
    {
        WireMessage answer = _harness.Add().Register(query);
        Assert.Equal(CoapCode.BadRequest, answer.Code);
        Assert.Contains(reason, answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, _harness.Registrations.Count);
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_refused_since_two_of_them_could_look_the_same()
    {
        TestDevice device = _harness.Add();
        WireMessage request = device.Request(CoapCode.Post, "/rd?lt=60", Encoding.UTF8.GetBytes(TestDevice.Links), 40);
        request.Options.Add(CoapOptionNumber.UriQuery, new byte[] { (byte)'e', (byte)'p', (byte)'=', 0xFF });
        device.Send(request);
        Assert.Equal(CoapCode.BadRequest, device.Receive().Code);
    }

    [Theory]
    [InlineData("ep=Gerät-0815-Küche")]
    [InlineData("ep=urn:imei:490154203237518")]
    [InlineData("ep=a b&unknown=1")]
    public void Names_are_any_text_and_queries_that_nobody_knows_do_no_harm(string query) =>
        Assert.Equal(CoapCode.Created, _harness.Add().Register(query).Code);

    [Theory]
    [InlineData("</1/0", "1.1")]
    [InlineData("nonsense", "1.1")]
    [InlineData("</1/0>,,</3/0>;\"", "1.0")]
    public void An_object_list_that_is_no_link_format_gets_4_00_and_the_reason(string links, string version)
    {
        WireMessage answer = _harness.Add().Register($"ep=a&lwm2m={version}", links);
        Assert.Equal(CoapCode.BadRequest, answer.Code);
        Assert.NotEmpty(answer.Text);
        Assert.False(_harness.IsRegistered("a"));
    }

    [Theory]
    [InlineData("1.0", "4.00")]
    [InlineData("1.1", "4.00")]
    [InlineData("1.2", "4.09")]
    public void Without_an_object_list_there_is_no_registration(string version, string code)
    {
        WireMessage answer = _harness.Add().Register($"ep=a&lwm2m={version}", "");
        Assert.Equal(code, answer.Code.ToString()[..4]);
        Assert.Contains("object list", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40u, true)]
    [InlineData(null, true)]
    [InlineData(0u, false)]
    [InlineData(50u, false)]
    [InlineData(11542u, false)]
    public void The_object_list_is_link_format_or_says_nothing(uint? format, bool isAccepted) =>
        Assert.Equal(isAccepted ? CoapCode.Created : CoapCode.UnsupportedContentFormat, _harness.Add().Register("ep=a", format: format).Code);

    [Fact]
    public void Objects_that_nobody_knows_and_links_that_are_no_objects_are_no_error()
    {
        const string Links = "</>;rt=\"oma.lwm2m\",</1/0>,</3/0>,</64999/7>;custom=1,</some/thing>;if=\"x\",</65535/0>";
        Assert.Equal(CoapCode.Created, _harness.Add().Register("ep=a", Links).Code);
        RegistrationLinks links = _harness.Find("a").Links;
        Assert.True(links.Contains(new Lwm2mPath(64999, 7)));
        Assert.Equal(6, links.Paths.Length);
    }

    [Fact]
    public void The_alternate_path_and_the_versions_of_objects_are_kept()
    {
        Assert.Equal(CoapCode.Created, _harness.Add().Register("ep=a&lwm2m=1.2", "</lwm2m>;rt=\"oma.lwm2m\",</lwm2m/1/0>,</lwm2m/3>;ver=1.1,</lwm2m/3/0>").Code);
        RegistrationLinks links = _harness.Find("a").Links;
        Assert.Equal("/lwm2m", links.RootPath);
        Assert.True(links.Contains(new Lwm2mPath(1, 0)));
        Assert.Equal(new ObjectVersion(1, 1), links.VersionOf(3));
    }

    [Theory]
    [InlineData(0x83)]
    [InlineData(0x80)]
    public void A_refusal_has_the_code_and_the_reason_that_admission_gives(byte code)
    {
        _harness.Admission.Refuse = _ => Admission.Refuse(new CoapCode(code), "not this one");
        WireMessage answer = _harness.Add().Register("ep=a");
        Assert.Equal((new CoapCode(code), "not this one"), (answer.Code, answer.Text));
        Assert.Empty(_harness.Events.Lines);
    }

    [Fact]
    public void A_refusal_of_the_directory_has_its_code_and_reason()
    {
        _harness.Admission.Resolver = _ => ValueTask.FromResult(DeviceResolution.Refuse(CoapCode.Forbidden, "suspended"));
        WireMessage answer = _harness.Add().Register("ep=a");
        Assert.Equal((CoapCode.Forbidden, "suspended"), (answer.Code, answer.Text));
        Assert.False(_harness.IsRegistered("a"));
    }

    [Theory]
    [InlineData("GET", "/rd", "4.05")]
    [InlineData("DELETE", "/rd", "4.05")]
    [InlineData("GET", "/rd/AAAAAAAAAAA", "4.04")]
    [InlineData("POST", "/rd/x", "4.04")]
    [InlineData("POST", "/rd/AAAAAAAAAAA/1", "4.04")]
    [InlineData("POST", "/bs?ep=a", "4.04")]
    [InlineData("GET", "/", "4.04")]
    public void Other_methods_and_paths_get_the_error_that_says_so(string method, string path, string code)
    {
        CoapCode m = method switch { "GET" => CoapCode.Get, "POST" => CoapCode.Post, _ => CoapCode.Delete };
        Assert.Equal(code, _harness.Add().Exchange(m, path).Code.ToString()[..4]);
    }

    [Fact]
    public void A_repeated_Register_is_one_registration_with_one_location()
    {
        TestDevice device = _harness.Add();
        WireMessage request = device.Request(CoapCode.Post, "/rd?ep=a", Encoding.UTF8.GetBytes(TestDevice.Links), 40);
        device.Send(request);
        device.Send(request);
        WireMessage first = device.Receive(), second = device.Receive();
        Assert.Equal(TestDevice.LocationOf(first), TestDevice.LocationOf(second));
        Assert.Equal(["registered a"], _harness.Events.Lines);
    }

    [Fact]
    public void A_Register_in_64_byte_blocks_without_tokens_gets_2_31_until_the_last_block()
    {
        // As Wakaama sends it with -S 64, and Contiki-NG with 128.
        TestDevice device = _harness.Add();
        byte[] links = Encoding.UTF8.GetBytes("</>;rt=\"oma.lwm2m\";ct=110,</1>;ver=1.1,</1/0>,</2/0>,</3/0>,</4/0>,</5/0>,</6/0>,</7/0>,</31024/10>,</31024/11>,</31024/12>,</31024/13>,</31024/14>");
        var codes = new List<string>();
        for (int offset = 0; offset < links.Length; offset += 64)
        {
            bool more = offset + 64 < links.Length;
            var block = new BlockValue((uint)offset / 64, more, 2);
            var request = new WireMessage(MessageType.Confirmable, CoapCode.Post, device.Peer.NextMessageId())
            {
                Options = new CoapOptions().Add(CoapOptionNumber.ContentFormat, 40u).Add(CoapOptionNumber.Block1, block.ToUInt()),
                Path = "/rd?lwm2m=1.1&ep=wakaama&b=U&lt=300",
                Payload = links[offset..Math.Min(offset + 64, links.Length)],
            };
            WireMessage answer = device.Peer.Exchange(device.Server, request);
            Assert.Equal(block, answer.Block1);
            Assert.Empty(answer.Token);
            codes.Add(answer.Code.ToString()[..4]);
        }

        Assert.Equal(["2.31", "2.31", "2.01"], codes);
        Assert.Equal(links, _harness.Find("wakaama").ObjectList.ToArray());
    }

    [Fact]
    public void A_device_that_stops_in_the_middle_of_its_blocks_is_not_registered_and_can_begin_again()
    {
        TestDevice device = _harness.Add();
        byte[] links = Encoding.UTF8.GetBytes("</1/0>,</3/0>,</3303/0>,</3303/1>,</3303/2>,</3303/3>,</3303/4>");
        WireMessage Block(uint number, bool more, byte[] payload) => new(MessageType.Confirmable, CoapCode.Post, device.Peer.NextMessageId())
        {
            Options = new CoapOptions().Add(CoapOptionNumber.ContentFormat, 40u).Add(CoapOptionNumber.Block1, new BlockValue(number, more, 1).ToUInt()),
            Path = "/rd?lwm2m=1.1&ep=a",
            Payload = payload,
        };
        Assert.Equal(CoapCode.Continue, device.Peer.Exchange(device.Server, Block(0, true, links[..32])).Code);
        _harness.Run(1000);
        Assert.Equal(CoapCode.RequestEntityIncomplete, device.Peer.Exchange(device.Server, Block(1, false, links[32..])).Code);
        Assert.Empty(_harness.Events.Lines);
        Assert.Equal(CoapCode.Continue, device.Peer.Exchange(device.Server, Block(0, true, links[..32])).Code);
        Assert.Equal(CoapCode.Created, device.Peer.Exchange(device.Server, Block(1, false, links[32..])).Code);
    }
}
