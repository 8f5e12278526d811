
namespace Surety.Coap.Tests.Tcp;

public sealed class SessionExchangeTests
{
    [Fact]
    public void Responses_find_their_requests_in_any_order()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        RecordingMessage[] requests = [.. Enumerable.Range(0, 200).Select(i => new RecordingMessage(CoapCode.Get, path: "/" + i))];
        foreach (RecordingMessage request in requests)
            harness.Send(request);

        List<(string Token, string Path)> sent = [.. harness.TakeSent().Select(m => m.Split(' ')).Select(parts => (parts[1], parts[2]))];
        Assert.Equal(200, sent.Select(s => s.Token).Distinct().Count());
        Assert.All(sent, s => Assert.Equal(16, s.Token.Length));
        for (int i = 199; i >= 0; i--)
            harness.Receive(TcpSessionHarness.Message(CoapCode.Content, sent[i].Token, payload: System.Text.Encoding.ASCII.GetBytes("answer " + i)));
        for (int i = 0; i < 200; i++)
            Assert.Equal(["sent", $"2.05 {sent[i].Token} \"answer {i}\""], requests[i].Events);
        Assert.Equal(0, harness.Engine.ExchangesInUse);
    }

    [Fact]
    public void Without_a_response_a_request_times_out_and_the_peer_is_pinged()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        var request = new RecordingMessage(CoapCode.Get);
        harness.Send(request);
        harness.TakeSent();
        harness.Advance(TimeSpan.FromSeconds(246));
        Assert.Equal(["sent"], request.Events);
        harness.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["sent", "Timeout"], request.Events);
        // RFC 8323, 3.4
        Assert.Equal(["7.02"], harness.TakeSent());
        harness.Receive("00e3");
        harness.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(harness.EndReason);
    }

    [Fact]
    public void A_peer_that_does_not_answer_that_Ping_is_given_up()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Send(new RecordingMessage(CoapCode.Get));
        harness.Advance(TimeSpan.FromSeconds(247 + 61));
        Assert.Equal("the peer did not answer a Ping", harness.EndReason);
        Assert.Equal(1, harness.Handler.Closed);
    }

    [Fact]
    public void A_late_response_is_a_stray_and_harmless()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        var request = new RecordingMessage(CoapCode.Get) { Token = new CoapToken([0x42]) };
        harness.Send(request);
        harness.Advance(TimeSpan.FromSeconds(250));
        harness.Receive("014542");
        Assert.Equal(["sent", "Timeout"], request.Events);
        Assert.Equal(["2.05 42"], harness.Handler.Notifications);
        Assert.Equal(1, harness.Engine.Statistics.Strays);
        Assert.Null(harness.EndReason);
    }

    [Fact]
    public void A_cancelled_request_hears_nothing_more()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        var request = new RecordingMessage(CoapCode.Get) { Token = new CoapToken([0x42]) };
        harness.Send(request);
        harness.Do((session, now) => session.Cancel((TcpExchange)request.Exchange!, now));
        harness.Receive("014542");
        harness.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["sent"], request.Events);
        Assert.Equal(0, harness.Engine.ExchangesInUse);
    }

    [Fact]
    public void Notifications_go_to_the_handler()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Handler.AcceptsNotifications = true;
        for (int i = 0; i < 1000; i++)
            harness.Receive(TcpSessionHarness.Message(CoapCode.Content, "77", options => options.Add(CoapOptionNumber.Observe, 0u), "21.5"u8));
        Assert.Equal(1000, harness.Handler.Notifications.Count);
        Assert.Equal("2.05 77 [6:] \"21.5\"", harness.Handler.Notifications[0]);
        Assert.Empty(harness.TakeSent());
        Assert.Null(harness.EndReason);
    }

    [Fact]
    public void Notifications_that_nobody_wants_are_dropped_and_abort_the_connection_when_they_go_on()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        byte[] notification = TcpSessionHarness.Message(CoapCode.Content, "77", options => options.Add(CoapOptionNumber.Observe, 0u), "21.5"u8);
        for (int i = 0; i < 60; i++)
            harness.Receive(notification);
        Assert.Null(harness.EndReason);
        for (int i = 0; i < 10; i++)
            harness.Receive(notification);
        // RFC 8323, 7.2
        Assert.StartsWith("7.05", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
        Assert.NotNull(harness.EndReason);
    }

    [Fact]
    public void A_response_with_an_unknown_critical_option_fails_the_request()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        var request = new RecordingMessage(CoapCode.Get) { Token = new CoapToken([0x42]) };
        harness.Send(request);
        harness.Receive(TcpSessionHarness.Message(CoapCode.Content, "42", options => options.Add((CoapOptionNumber)2001, "x")));
        Assert.Equal(["sent", "BadResponse"], request.Events);
    }

    [Fact]
    public void A_message_without_response_is_acknowledged_by_being_sent()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        var notification = new RecordingMessage(CoapCode.Content, expectsResponse: false, payload: "x"u8.ToArray()) { Token = new CoapToken([0x42]) };
        harness.Send(notification);
        Assert.Equal(["sent", "acknowledged"], notification.Events);
        Assert.Equal(["2.05 42 \"x\""], harness.TakeSent());
    }

    [Fact]
    public void A_request_larger_than_the_peer_takes_fails()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        var request = new RecordingMessage(CoapCode.Put, payload: new byte[1200]);
        harness.Send(request);
        Assert.Equal(["TooLarge"], request.Events);
        Assert.Empty(harness.TakeSent());
        Assert.Equal(0, harness.Engine.ExchangesInUse);
    }

    [Fact]
    public void Messages_wait_for_the_peers_CSM()
    {
        var harness = new TcpSessionHarness();
        harness.TakeSent();
        var request = new RecordingMessage(CoapCode.Get) { Token = new CoapToken([0x42]) };
        harness.Send(request);
        Assert.Empty(harness.TakeSent());
        harness.Receive("00e1");
        Assert.Equal(["0.01 42 [11:72]"], harness.TakeSent());
    }

    [Fact]
    public void When_the_connection_ends_everyone_who_waits_is_told()
    {
        var options = new CoapEndpointOptions { Tcp = new CoapTcpOptions { MaxOutstandingRequests = 1 } };
        TcpSessionHarness harness = TcpSessionHarness.Open(options: options);
        RecordingMessage[] requests = [new(CoapCode.Get), new(CoapCode.Get), new(CoapCode.Get)];
        foreach (RecordingMessage request in requests)
            harness.Send(request);
        harness.Do((session, now) => session.OnTransportClosed("gone", now));
        Assert.Equal(["sent", "Unreachable"], requests[0].Events);
        Assert.Equal(["Unreachable"], requests[1].Events);
        Assert.Equal(["Unreachable"], requests[2].Events);
        Assert.Equal("gone", harness.EndReason);
        Assert.Equal(0, harness.Engine.ExchangesInUse);
        Assert.Equal(0, harness.Engine.WaitingCount);
    }

    [Fact]
    public void Only_so_many_requests_are_outstanding_and_only_so_many_wait()
    {
        var options = new CoapEndpointOptions { MaxWaitingPerPeer = 2, Tcp = new CoapTcpOptions { MaxOutstandingRequests = 2 } };
        TcpSessionHarness harness = TcpSessionHarness.Open(options: options);
        RecordingMessage[] requests = [.. Enumerable.Range(1, 5).Select(i => new RecordingMessage(CoapCode.Get) { Token = new CoapToken([(byte)i]) })];
        foreach (RecordingMessage request in requests)
            harness.Send(request);
        Assert.Equal(2, harness.TakeSent().Count);
        Assert.Equal(["Overloaded"], requests[4].Events);
        harness.Receive("014501");
        Assert.Equal(["0.01 03 [11:72]"], harness.TakeSent());
    }

    [Fact]
    public void A_token_that_is_still_in_use_belongs_to_the_newer_request()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        RecordingMessage first = new(CoapCode.Get) { Token = new CoapToken([1]) }, second = new(CoapCode.Get) { Token = new CoapToken([1]) };
        harness.Send(first);
        harness.Send(second);
        harness.Receive("014501");
        Assert.Equal(["sent", "2.05 01"], second.Events);
        harness.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["sent", "Timeout"], first.Events);
        Assert.Equal(0, harness.Engine.ExchangesInUse);
    }
}
