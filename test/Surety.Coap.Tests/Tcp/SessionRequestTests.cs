
namespace Surety.Coap.Tests.Tcp;

public sealed class SessionRequestTests
{
    [Fact]
    public void Answers_may_come_in_any_order()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive([.. TcpSessionHarness.Get("01", "/later"), .. TcpSessionHarness.Get("02", "/hello"), .. TcpSessionHarness.Get("03", "/later")]);
        Assert.Equal(["2.05 02 [12:] \"hello\""], harness.TakeSent());
        harness.Handler.Deferred[1].Complete(new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, "third"u8.ToArray()));
        harness.Handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, "first"u8.ToArray()));
        harness.Settle();
        Assert.Equal(["2.05 03 [12:] \"third\"", "2.05 01 [12:] \"first\""], harness.TakeSent());
    }

    [Fact]
    public void Requests_of_both_sides_cross_on_one_connection()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        var request = new RecordingMessage(CoapCode.Get) { Token = new CoapToken([0x01]) };
        harness.Send(request);
        // RFC 8323, 3.3: tokens are scoped to the direction; the peer may use the same.
        harness.Receive([.. TcpSessionHarness.Get("01", "/hello"), .. TcpSessionHarness.Message(CoapCode.Content, "01", payload: "answer"u8)]);
        Assert.Equal(["0.01 01 [11:72]", "2.05 01 [12:] \"hello\""], harness.TakeSent());
        Assert.Equal(["sent", "2.05 01 \"answer\""], request.Events);
    }

    [Fact]
    public void A_fault_in_the_handler_costs_one_request_and_not_the_connection()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Handler.NotificationFailure = new InvalidOperationException("a fault");
        harness.Receive([.. TcpSessionHarness.Get("01", "/crash"), 0x01, 0x45, 0x99, .. TcpSessionHarness.Get("02", "/hello")]);
        List<string> sent = harness.TakeSent();
        Assert.StartsWith("5.00 01", sent[0], StringComparison.Ordinal);
        Assert.Equal("2.05 02 [12:] \"hello\"", sent[1]);
        Assert.Null(harness.EndReason);
    }

    [Theory]
    [InlineData(2u, 2)] // not interested in 2.xx
    [InlineData(8u, 1)] // not interested in 4.xx
    [InlineData(26u, 0)] // in nothing
    public void No_Response_is_honoured(uint value, int answers)
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        foreach (string path in (string[])["hello", "nothing", "nowhere"])
            harness.Receive(TcpSessionHarness.Message(CoapCode.Get, "01", options => options.Add(CoapOptionNumber.UriPath, path).Add(CoapOptionNumber.NoResponse, value)));
        harness.Receive(TcpSessionHarness.Message(CoapCode.Get, "02", options => options.Add(CoapOptionNumber.UriPath, "later").Add(CoapOptionNumber.NoResponse, 2u)));
        harness.Handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        harness.Settle();
        Assert.Equal(answers, harness.TakeSent().Count);
    }

    [Fact]
    public void A_critical_option_that_is_unknown_gets_4_02()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive(TcpSessionHarness.Message(CoapCode.Get, "01", options => options.Add((CoapOptionNumber)2001, "x")));
        Assert.StartsWith("4.02 01", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_leave_only_when_what_was_handled_is_durable()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Handler.CommitFailure = new IOException("the disk is full");
        harness.Receive([.. TcpSessionHarness.Get("01", "/hello"), .. TcpSessionHarness.Get("02", "/hello")]);
        Assert.StartsWith("7.05 \"the server could not store", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
        Assert.NotNull(harness.EndReason);
        Assert.True(harness.Engine.Statistics.FailedCommits > 0);
    }

    [Fact]
    public void A_failed_commit_leaves_connections_alone_that_had_nothing_to_store()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Handler.CommitFailure = new IOException("the disk is full");
        harness.Receive("01e242");
        var request = new RecordingMessage(CoapCode.Get) { Token = new CoapToken([1]) };
        harness.Send(request);
        Assert.Equal(["7.03 42", "0.01 01 [11:72]"], harness.TakeSent());
        Assert.Null(harness.EndReason);
    }

    [Fact]
    public void What_was_committed_before_still_leaves_whole()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.PeerReads = false;
        harness.Receive(TcpSessionHarness.Get("01", "/hello"));
        harness.Handler.CommitFailure = new IOException("the disk is full");
        harness.Receive(TcpSessionHarness.Get("02", "/hello"));
        harness.PeerReads = true;
        harness.Do((session, _) => session.Owner.Flush());
        List<string> sent = harness.TakeSent();
        Assert.Equal("2.05 01 [12:] \"hello\"", sent[0]);
        Assert.StartsWith("7.05", sent[1], StringComparison.Ordinal);
        Assert.Equal(2, sent.Count);
    }

    [Fact]
    public void More_deferred_requests_than_allowed_get_4_29()
    {
        var options = new CoapEndpointOptions { Tcp = new CoapTcpOptions { MaxDeferredRequests = 3 } };
        TcpSessionHarness harness = TcpSessionHarness.Open(options: options);
        for (int i = 0; i < 5; i++)
            harness.Receive(TcpSessionHarness.Get("0" + i, "/later"));
        Assert.Collection(harness.TakeSent(), m => Assert.StartsWith("4.29 03", m, StringComparison.Ordinal), m => Assert.StartsWith("4.29 04", m, StringComparison.Ordinal));
        Assert.Equal(3, harness.Handler.Deferred.Count);

        harness.Handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        harness.Settle();
        harness.Receive(TcpSessionHarness.Get("05", "/later"));
        Assert.Equal(4, harness.Handler.Deferred.Count);
    }
}
