
namespace Surety.Coap.Tests.Tcp;

/// <summary>RFC 8323, 5.4 to 5.6.</summary>
public sealed class SignalingTests
{
    [Fact]
    public void A_Ping_is_answered_with_a_Pong_of_the_same_token()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive("01e242"); // RFC 8323, figure 11
        Assert.Equal("01e342", Convert.ToHexStringLower(harness.TakeSentBytes())); // figure 12
        harness.Receive("00e2");
        Assert.Equal(["7.03"], harness.TakeSent());
    }

    [Fact]
    public void A_Ping_with_custody_is_answered_when_all_requests_before_it_are()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive([.. TcpSessionHarness.Get("01", "/later"), .. TcpSessionHarness.Get("02", "/later"), 0x11, 0xE2, 0x42, 0x20, .. TcpSessionHarness.Get("03", "/later")]);
        harness.Receive("01e299");
        Assert.Equal(["7.03 99"], harness.TakeSent());

        harness.Handler.Deferred[1].Complete(new CoapResponse(CoapCode.Content));
        harness.Settle();
        Assert.Equal(["2.05 02"], harness.TakeSent());
        harness.Handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        harness.Settle();
        Assert.Equal(["2.05 01", "7.03 42 [2:]"], harness.TakeSent());
    }

    [Fact]
    public void A_Ping_with_custody_and_nothing_open_is_answered_at_once()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive([.. TcpSessionHarness.Get("01", "/hello"), 0x11, 0xE2, 0x42, 0x20]);
        Assert.Equal(["2.05 01 [12:] \"hello\"", "7.03 42 [2:]"], harness.TakeSent());
    }

    [Fact]
    public void Pings_with_custody_cannot_pile_up()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive(TcpSessionHarness.Get("01", "/later"));
        for (int i = 0; i < 1000; i++)
            harness.Receive("11e24220");
        Assert.InRange(harness.TakeSent().Count, 900, 999);
        harness.Handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        harness.Settle();
        Assert.InRange(harness.TakeSent().Count, 2, 101);
    }

    [Theory]
    [InlineData("11e24250")] // option 5 in a Ping
    [InlineData("10e350")] // in a Pong
    [InlineData("10e450")] // in a Release
    [InlineData("10ea50")] // in a signal nobody knows
    public void A_critical_option_in_any_signal_aborts_the_connection(string hex)
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive(hex);
        // Bad-CSM-Option is about CSMs alone.
        Assert.StartsWith("7.05 \"option 5", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10e240", "7.03")] // an elective option in a Ping
    [InlineData("00ea", null)] // 7.10
    [InlineData("01e377", null)] // a Pong to no Ping
    public void What_is_elective_or_unknown_in_signals_is_ignored(string hex, string? answer)
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive(hex);
        Assert.Equal(answer is null ? [] : [answer], harness.TakeSent());
        Assert.Null(harness.EndReason);
    }

    [Fact]
    public void A_Ping_of_ours_gets_its_Pong()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        var ping = new RecordingMessage(CoapCode.Ping);
        harness.Send(ping);
        byte[] sent = harness.TakeSentBytes();
        Assert.Equal(CoapCode.Ping.Value, sent[1]);
        sent[1] = CoapCode.Pong.Value;
        harness.Receive(sent);
        Assert.Equal(["sent", $"7.03 {Convert.ToHexStringLower(sent[2..])}"], ping.Events);
    }

    [Fact]
    public void A_Pong_without_the_token_belongs_to_the_oldest_Ping_and_never_to_a_request()
    {
        // libcoap 4.3.1 sends these.
        TcpSessionHarness harness = TcpSessionHarness.Open();
        RecordingMessage first = new(CoapCode.Ping), second = new(CoapCode.Ping), request = new(CoapCode.Get);
        harness.Send(first);
        harness.Send(second);
        harness.Send(request);
        harness.Receive("10e320");
        Assert.Equal(["sent", "7.03 [2:]"], first.Events);
        Assert.Equal(["sent"], second.Events);
        harness.Receive("00e3");
        harness.Receive("00e3");
        Assert.Equal(["sent", "7.03"], second.Events);
        Assert.Equal(["sent"], request.Events);
    }

    [Fact]
    public void After_the_peers_Release_what_is_outstanding_is_finished_and_then_the_connection_closed()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        var request = new RecordingMessage(CoapCode.Get) { Token = new CoapToken([0x55]) };
        harness.Send(request);
        harness.Receive(TcpSessionHarness.Get("01", "/later"));
        harness.TakeSent();

        harness.Receive("00e4");
        Assert.Null(harness.EndReason);
        harness.Handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        harness.Settle();
        Assert.Equal(["2.05 01"], harness.TakeSent());
        Assert.Null(harness.EndReason);

        harness.Receive("014555");
        Assert.Equal(["sent", "2.05 55"], request.Events);
        Assert.Equal("the peer released the connection", harness.EndReason);
        Assert.Equal(1, harness.Handler.Closed);
    }

    [Fact]
    public void After_the_peers_Release_requests_of_ours_fail()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive(TcpSessionHarness.Get("01", "/later"));
        harness.Receive("00e4");
        var request = new RecordingMessage(CoapCode.Get);
        harness.Send(request);
        Assert.Equal(["Unreachable"], request.Events);
        Assert.Empty(harness.TakeSent());
    }

    [Fact]
    public void A_Release_says_where_to_go_and_when_to_come_back()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive(TcpSessionHarness.Message(
            CoapCode.Release, "",
            options => options.Add((CoapOptionNumber)2, "a.example:5684").Add((CoapOptionNumber)2, "[2001:db8::1]").Add((CoapOptionNumber)4, 3600u),
            "restart"u8));

        ConnectionRelease release = Assert.Single(harness.Handler.Releases);
        Assert.Equal(["a.example:5684", "[2001:db8::1]"], release.AlternativeAddresses);
        Assert.Equal(TimeSpan.FromHours(1), release.HoldOff);
        Assert.Equal("restart", release.Diagnostic);
    }

    [Fact]
    public void A_Release_with_many_addresses_keeps_a_few()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive(TcpSessionHarness.Message(CoapCode.Release, "", options =>
        {
            for (int i = 0; i < 100; i++)
                options.Add((CoapOptionNumber)2, "a.example");
        }));
        Assert.InRange(Assert.Single(harness.Handler.Releases).AlternativeAddresses.Count, 1, 20);
    }

    [Fact]
    public void Our_Release_is_sent_and_the_peer_may_finish_its_requests()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Do((session, now) => session.Release(new ConnectionRelease { AlternativeAddresses = ["b.example"], HoldOff = TimeSpan.FromSeconds(5), Diagnostic = "moving" }, now));
        Assert.Equal(["7.04 [2:622e6578616d706c65] [4:05] \"moving\""], harness.TakeSent());

        harness.Receive(TcpSessionHarness.Get("01", "/hello"));
        Assert.Equal(["2.05 01 [12:] \"hello\""], harness.TakeSent());
        var request = new RecordingMessage(CoapCode.Get);
        harness.Send(request);
        Assert.Equal(["Unreachable"], request.Events);
        Assert.Null(harness.EndReason);

        harness.Advance(TimeSpan.FromSeconds(11));
        Assert.NotNull(harness.EndReason);
    }

    [Fact]
    public void After_a_Release_neither_side_waits_for_ever()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive(TcpSessionHarness.Get("01", "/later"));
        harness.Receive("00e4");
        harness.Advance(TimeSpan.FromSeconds(11));
        Assert.NotNull(harness.EndReason);
        // The answer comes too late, and goes nowhere.
        harness.Handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        harness.Settle();
        Assert.Empty(harness.TakeSent());
    }

    [Fact]
    public void An_Abort_of_the_peer_ends_everything_with_its_reason()
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        var request = new RecordingMessage(CoapCode.Get);
        harness.Send(request);
        harness.TakeSent();
        harness.Receive([.. TcpSessionHarness.Message(CoapCode.Abort, "", payload: "out of memory"u8), .. TcpSessionHarness.Get("01", "/hello")]);

        Assert.Equal("the peer aborted the connection: out of memory", harness.EndReason);
        Assert.Equal(["sent", "Unreachable"], request.Events);
        Assert.Empty(harness.TakeSent());
        Assert.Empty(harness.Handler.Requests);
        Assert.Equal(1, harness.Handler.Closed);
    }

    [Theory]
    [InlineData("0020")] // 1.00
    [InlineData("0060")] // 3.00
    [InlineData("00c0")] // 6.00
    [InlineData("0f")] // a reserved TKL
    [InlineData("1045ff")] // a payload marker without payload
    [InlineData("f0ffffffff")] // 4 GiB
    public void Messages_that_break_the_format_abort_the_connection(string hex)
    {
        TcpSessionHarness harness = TcpSessionHarness.Open();
        harness.Receive(hex);
        Assert.StartsWith("7.05 \"", Assert.Single(harness.TakeSent()), StringComparison.Ordinal);
        Assert.NotNull(harness.EndReason);
        harness.Receive(TcpSessionHarness.Get("01", "/hello"));
        Assert.Empty(harness.TakeSent());
    }

    [Fact]
    public void What_comes_byte_by_byte_is_understood_as_well()
    {
        var harness = new TcpSessionHarness();
        harness.TakeSent();
        byte[] large = TcpSessionHarness.Message(CoapCode.Put, "02", options => options.Add(CoapOptionNumber.UriPath, "store"), ScriptedHandler.Body(700));
        foreach (byte b in (byte[])[0x00, 0xE1, .. TcpSessionHarness.Get("01", "/hello"), .. large, 0x01, 0xE2, 0x42])
            harness.Receive([b]);
        Assert.Equal(["2.05 01 [12:] \"hello\"", "2.04 02 [12:] \"700\"", "7.03 42"], harness.TakeSent());
        Assert.Equal(ScriptedHandler.Body(700), harness.Handler.Stored);
    }
}
