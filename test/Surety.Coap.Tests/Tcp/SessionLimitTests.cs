
namespace Surety.Coap.Tests.Tcp;

public sealed class SessionLimitTests
{
    [Fact]
    public void A_peer_that_does_not_read_is_not_read_from_and_then_aborted()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: "60e1 24 00200000 20");
        harness.Handler.LargeLength = 100_000;
        harness.PeerReads = false;
        for (int i = 0; i < 1000; i++)
            harness.Receive(TcpSessionHarness.Get("01", "/large"));

        Assert.True(harness.Session.IsStalled);
        Assert.Equal(3, harness.Handler.Requests.Count);
        Assert.InRange(harness.Session.Output.Length, 256 * 1024, 256 * 1024 + 101_000);
        Assert.True(harness.Untaken > 0);

        harness.Advance(TimeSpan.FromSeconds(91));
        Assert.Equal("the peer does not take what is sent to it", harness.EndReason);
    }

    [Fact]
    public void A_peer_that_reads_again_gets_all_its_answers()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: "60e1 24 00200000 20");
        harness.Handler.LargeLength = 100_000;
        harness.PeerReads = false;
        for (int i = 0; i < 20; i++)
            harness.Receive(TcpSessionHarness.Get("01", "/large"));
        harness.PeerReads = true;
        harness.Do((session, _) => session.Owner.Flush());
        harness.Settle();
        Assert.Equal(20, harness.TakeSent().Count);
        Assert.Equal(0, harness.Untaken);
        Assert.Equal(0, harness.Session.Output.Length);
    }

    [Fact]
    public void Progress_keeps_a_slow_reader_alive()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: "60e1 24 00200000 20");
        harness.Handler.LargeLength = 100_000;
        harness.PeerReads = false;
        harness.Receive(TcpSessionHarness.Get("01", "/large"));
        for (int i = 0; i < 10; i++)
        {
            harness.Advance(TimeSpan.FromSeconds(80));
            harness.Do((session, now) => session.OnSent(1000, now));
        }

        Assert.Null(harness.EndReason);
    }

    [Fact]
    public void Deferred_answers_do_not_pile_up_for_a_peer_that_does_not_read()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: "60e1 24 00200000 20");
        for (int i = 0; i < 100; i++)
            harness.Receive(TcpSessionHarness.Get(i.ToString("d2"), "/later"));
        harness.PeerReads = false;
        var body = new CoapResponse(CoapCode.Content, ContentFormat.OctetStream, new byte[100_000]);
        foreach (DeferredResponse deferred in harness.Handler.Deferred)
            deferred.Complete(body);
        harness.Settle();
        Assert.InRange(harness.Session.Output.Length, 256 * 1024, 256 * 1024 + 101_000);
        Assert.Null(harness.EndReason);

        harness.PeerReads = true;
        harness.Do((session, _) => session.Owner.Flush());
        harness.Settle();
        Assert.Equal(100, harness.TakeSent().Count);
    }

    [Fact]
    public void Notifications_for_a_peer_that_does_not_read_wait_and_then_fail()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(csm: "60e1 24 00200000 20");
        harness.PeerReads = false;
        List<RecordingMessage> notifications = [];
        for (int i = 0; i < 200; i++)
        {
            notifications.Add(new RecordingMessage(CoapCode.Content, expectsResponse: false, payload: new byte[100_000]) { Token = new CoapToken([1]) });
            harness.Send(notifications[^1]);
        }

        Assert.Equal(3, notifications.Count(n => n.Events is ["sent", "acknowledged"]));
        Assert.Equal(100, notifications.Count(n => n.Events.Count == 0));
        Assert.Equal(97, notifications.Count(n => n.Events is ["Overloaded"]));
    }

    [Fact]
    public void A_message_that_is_begun_and_not_finished_aborts_the_connection()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive("d1");
        harness.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(harness.EndReason);
        harness.Advance(TimeSpan.FromSeconds(2));
        Assert.StartsWith("7.05 \"a message was begun", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_may_come_slowly_but_not_byte_by_byte_for_ever()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        byte[] message = TcpSessionHarness.Message(CoapCode.Put, "01", options => options.Add(CoapOptionNumber.UriPath, "store"), new byte[100_000]);
        // 300 bytes a second are enough for any length.
        for (int i = 0; i < message.Length; i += 3000)
        {
            harness.Receive(message.AsSpan(i, Math.Min(3000, message.Length - i)));
            harness.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(["2.04 01 [12:] \"100000\""], harness.TakeSent());

        // 10 bytes a second are not.
        for (int i = 0; i < 1000 && harness.EndReason is null; i++)
        {
            harness.Receive(message.AsSpan(i * 100, 100));
            harness.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal("a message was begun and not finished in time", harness.EndReason);
    }

    [Fact]
    public void Whole_messages_in_between_do_not_hide_a_slow_one_nor_make_one_of_the_next()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        byte[] get = TcpSessionHarness.Get("01", "/hello");
        // Each read ends in the middle of a message, each message is finished soon.
        harness.Receive(get.AsSpan(0, 3));
        for (int i = 0; i < 100; i++)
        {
            harness.Advance(TimeSpan.FromSeconds(20));
            harness.Receive([.. get[3..], .. get[..3]]);
        }

        Assert.Null(harness.EndReason);
        Assert.Equal(100, harness.TakeSent().Count);
    }

    [Fact]
    public void An_idle_connection_is_released_after_25_hours_and_nothing_is_sent_before()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Advance(TimeSpan.FromHours(24.9));
        Assert.Empty(harness.TakeSent());
        harness.Receive("0000");
        harness.Advance(TimeSpan.FromHours(24.9));
        Assert.Empty(harness.TakeSent());
        harness.Advance(TimeSpan.FromHours(0.2));
        Assert.StartsWith("7.04", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
        Assert.NotNull(harness.EndReason);
    }

    [Fact]
    public void Without_an_idle_timeout_a_connection_stays()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(options: new CoapEndpointOptions { Tcp = new CoapTcpOptions { IdleTimeout = null } });
        harness.Advance(TimeSpan.FromDays(100));
        Assert.Null(harness.EndReason);
        Assert.Empty(harness.TakeSent());
    }

    [Fact]
    public void With_a_ping_interval_the_peer_is_asked_for_a_sign_of_life()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open(options: new CoapEndpointOptions { Tcp = new CoapTcpOptions { PingInterval = TimeSpan.FromMinutes(5) } });
        for (int i = 0; i < 10; i++)
        {
            harness.Advance(TimeSpan.FromMinutes(5.01));
            Assert.Equal(["7.02"], harness.TakeSent());
            harness.Receive("00e3");
        }

        harness.Advance(TimeSpan.FromMinutes(6.1));
        Assert.Equal("the peer did not answer a Ping", harness.EndReason);
    }
}
