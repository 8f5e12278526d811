using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Operations;

/// <summary>What comes of operations on devices: answers of every kind, and none.</summary>
public sealed class OperationTests : IDisposable
{
    private static readonly Lwm2mPath Name = new(3, 0, 0);

    private readonly ServerHarness _harness = new();
    private readonly TestDevice _device;
    private readonly Registration _registration;

    public OperationTests()
    {
        _device = _harness.Add();
        _registration = _device.RegisterAs("a");
    }

    public void Dispose() => _harness.Dispose();

    private ExchangeFailure Fails<T>(Task<T> operation) where T : class => Assert.Throws<CoapExchangeException>(() => _harness.Network.Await(operation)).Failure;

    [Fact]
    public void The_answer_tells_its_format_payload_and_age()
    {
        Task<DeviceResponse> reading = _harness.Begin(_registration, DeviceRequest.Read(Name));
        _device.Serve(CoapCode.Content, "Acme", o => o.Add(CoapOptionNumber.ContentFormat, 0u).Add(CoapOptionNumber.MaxAge, 5u));
        DeviceResponse response = _harness.Network.Await(reading);
        Assert.Equal((CoapCode.Content, ContentFormat.TextPlain, TimeSpan.FromSeconds(5)), (response.Code, response.ContentFormat, response.MaxAge));
        var context = new ContentContext(ObjectModelRegistry.Default, default, _registration.Links, _registration.Version);
        Assert.True(response.TryDecode(Name, context, out List<ResourceEntry>? entries, out _));
        Assert.Equal("/3/0/0=Acme", Assert.Single(entries).ToString());
        Assert.Equal(_harness.Network.Time.GetUtcNow(), _registration.LastSeen);
    }

    [Fact]
    public void An_answer_without_options_is_a_minute_old_at_most_and_text()
    {
        Task<DeviceResponse> reading = _harness.Begin(_registration, DeviceRequest.Read(Name));
        _device.Serve(CoapCode.Content, "Acme");
        DeviceResponse response = _harness.Network.Await(reading);
        Assert.Equal((null, TimeSpan.FromSeconds(60)), (response.ContentFormat, response.MaxAge));
        Assert.True(response.TryDecode(Name, default, out _, out _));
    }

    [Theory]
    [InlineData(0x80, "bad request")]
    [InlineData(0x81, "")]
    [InlineData(0x84, "no such resource")]
    [InlineData(0x85, "resource 0 is read-only")]
    [InlineData(0x86, "not in this format")]
    [InlineData(0x8F, "")]
    [InlineData(0xA0, "fault")]
    [InlineData(0xA1, "")]
    public void Errors_are_told_with_what_the_device_says(byte code, string diagnostic)
    {
        // ETS 1.1-int-256, 680, 685: the API shows 4.05; 221: 4.01.
        Task<DeviceResponse> writing = _harness.Begin(_registration, DeviceRequest.Write(Name, ContentFormat.TextPlain, "123"u8.ToArray()));
        // Awa gives errors this format.
        _device.Serve(new CoapCode(code), diagnostic, o => o.Add(CoapOptionNumber.ContentFormat, 65535u));
        DeviceResponse response = _harness.Network.Await(writing);
        Assert.False(response.IsSuccess);
        Assert.Equal((new CoapCode(code), diagnostic), (response.Code, response.Diagnostic));
    }

    [Theory]
    [InlineData("16/3", "/16/3")]
    [InlineData("lwm2m/16/3", "/16/3")]
    [InlineData("", null)]
    [InlineData("x/y", null)]
    [InlineData("16", null)]
    public void Create_tells_where_the_instance_is_when_the_device_does(string location, string? expected)
    {
        Task<DeviceResponse> creating = _harness.Begin(_registration, DeviceRequest.Create(16, ContentFormat.Lwm2mTlv, new byte[] { 0 }));
        _device.Serve(CoapCode.Created, "", o => location.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList().ForEach(s => o.Add(CoapOptionNumber.LocationPath, s)));
        DeviceResponse response = _harness.Network.Await(creating);
        Assert.Equal((CoapCode.Created, expected), (response.Code, response.Location?.ToString()));
    }

    [Fact]
    public void The_answer_may_come_by_itself_Confirmable_or_not()
    {
        foreach (MessageType type in new[] { MessageType.Confirmable, MessageType.NonConfirmable })
        {
            Task<DeviceResponse> reading = _harness.Begin(_registration, DeviceRequest.Read(Name));
            WireMessage request = _device.Receive();
            _device.Send(new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, request.MessageId));
            _harness.Run(20);
            _device.Send(new WireMessage(type, CoapCode.Content, _device.Peer.NextMessageId()) { Token = request.Token, Payload = "Acme"u8.ToArray() });
            Assert.Equal("Acme", _harness.Network.Await(reading).Diagnostic);
            if (type == MessageType.Confirmable)
                Assert.Equal(MessageType.Acknowledgement, _device.Receive().Type);
        }
    }

    [Fact]
    public void A_long_value_goes_in_blocks_and_so_does_a_long_answer()
    {
        byte[] image = [.. Enumerable.Range(0, 3000).Select(i => (byte)i)];
        Task<DeviceResponse> writing = _harness.Begin(_registration, DeviceRequest.Write(new Lwm2mPath(5, 0, 0), ContentFormat.OctetStream, image));
        var received = new List<byte>();
        while (!writing.IsCompleted)
        {
            WireMessage block = _device.Receive();
            Assert.Equal((CoapCode.Put, 1024), (block.Code, block.Block1!.Value.Size));
            Assert.Equal(["5", "0", "0"], block.Options.GetStrings(CoapOptionNumber.UriPath));
            Assert.Equal(42u, block.Options.GetUInt(CoapOptionNumber.ContentFormat));
            received.AddRange(block.Payload);
            uint value = block.Options.GetUInt(CoapOptionNumber.Block1)!.Value;
            _device.Answer(block, block.Block1.Value.More ? CoapCode.Continue : CoapCode.Changed, "", o => o.Add(CoapOptionNumber.Block1, value));
            _harness.Continue();
            _harness.Network.RunUntil(() => writing.IsCompleted || _device.Peer.Received.Count > 0);
        }

        Assert.Equal(CoapCode.Changed, _harness.Network.Await(writing).Code);
        Assert.Equal(image, received);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(1024)]
    public void An_answer_in_blocks_comes_whole(int size)
    {
        byte[] body = [.. Enumerable.Range(0, 2500).Select(i => (byte)('a' + (i % 26)))];
        Task<DeviceResponse> reading = _harness.Begin(_registration, DeviceRequest.Read(new Lwm2mPath(3), ContentFormat.Lwm2mTlv));
        while (!reading.IsCompleted)
        {
            WireMessage request = _device.Receive();
            Assert.Equal((CoapCode.Get, 11542u), (request.Code, request.Options.GetUInt(CoapOptionNumber.Accept)));
            uint number = request.Block2?.Number ?? 0;
            int offset = (int)number * size;
            var block = new BlockValue(number, offset + size < body.Length, BlockValue.ExponentFor(size));
            _device.Answer(
                request, CoapCode.Content, body[offset..Math.Min(offset + size, body.Length)],
                o => o.Add(CoapOptionNumber.ETag, "1").Add(CoapOptionNumber.ContentFormat, 11542u).Add(CoapOptionNumber.Block2, block.ToUInt()));
            _harness.Continue();
            _harness.Network.RunUntil(() => reading.IsCompleted || _device.Peer.Received.Count > 0);
        }

        DeviceResponse response = _harness.Network.Await(reading);
        Assert.Equal(body, response.Payload.ToArray());
        Assert.Equal(ContentFormat.Lwm2mTlv, response.ContentFormat);
    }

    [Fact]
    public void A_device_may_ask_for_smaller_blocks()
    {
        // RFC 7959, 2.9.3
        Task<DeviceResponse> writing = _harness.Begin(_registration, DeviceRequest.Write(new Lwm2mPath(5, 0, 0), ContentFormat.OctetStream, new byte[200]));
        WireMessage whole = _device.Receive();
        Assert.Null(whole.Block1);
        _device.Answer(whole, CoapCode.RequestEntityTooLarge, "", o => o.Add(CoapOptionNumber.Block1, new BlockValue(0, true, 3).ToUInt()));
        WireMessage first = _device.Serve(CoapCode.Continue, "", o => o.Add(CoapOptionNumber.Block1, new BlockValue(0, true, 3).ToUInt()));
        Assert.Equal(128, first.Payload.Length);
        WireMessage second = _device.Serve(CoapCode.Changed, "", o => o.Add(CoapOptionNumber.Block1, new BlockValue(1, false, 3).ToUInt()));
        Assert.Equal(72, second.Payload.Length);
        Assert.True(_harness.Network.Await(writing).IsSuccess);
    }

    [Fact]
    public void The_operator_may_have_everything_in_smaller_blocks()
    {
        using var harness = new ServerHarness(endpointOptions: CoapEndpointOptions.Default with { MaxBlockSize = 64 });
        TestDevice device = harness.Add();
        Task<DeviceResponse> writing = harness.Begin(device.RegisterAs("a"), DeviceRequest.Write(new Lwm2mPath(5, 0, 1), ContentFormat.TextPlain, new byte[100]));
        Assert.Equal(64, device.Serve(CoapCode.Continue, "", o => o.Add(CoapOptionNumber.Block1, new BlockValue(0, true, 2).ToUInt())).Payload.Length);
        Assert.Equal(36, device.Serve(CoapCode.Changed, "", o => o.Add(CoapOptionNumber.Block1, new BlockValue(1, false, 2).ToUInt())).Payload.Length);
        Assert.True(harness.Network.Await(writing).IsSuccess);
    }

    [Fact]
    public void A_device_may_want_to_know_that_the_server_is_there_now()
    {
        // RFC 9175, 2.3
        Task<DeviceResponse> executing = _harness.Begin(_registration, DeviceRequest.Execute(new Lwm2mPath(3, 0, 4)));
        _device.Serve(CoapCode.Unauthorized, "", o => o.Add(CoapOptionNumber.Echo, "fresh?"));
        WireMessage again = _device.Serve(CoapCode.Changed);
        Assert.Equal("fresh?", Assert.Single(again.Options.GetStrings(CoapOptionNumber.Echo)));
        Assert.True(_harness.Network.Await(executing).IsSuccess);
    }

    [Fact]
    public void A_device_that_does_not_answer_is_given_up_after_all_retransmissions()
    {
        Task<DeviceResponse> reading = _harness.Begin(_registration, DeviceRequest.Read(Name));
        Assert.Equal(ExchangeFailure.Timeout, Fails(reading));
        Assert.Equal(5, _device.Peer.Received.Count);
        Assert.True(_registration.IsActive);
    }

    [Fact]
    public void A_device_that_resets_the_message_has_rejected_it()
    {
        Task<DeviceResponse> reading = _harness.Begin(_registration, DeviceRequest.Read(Name));
        _device.Send(new WireMessage(MessageType.Reset, CoapCode.Empty, _device.Receive().MessageId));
        Assert.Equal(ExchangeFailure.Reset, Fails(reading));
    }

    [Fact]
    public void What_is_cancelled_is_not_sent_again()
    {
        using var giveUp = new CancellationTokenSource();
        Task<DeviceResponse> reading = _harness.Server.SendAsync(_registration, DeviceRequest.Read(Name), giveUp.Token);
        _device.Receive();
        giveUp.Cancel();
        Assert.Throws<TaskCanceledException>(() => _harness.Network.Await(reading));
        _device.ReceiveNothing(200);

        Task<DeviceResponse> cancelled = _harness.Server.SendAsync(_registration, DeviceRequest.Read(Name), giveUp.Token);
        Assert.Throws<TaskCanceledException>(() => _harness.Network.Await(cancelled));
        _device.ReceiveNothing(10);
        Task<DeviceResponse> next = _harness.Begin(_registration, DeviceRequest.Read(Name));
        _device.Serve(CoapCode.Content, "Acme");
        Assert.True(_harness.Network.Await(next).IsSuccess);
    }

    [Fact]
    public void A_device_whose_registration_has_ended_is_sent_nothing()
    {
        _device.Deregister();
        Assert.Equal(ExchangeFailure.Unreachable, Fails(_harness.Begin(_registration, DeviceRequest.Read(Name))));
        Assert.Equal(ExchangeFailure.Unreachable, Fails(_harness.BeginObserve(_registration, Name)));
        _device.ReceiveNothing(10);
    }

    [Fact]
    public void Requests_go_where_the_device_is_now()
    {
        TestDevice moved = _harness.Add();
        moved.Location = _device.Location;
        moved.Update();
        Task<DeviceResponse> reading = _harness.Begin(_registration, DeviceRequest.Read(Name));
        moved.Serve(CoapCode.Content, "here");
        Assert.Equal("here", _harness.Network.Await(reading).Diagnostic);
        Assert.Empty(_device.Peer.Received);
    }

    [Fact]
    public void Several_requests_to_one_device_go_one_at_a_time()
    {
        // NSTART is 1 (RFC 7252, 4.7).
        Task<DeviceResponse>[] reads = [.. Enumerable.Range(0, 5).Select(i => _harness.Begin(_registration, DeviceRequest.Read(new Lwm2mPath(3, 0, (ushort)i))))];
        for (int i = 0; i < 5; i++)
        {
            WireMessage request = _device.Receive();
            _harness.Run(0.5);
            Assert.Empty(_device.Peer.Received);
            _device.Answer(request, CoapCode.Content, $"{i}");
        }

        for (int i = 0; i < 5; i++)
            Assert.Equal($"{i}", _harness.Network.Await(reads[i]).Diagnostic);
    }

    [Fact]
    public void Paths_that_no_format_can_carry_are_the_caller_s_error() =>
        Assert.Throws<ArgumentException>(() => DeviceRequest.ReadComposite([Name], ContentFormat.TextPlain, _registration));

    [Fact]
    public void What_a_diagnostic_holds_is_text_whatever_the_bytes()
    {
        Task<DeviceResponse> reading = _harness.Begin(_registration, DeviceRequest.Read(Name));
        _device.Answer(_device.Receive(), CoapCode.BadRequest, [0xFF, 0xFE, (byte)'x']);
        Assert.EndsWith("x", _harness.Network.Await(reading).Diagnostic, StringComparison.Ordinal);
        Assert.Equal("</1/0>,</3/0>", Encoding.UTF8.GetString(_registration.ObjectList.Span));
    }
}
