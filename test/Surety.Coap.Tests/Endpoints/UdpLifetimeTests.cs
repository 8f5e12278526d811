using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Endpoints;

/// <summary>Endpoints that are closed, hurried, failed, or left alone.</summary>
public sealed class UdpLifetimeTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Closed_while_busy_every_request_fails_and_nothing_hangs(bool portable)
    {
        using var hole = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        hole.Bind(AnyPort);
        for (int round = 0; round < 20; round++)
        {
            UdpCoapEndpoint client = Open(new RecordingHandler(), portable, new CoapEndpointOptions { MaxWaitingPerPeer = 100_000 });
            var peer = new CoapPeer(client, PeerKey.FromAddress((IPEndPoint)hole.LocalEndPoint!));
            using var start = new Barrier(5);
            Task<Task<CoapResponse>[]>[] senders = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Enumerable.Range(0, 200).Select(_ => peer.SendAsync(new CoapRequest(CoapCode.Get, "/x"))).ToArray();
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))];
            start.SignalAndWait(TestContext.Current.CancellationToken);
            await client.DisposeAsync();
            await client.DisposeAsync();
            foreach (Task<Task<CoapResponse>[]> sender in senders)
            {
                foreach (Task<CoapResponse> request in await sender.WaitAsync(Limit, TestContext.Current.CancellationToken))
                    Assert.Equal(ExchangeFailure.Closed, (await Assert.ThrowsAsync<CoapExchangeException>(() => request.WaitAsync(Limit, TestContext.Current.CancellationToken))).Failure);
            }
        }
    }

    [Fact]
    public async Task After_its_end_an_endpoint_takes_completions_and_cancellations_without_a_fault()
    {
        var handler = RecordingHandler.Deferring();
        UdpCoapEndpoint server = Open(handler);
        using var client = new UdpPeer(server.LocalEndPoint);
        client.Send(new WireMessage(MessageType.Confirmable, CoapCode.Get, 1));
        client.Receive();
        await server.DisposeAsync();
        handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        var message = new ProbeMessage();
        server.Cancel(message);
        server.Send(PeerKey.FromAddress(client.LocalEndPoint), message);
        Assert.Null(message.Failure);
        var other = new ProbeMessage();
        server.Send(PeerKey.FromAddress(client.LocalEndPoint), other);
        Assert.Equal(ExchangeFailure.Closed, other.Failure);
    }

    [Fact]
    public async Task The_address_is_free_again_afterwards_and_taken_before()
    {
        UdpCoapEndpoint first = Open(new RecordingHandler());
        IPEndPoint address = first.LocalEndPoint;
        Assert.Throws<SocketException>(() => UdpCoapEndpoint.Open(address, new RecordingHandler()));
        await first.DisposeAsync();
        await using UdpCoapEndpoint second = UdpCoapEndpoint.Open(address, new RecordingHandler());
        Assert.Equal(address, second.LocalEndPoint);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_from_many_threads_are_all_answered(bool portable)
    {
        await using UdpCoapEndpoint server = Open(new RecordingHandler { Answer = (ref request) => request.Respond(CoapCode.Content).Payload(request.Payload) }, portable);
        await using UdpCoapEndpoint client = Open(new RecordingHandler(), portable, new CoapEndpointOptions { MaxWaitingPerPeer = 100_000, Transmission = new TransmissionParameters { NStart = 16 } });
        var peer = new CoapPeer(client, PeerKey.FromAddress(server.LocalEndPoint));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < 250; i++)
            {
                byte[] payload = [(byte)thread, (byte)i];
                CoapResponse response = await peer.SendAsync(new CoapRequest(CoapCode.Fetch, "/x") { Payload = payload });
                Assert.Equal(payload, response.Payload.ToArray());
            }
        }))).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(0, client.Statistics.Failures);
    }

    [Fact]
    public async Task A_handler_that_throws_costs_its_request_and_nothing_else()
    {
        var handler = new RecordingHandler { Answer = (ref _) => throw new InvalidOperationException("a fault") };
        await using UdpCoapEndpoint server = Open(handler);
        using var client = new UdpPeer(server.LocalEndPoint);
        Assert.Equal(CoapCode.InternalServerError, client.Get("/x").Code);
        handler.Answer = (ref request) => request.Respond(CoapCode.Content);
        Assert.Equal(CoapCode.Content, client.Get("/x").Code);
    }

    [Fact]
    public async Task What_a_message_of_ours_throws_when_it_fails_does_not_end_the_endpoint()
    {
        var options = new CoapEndpointOptions { Transmission = new TransmissionParameters { AckTimeout = TimeSpan.FromMilliseconds(20), MaxRetransmit = 0 } };
        await using UdpCoapEndpoint endpoint = Open(new RecordingHandler(), options: options);
        using var peer = new UdpPeer(endpoint.LocalEndPoint);
        var faulty = new FaultyMessage();
        endpoint.Send(PeerKey.FromAddress(peer.LocalEndPoint), faulty);
        Assert.Equal(CoapCode.Get, peer.Receive().Code);
        await faulty.Failed.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(CoapCode.Content, peer.Get("/x").Code);
    }

    [Fact]
    public async Task A_failed_commit_withholds_the_answers_and_the_endpoint_goes_on()
    {
        bool fails = true;
        var handler = new RecordingHandler { Committing = () => _ = fails ? throw new IOException("disk full") : 0 };
        await using UdpCoapEndpoint server = Open(handler);
        using var client = new UdpPeer(server.LocalEndPoint);
        var request = new WireMessage(MessageType.Confirmable, CoapCode.Post, 1);
        client.Send(request);
        while (server.Statistics.FailedCommits == 0)
            await Task.Delay(1, TestContext.Current.CancellationToken);
        Assert.Equal(0, client.Socket.Available);
        fails = false;
        Assert.Equal(CoapCode.Content, client.Exchange(request).Code);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task In_a_batch_larger_than_the_socket_takes_at_once_nothing_that_is_not_durable_is_answered()
    {
        // The first batch of 64 answers fails to commit when its buffer is needed; a duplicate of its first request comes right behind it.
        var gate = new ManualResetEventSlim();
        int commits = 0;
        var handler = new RecordingHandler
        {
            Answer = (ref request) =>
            {
                if (request.PathIs("gate"u8))
                    gate.Wait();
                request.Respond(CoapCode.Changed);
            },
        };
        handler.Committing = () =>
        {
            // The gate's own batch passes, the next one fails, all others pass.
            if (++commits == 2)
                throw new IOException("disk full");
        };
        await using UdpCoapEndpoint server = Open(handler);
        using var client = new UdpPeer(server.LocalEndPoint);
        client.Send(new WireMessage(MessageType.Confirmable, CoapCode.Post, 1000) { Path = "/gate" });
        while (handler.Requests.Count == 0)
            await Task.Delay(1, TestContext.Current.CancellationToken);
        var first = new WireMessage(MessageType.Confirmable, CoapCode.Post, 1) { Token = [1] };
        client.Send(first);
        for (ushort i = 2; i <= 64; i++)
            client.Send(new WireMessage(MessageType.Confirmable, CoapCode.Post, i) { Token = [1] });
        client.Send(first);
        gate.Set();
        // The gate's answer, and that of the first request, which was handled twice since its first answer was withheld.
        Assert.Equal(1000, client.Receive().MessageId);
        Assert.Equal(1, client.Receive().MessageId);
        Assert.Equal(1 + 64 + 1, handler.Requests.Count);
    }

    [Fact]
    public async Task A_slow_answer_does_not_hold_up_the_others()
    {
        var router = new CoapRouter();
        var slow = new TaskCompletionSource<CoapResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        router.Map("/slow").On(CoapCode.Get, _ => slow.Task);
        router.Map("/fast").On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content));
        await using UdpCoapEndpoint server = Open(router);
        using var waiting = new UdpPeer(server.LocalEndPoint);
        using var other = new UdpPeer(server.LocalEndPoint);
        waiting.Send(new WireMessage(MessageType.Confirmable, CoapCode.Get, 1) { Token = [1], Path = "/slow" });
        for (int i = 0; i < 100; i++)
            Assert.Equal(CoapCode.Content, other.Get("/fast").Code);
        slow.SetResult(new CoapResponse(CoapCode.Changed));
        WireMessage answer = waiting.Receive();
        if (answer.Code.IsEmpty)
            answer = waiting.Receive();
        Assert.Equal(CoapCode.Changed, answer.Code);
    }

    [Fact]
    public async Task Requests_to_a_multicast_group_are_answered_by_unicast_and_errors_are_not()
    {
        IPAddress group = IPAddress.Parse("224.0.1.187");
        int loopback = NetworkInterface.LoopbackInterfaceIndex;
        var router = new CoapRouter();
        router.Map("/here").On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content).Payload(request.IsMulticast ? "group"u8 : "single"u8));
        var options = new CoapEndpointOptions { Transmission = new TransmissionParameters { DefaultLeisure = TimeSpan.FromMilliseconds(50) } };
        await using UdpCoapEndpoint server = Open(router, local: new IPEndPoint(IPAddress.Any, 0), options: options);
        server.JoinMulticastGroup(group, loopback);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
        client.Bind(AnyPort);
        client.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(loopback));
        var to = new IPEndPoint(group, server.LocalEndPoint.Port);
        client.SendTo(new WireMessage(MessageType.NonConfirmable, CoapCode.Get, 1) { Token = [1], Path = "/elsewhere" }.ToBytes(), to);
        client.SendTo(new WireMessage(MessageType.Confirmable, CoapCode.Get, 2) { Token = [2], Path = "/here" }.ToBytes(), to);
        client.SendTo(new WireMessage(MessageType.NonConfirmable, CoapCode.Get, 3) { Token = [3], Path = "/here" }.ToBytes(), to);
        byte[] buffer = new byte[1500];
        WireMessage answer = WireMessage.Parse(buffer.AsSpan(0, client.Receive(buffer)));
        Assert.Equal((MessageType.NonConfirmable, "group"), (answer.Type, answer.Text));
        Assert.Equal([3], answer.Token);
        // The same resource by unicast.
        using var single = new UdpPeer(new IPEndPoint(IPAddress.Loopback, server.LocalEndPoint.Port));
        Assert.Equal("single", single.Get("/here").Text);
        Assert.Equal(0, client.Available);
    }

    [Fact]
    public async Task A_hundred_thousand_gets_in_steady_state_allocate_nothing()
    {
        var router = new CoapRouter();
        router.Map("/hello").On(CoapCode.Get, (ref request) =>
        {
            ref CoapMessageWriter response = ref request.Respond(CoapCode.Content);
            response.ContentFormat(ContentFormat.TextPlain);
            response.Payload("hello"u8);
        });
        await using UdpCoapEndpoint server = Open(router);
        using var client = new UdpPeer(server.LocalEndPoint);
        byte[] request = new WireMessage(MessageType.Confirmable, CoapCode.Get, 0) { Token = [1, 2, 3, 4], Path = "/hello" }.ToBytes();
        byte[] buffer = new byte[256];
        ushort id = 0;
        Run(20_000);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Run(100_000);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        // Less than a byte a request: what the process does besides.
        Assert.True(allocated < 64 * 1024, $"{allocated} bytes");
        Assert.Equal(120_000, server.Statistics.Requests + server.Statistics.Duplicates);

        void Run(int count)
        {
            const int Window = 50;
            for (int sent = 0; sent < count; sent += Window)
            {
                for (int i = 0; i < Window; i++, id++)
                {
                    request[2] = (byte)(id >> 8);
                    request[3] = (byte)id;
                    client.Socket.Send(request);
                }

                for (int i = 0; i < Window; i++)
                    client.Socket.Receive(buffer.AsSpan());
            }
        }
    }

    private static UdpCoapEndpoint Open(ICoapHandler handler, bool portable = false, CoapEndpointOptions? options = null, IPEndPoint? local = null) =>
        UdpCoapEndpoint.Open(local ?? AnyPort, handler, options, logger: null, time: null, portable);

    private sealed class FaultyMessage : OutgoingMessage
    {
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Failed => _failed.Task;

        protected internal override CoapCode Write(ref CoapMessageWriter writer) => CoapCode.Get;

        protected internal override void OnFailed(ExchangeFailure failure)
        {
            _failed.SetResult();
            throw new InvalidOperationException("a fault in a callback");
        }
    }
}
