using System.Net;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Endpoints;

/// <summary>CoAP over real UDP sockets, those of Linux and the portable ones.</summary>
public sealed class UdpEndpointTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thousands_of_requests_of_many_clients_are_answered(bool portable)
    {
        await using UdpCoapEndpoint server = Open(Router(), portable);
        UdpPeer[] clients = [.. Enumerable.Range(0, 50).Select(_ => new UdpPeer(server.LocalEndPoint))];
        for (int round = 0; round < 10; round++)
        {
            foreach (UdpPeer client in clients)
            {
                for (int i = 0; i < 10; i++)
                    client.Send(new WireMessage(i % 2 == 0 ? MessageType.Confirmable : MessageType.NonConfirmable, CoapCode.Get, client.NextMessageId()) { Token = [(byte)i], Path = "/hello" });
            }

            foreach (UdpPeer client in clients)
            {
                var tokens = new HashSet<byte>();
                for (int i = 0; i < 10; i++)
                {
                    WireMessage answer = client.Receive();
                    Assert.Equal((CoapCode.Content, "hello"), (answer.Code, answer.Text));
                    tokens.Add(answer.Token[0]);
                }

                Assert.Equal(10, tokens.Count);
            }
        }

        Assert.Equal(5000, server.Statistics.Requests);
        foreach (UdpPeer client in clients)
            client.Dispose();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Two_endpoints_exchange_requests_and_bodies_of_a_mebibyte(bool portableServer, bool portableClient)
    {
        byte[] body = Blockwise.Bodies.Make(1024 * 1024);
        var received = new List<byte[]>();
        await using UdpCoapEndpoint server = Open(Blockwise.Bodies.Serve(body, received), portableServer);
        await using UdpCoapEndpoint client = Open(new RecordingHandler(), portableClient);
        CoapPeer peer = Peer(client, server);
        CoapResponse response = await peer.SendAsync(new CoapRequest(CoapCode.Post, "/body") { Payload = body }, TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(CoapCode.Changed, response.Code);
        Assert.True(response.Payload.Span.SequenceEqual(body));
        Assert.True(Assert.Single(received).AsSpan().SequenceEqual(body));
        Assert.True(await peer.PingAsync(cancellationToken: TestContext.Current.CancellationToken) < TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_observation_works_over_sockets(bool portable)
    {
        using var done = new CancellationTokenSource(Limit);
        var relations = new ObserveRelations();
        var router = new CoapRouter();
        router.Map("/r").On(CoapCode.Get, (ref request) =>
        {
            var response = new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, "0"u8.ToArray());
            if (relations.Apply(request) is { } relation)
                response.Options.Set(CoapOptionNumber.Observe, relation.NextSequence());
            request.Respond(response);
        });
        await using UdpCoapEndpoint server = Open(router, portable);
        var client = new CoapClient();
        await using UdpCoapEndpoint endpoint = Open(client, portable);
        CoapObservation observation = await client.ObserveAsync(Peer(endpoint, server), new CoapRequest(CoapCode.Get, "/r"), done.Token);
        Assert.Equal("0", (await observation.Responses.ReadAsync(done.Token)).Text);
        for (int i = 1; i <= 50; i++)
        {
            relations.All.Single().Notify(new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, System.Text.Encoding.UTF8.GetBytes($"{i}")), confirmable: true);
            Assert.Equal($"{i}", (await observation.Responses.ReadAsync(done.Token)).Text);
        }

        await observation.CancelAsync(done.Token);
        Assert.Equal(0, relations.Count);
    }

    [Fact]
    public async Task On_a_wildcard_address_an_answer_leaves_from_the_address_that_was_asked()
    {
        await using UdpCoapEndpoint server = Open(Router(), portable: false, new IPEndPoint(IPAddress.Any, 0));
        foreach (string address in new[] { "127.0.0.1", "127.0.0.2", "127.0.0.3", "127.1.2.3" })
        {
            // A connected socket hears nobody but the address it asked.
            using var client = new UdpPeer(new IPEndPoint(IPAddress.Parse(address), server.LocalEndPoint.Port));
            Assert.Equal("hello", client.Get("/hello").Text);
            Assert.Equal("later", client.Get("/later").Text);
            Assert.Equal("hello", client.Get("/hello", MessageType.NonConfirmable).Text);
        }
    }

    [Fact]
    public async Task A_separate_response_leaves_from_the_address_that_was_asked_too()
    {
        var options = new CoapEndpointOptions { Transmission = new TransmissionParameters { PiggybackDelay = TimeSpan.Zero } };
        var handler = RecordingHandler.Deferring();
        await using UdpCoapEndpoint server = Open(handler, portable: false, new IPEndPoint(IPAddress.Any, 0), options);
        foreach (string address in new[] { "127.0.0.2", "127.0.0.1" })
        {
            using var client = new UdpPeer(new IPEndPoint(IPAddress.Parse(address), server.LocalEndPoint.Port));
            Assert.Equal(CoapCode.Empty, client.Get("/x").Code);
            handler.Deferred[^1].Complete(new CoapResponse(CoapCode.Content));
            Assert.Equal((MessageType.Confirmable, CoapCode.Content), (client.Receive() is var m ? m.Type : default, m.Code));
        }
    }

    [Fact]
    public async Task A_client_on_a_wildcard_address_hears_its_answers()
    {
        await using UdpCoapEndpoint server = Open(Router());
        await using UdpCoapEndpoint client = Open(new RecordingHandler(), portable: false, new IPEndPoint(IPAddress.Any, 0));
        Assert.Equal("hello", (await Peer(client, server).SendAsync(new CoapRequest(CoapCode.Get, "/hello"), TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken)).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Over_IPv6_it_works_as_over_IPv4(bool portable)
    {
        await using UdpCoapEndpoint server = Open(Router(), portable, new IPEndPoint(IPAddress.IPv6Loopback, 0));
        using var raw = new UdpPeer(server.LocalEndPoint);
        Assert.Equal("hello", raw.Get("/hello").Text);
        await using UdpCoapEndpoint client = Open(new RecordingHandler(), portable, new IPEndPoint(IPAddress.IPv6Any, 0));
        Assert.Equal("hello", (await Peer(client, server).SendAsync(new CoapRequest(CoapCode.Get, "/hello"), TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken)).Text);
    }

    [Fact]
    public async Task A_dual_stack_endpoint_answers_both_families_from_the_address_that_was_asked()
    {
        await using UdpCoapEndpoint server = Open(Router(), portable: false, new IPEndPoint(IPAddress.IPv6Any, 0));
        foreach (string address in new[] { "::1", "127.0.0.1", "127.0.0.2" })
        {
            using var client = new UdpPeer(new IPEndPoint(IPAddress.Parse(address), server.LocalEndPoint.Port));
            Assert.Equal("hello", client.Get("/hello").Text);
            Assert.Equal("later", client.Get("/later").Text);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dual_stack_endpoint_sends_to_both_families(bool portable)
    {
        await using UdpCoapEndpoint four = Open(Router());
        await using UdpCoapEndpoint six = Open(Router(), portable: false, new IPEndPoint(IPAddress.IPv6Loopback, 0));
        await using UdpCoapEndpoint client = Open(new RecordingHandler(), portable, new IPEndPoint(IPAddress.IPv6Any, 0));
        foreach (UdpCoapEndpoint server in new[] { four, six })
            Assert.Equal("hello", (await Peer(client, server).SendAsync(new CoapRequest(CoapCode.Get, "/hello"), TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken)).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_of_another_family_or_of_another_kind_cannot_be_reached(bool portable)
    {
        await using UdpCoapEndpoint client = Open(new RecordingHandler(), portable);
        foreach (PeerKey key in new[] { PeerKey.FromAddress(new IPEndPoint(IPAddress.IPv6Loopback, 5683)), PeerKey.FromSession(1), PeerKey.FromConnection(1) })
        {
            Assert.False(client.IsReachable(key));
            var failure = await Assert.ThrowsAsync<CoapExchangeException>(() => new CoapPeer(client, key).SendAsync(new CoapRequest(CoapCode.Get), TestContext.Current.CancellationToken));
            Assert.Equal(ExchangeFailure.Unreachable, failure.Failure);
        }

        Assert.True(client.IsReachable(PeerKey.FromAddress(AnyPort)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Datagrams_up_to_16_KiB_are_taken_and_longer_ones_get_4_13(bool portable)
    {
        var handler = new RecordingHandler { Answer = (ref request) => request.Respond(CoapCode.Changed) };
        await using UdpCoapEndpoint server = Open(handler, portable);
        using var client = new UdpPeer(server.LocalEndPoint);
        foreach (int length in new[] { 1500, 9000, 16_384 })
        {
            int payload = length - 6;
            Assert.Equal(CoapCode.Changed, Put(payload).Code);
            Assert.Equal(payload, handler.Requests[^1].Payload.Length);
        }

        int handled = handler.Requests.Count;
        foreach (int payload in new[] { 16_385 - 6, 40_000, 65_000 })
        {
            WireMessage answer = Put(payload);
            Assert.Equal(CoapCode.RequestEntityTooLarge, answer.Code);
            Assert.Equal([7], answer.Token);
            Assert.NotNull(answer.Options.GetUInt(CoapOptionNumber.Size1));
        }

        Assert.Equal(handled, handler.Requests.Count);

        WireMessage Put(int payload) => client.Exchange(new WireMessage(MessageType.Confirmable, CoapCode.Put, client.NextMessageId()) { Token = [7], Payload = new byte[payload] });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_long_token_is_refused_with_the_token(bool portable)
    {
        await using UdpCoapEndpoint server = Open(Router(), portable);
        using var client = new UdpPeer(server.LocalEndPoint);
        byte[] token = new byte[12_000];
        new Random(1).NextBytes(token);
        WireMessage answer = client.Exchange(new WireMessage(MessageType.Confirmable, CoapCode.Get, 1) { Token = token });
        Assert.Equal(CoapCode.BadRequest, answer.Code);
        Assert.Equal(token, answer.Token);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Empty_and_senseless_datagrams_do_not_stop_it(bool portable)
    {
        await using UdpCoapEndpoint server = Open(Router(), portable);
        using var client = new UdpPeer(server.LocalEndPoint);
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            byte[] noise = new byte[random.Next(3) == 0 ? 0 : random.Next(100)];
            random.NextBytes(noise);
            // No Confirmable ones, that would be reset.
            if (noise.Length > 0)
                noise[0] |= 0x30;
            client.Send(noise);
        }

        Assert.Equal("hello", client.Get("/hello").Text);
    }

    private static CoapRouter Router()
    {
        var router = new CoapRouter();
        router.Map("/hello").On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content).Payload("hello"u8));
        router.Map("/later").On(CoapCode.Get, async _ =>
        {
            await Task.Yield();
            return new CoapResponse(CoapCode.Content) { Payload = "later"u8.ToArray() };
        });
        return router;
    }

    private static UdpCoapEndpoint Open(ICoapHandler handler, bool portable = false, IPEndPoint? local = null, CoapEndpointOptions? options = null) =>
        UdpCoapEndpoint.Open(local ?? AnyPort, handler, options, logger: null, time: null, portable);

    private static CoapPeer Peer(CoapEndpoint from, CoapEndpoint to) => new(from, PeerKey.FromAddress(to.LocalEndPoint));
}
