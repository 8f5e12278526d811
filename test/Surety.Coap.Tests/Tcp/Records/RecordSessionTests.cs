using System.Net.Security;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Tcp.Records;

/// <summary>CoAP over TLS as Pelion's device client speaks it: messages of RFC 7252, one in each record.</summary>
public sealed class RecordSessionTests
{
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task A_request_is_answered_in_its_acknowledgement_and_nothing_comes_before_it()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        Assert.Equal(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, client.CipherSuite);
        // CON GET /hello, and the ACK 2.05 that RFC 7252, 5.2.1 wants.
        await client.SendAsync(Convert.FromHexString("4201123401A2" + "B5" + "68656C6C6F"));
        Assert.Equal("6245123401A2" + "C0" + "FF" + "68656C6C6F", Convert.ToHexString((await client.ReceiveRecordAsync())!));
    }

    [Fact]
    public async Task A_ping_is_answered_with_a_reset_also_as_the_first_message()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        for (int i = 0; i < 2; i++)
        {
            // RFC 7252, 4.3
            await client.SendAsync(Convert.FromHexString("4000BEEF"));
            Assert.Equal("7000BEEF", Convert.ToHexString((await client.ReceiveRecordAsync())!));
        }
    }

    [Fact]
    public async Task Messages_that_arrive_together_are_answered_one_by_one()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await client.SendAsync([.. Enumerable.Range(1, 50).Select(id => Request(CoapCode.Get, (ushort)id, "/hello").ToBytes())]);
        for (int id = 1; id <= 50; id++)
        {
            WireMessage answer = await client.ReceiveAsync();
            Assert.Equal((MessageType.Acknowledgement, (ushort)id, "hello"), (answer.Type, answer.MessageId, answer.Text));
        }
    }

    [Fact]
    public async Task A_repeated_request_is_handled_once()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        byte[] request = new WireMessage(MessageType.Confirmable, CoapCode.Put, 7) { Token = [0xA2], Path = "/store", Payload = [1, 2, 3] }.ToBytes();
        await client.SendAsync(request, request);
        Assert.Equal("3", (await client.ReceiveAsync()).Text);
        Assert.Equal("3", (await client.ReceiveAsync()).Text);
        Assert.Single(_handler.Requests);
    }

    [Fact]
    public async Task A_deferred_answer_is_acknowledged_and_comes_as_a_confirmable_message()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(
            _handler, new CoapEndpointOptions { Transmission = TransmissionParameters.Default with { PiggybackDelay = TimeSpan.Zero } });
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await client.SendAsync(Request(CoapCode.Get, 9, "/later"));
        Assert.Equal("60000009", Convert.ToHexString((await client.ReceiveRecordAsync())!));
        _handler.Deferred.Single().Complete(new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, "at last"u8.ToArray()));
        WireMessage answer = await client.ReceiveAsync();
        Assert.Equal((MessageType.Confirmable, "at last"), (answer.Type, answer.Text));
        Assert.Equal([0xA2], answer.Token);
        await client.SendAsync(new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, answer.MessageId));
    }

    [Fact]
    public async Task Large_bodies_go_in_blocks_of_512_bytes_in_messages_of_at_most_1152()
    {
        _handler.LargeLength = 1200;
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        List<byte> body = [];
        for (uint number = 0; number < 3; number++)
        {
            WireMessage request = Request(CoapCode.Get, (ushort)(20 + number), "/large");
            if (number > 0)
                request.Options.Add(CoapOptionNumber.Block2, new BlockValue(number, false, 5).ToUInt());
            await client.SendAsync(request);
            byte[] record = (await client.ReceiveRecordAsync())!;
            Assert.InRange(record.Length, 1, RecordEngine.MaxMessageSize);
            WireMessage answer = WireMessage.Parse(record);
            Assert.Equal(new BlockValue(number, number < 2, 5), answer.Block2);
            body.AddRange(answer.Payload);
        }

        Assert.Equal(ScriptedHandler.Body(1200), body);
    }

    [Fact]
    public async Task Our_request_goes_in_blocks_of_512_bytes_too()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        CoapPeer peer = await PeerAsync(client);
        Task<CoapResponse> writing = peer.SendAsync(new CoapRequest(CoapCode.Put, "/0") { Payload = ScriptedHandler.Body(700) }, TestContext.Current.CancellationToken);
        WireMessage first = await client.ReceiveAsync();
        Assert.Equal((new BlockValue(0, true, 5), 512), (first.Block1!.Value, first.Payload.Length));
        await client.SendAsync(Acknowledge(first, CoapCode.Continue, new BlockValue(0, true, 5)));
        WireMessage second = await client.ReceiveAsync();
        Assert.Equal((new BlockValue(1, false, 5), 188), (second.Block1!.Value, second.Payload.Length));
        await client.SendAsync(Acknowledge(second, CoapCode.Changed, new BlockValue(1, false, 5)));
        Assert.Equal(CoapCode.Changed, (await writing).Code);
    }

    [Fact]
    public async Task An_empty_acknowledgement_may_carry_a_content_format()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        CoapPeer peer = await PeerAsync(client);
        Task<CoapResponse> executing = peer.SendAsync(new CoapRequest(CoapCode.Post, "/3201/0/5850"), TestContext.Current.CancellationToken);
        // NSTART: the second goes out when the first is acknowledged, which it is though its response is outstanding.
        Task<CoapResponse> reading = peer.SendAsync(new CoapRequest(CoapCode.Get, "/3/0/0"), TestContext.Current.CancellationToken);
        WireMessage execute = await client.ReceiveAsync();
        Assert.Equal("/3201/0/5850", execute.UriPath);
        await client.SendAsync([0x60, 0x00, (byte)(execute.MessageId >> 8), (byte)execute.MessageId, 0xC0]);
        WireMessage read = await client.ReceiveAsync();
        Assert.Equal("/3/0/0", read.UriPath);
        await client.SendAsync(new WireMessage(MessageType.Confirmable, CoapCode.Changed, 31102) { Token = execute.Token });
        Assert.Equal("6000797E", Convert.ToHexString((await client.ReceiveRecordAsync())!));
        Assert.Equal(CoapCode.Changed, (await executing).Code);
        await client.SendAsync(new WireMessage(MessageType.Acknowledgement, CoapCode.Content, read.MessageId) { Token = read.Token, Payload = [0x41] });
        Assert.Equal("A", (await reading).Text);
    }

    [Fact]
    public async Task A_cancelled_request_is_forgotten_and_one_to_a_closed_connection_fails()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        CoapPeer peer = await PeerAsync(client);
        using (var impatience = new CancellationTokenSource())
        {
            Task<CoapResponse> cancelled = peer.SendAsync(new CoapRequest(CoapCode.Get, "/1"), impatience.Token);
            await client.ReceiveAsync();
            await impatience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        }

        Task<CoapResponse> pending = peer.SendAsync(new CoapRequest(CoapCode.Get, "/2"), TestContext.Current.CancellationToken);
        Assert.Equal("/2", (await client.ReceiveAsync()).UriPath);
        client.Dispose();
        Assert.Equal(ExchangeFailure.Unreachable, (await Assert.ThrowsAsync<CoapExchangeException>(() => pending)).Failure);
        await RecordFixture.UntilAsync(() => server.ConnectionCount == 0);
        Assert.Equal(1, _handler.Closed);
        Assert.False(server.IsReachable(peer.Key));
    }

    [Fact]
    public async Task The_identity_is_that_of_the_certificate()
    {
        var handler = new PeerHandler();
        await using TcpCoapEndpoint server = RecordFixture.Open(handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint, "device-7");
        await client.SendAsync(Request(CoapCode.Get, 1, "/"));
        await client.ReceiveAsync();
        Assert.Equal("certificate CN=device-7", handler.Last!.Value.Identity.ToString());
        Assert.Equal("TLS 1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8", server.DescribeSecurity(handler.Last.Value.Key));
    }

    private static WireMessage Request(CoapCode method, ushort id, string path) => new(MessageType.Confirmable, method, id) { Token = [0xA2], Path = path };

    private static WireMessage Acknowledge(WireMessage request, CoapCode code, BlockValue block1)
    {
        var answer = new WireMessage(MessageType.Acknowledgement, code, request.MessageId) { Token = request.Token };
        answer.Options.Add(CoapOptionNumber.Block1, block1.ToUInt());
        return answer;
    }

    /// <summary>The client as the server's handler sees it.</summary>
    private async Task<CoapPeer> PeerAsync(RecordClient client)
    {
        await client.SendAsync(Request(CoapCode.Get, 1, "/later"));
        await RecordFixture.UntilAsync(() => _handler.Deferred.Count == 1);
        DeferredResponse deferred = _handler.Deferred.Single();
        deferred.Complete(new CoapResponse(CoapCode.Changed));
        WireMessage answer = await client.ReceiveAsync();
        if (answer.Code.IsEmpty)
            answer = await client.ReceiveAsync();
        if (answer.Type == MessageType.Confirmable)
            await client.SendAsync(new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, answer.MessageId));
        return deferred.Peer;
    }

    private sealed class PeerHandler : ICoapHandler
    {
        public CoapPeer? Last { get; private set; }

        public void OnRequest(ref IncomingRequest request)
        {
            Last = request.Peer;
            request.Respond(CoapCode.Changed);
        }

        public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;
    }
}
