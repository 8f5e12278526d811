using System.Globalization;
using System.Text;
using Surety.Coap;

namespace Surety.Interop.Tests.Coap;

/// <summary>
/// libcoap's client against our server over UDP (RFC 7252, 7641, 7959, 8132). coap-client 4.3.1 leaves as soon as it has its response, so that
/// what follows it (an acknowledgement lost on the way) is tried with observations; and it does not acknowledge a Confirmable notification that
/// it gets again, against RFC 7252, 4.2, so that such a loss ends the observation in the end.
/// </summary>
public sealed class LibcoapUdpClientTests
{
    [Theory]
    [InlineData("CON", "ACK")]
    [InlineData("NON", "NON")]
    public async Task Get(string request, string response)
    {
        await using var fixture = new UdpInteropFixture();
        string output = await fixture.RunAsync("/hello", [.. Type(request), "-v", "7"]);
        Assert.Contains($"t:{request} c:GET", output, StringComparison.Ordinal);
        Assert.Contains($"t:{response} c:2.05", output, StringComparison.Ordinal);
        Assert.Contains("hello from Surety", output, StringComparison.Ordinal);
        Assert.Contains("4.04", await fixture.RunAsync("/nothing", Type(request)), StringComparison.Ordinal);
        Assert.Contains("4.05", await fixture.RunAsync("/hello", [.. Type(request), "-m", "delete"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CON")]
    [InlineData("NON")]
    public async Task Put_post_ipatch_and_delete(string request)
    {
        await using var fixture = new UdpInteropFixture();
        Assert.Contains("c:2.04", await fixture.RunAsync("/store", [.. Type(request), "-v", "7", "-m", "put", "-e", "one"]), StringComparison.Ordinal);
        Assert.Equal("one", Encoding.ASCII.GetString(fixture.Handler.Stored));
        Assert.Contains("c:2.04", await fixture.RunAsync("/store", [.. Type(request), "-v", "7", "-m", "ipatch", "-e", "+two"]), StringComparison.Ordinal);
        Assert.Equal("one+two", Encoding.ASCII.GetString(fixture.Handler.Stored));
        Assert.Contains("c:2.02", await fixture.RunAsync("/store", [.. Type(request), "-v", "7", "-m", "delete"]), StringComparison.Ordinal);
        string posted = await fixture.RunAsync("/store", [.. Type(request), "-v", "7", "-m", "post", "-e", "three"]);
        Assert.Contains("c:2.01", posted, StringComparison.Ordinal);
        Assert.Contains("Location-Path:store", posted, StringComparison.Ordinal);
        Assert.Equal("three", Encoding.ASCII.GetString(fixture.Handler.Stored));
    }

    [Fact]
    public async Task Fetch_carries_body_format_and_query()
    {
        await using var fixture = new UdpInteropFixture();
        string output = await fixture.RunAsync("/query?a=1&b", "-v", "7", "-m", "fetch", "-t", "50", "-e", "[\"foo\"]");
        Assert.Contains("c:FETCH", output, StringComparison.Ordinal);
        Assert.Contains("Content-Format:application/json", output, StringComparison.Ordinal);
        Assert.Contains("[\"foo\"]|a=1|b", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, 20_000)]
    [InlineData(64, InteropHandler.LargeLength)]
    [InlineData(512, InteropHandler.LargeLength)]
    [InlineData(1024, InteropHandler.LargeLength)]
    public async Task Put_and_get_in_blocks(int blockSize, int length)
    {
        await using var fixture = new UdpInteropFixture();
        byte[] body = InteropHandler.MakeBody(length);
        string size = blockSize.ToString(CultureInfo.InvariantCulture);
        await fixture.RunAsync("/store", "-m", "put", "-b", size, "-f", await fixture.WriteAsync("sent", body));
        Assert.Equal(body, fixture.Handler.Stored);
        await fixture.RunAsync("/store", "-b", size, "-o", fixture.PathOf("received"));
        Assert.Equal(body, await fixture.ReadAsync("received"));
        Assert.True(fixture.Server.Statistics.Requests >= 2 * length / blockSize, "There were no blocks.");
    }

    [Fact]
    public async Task Get_and_put_a_mebibyte_in_blocks_that_the_sides_choose()
    {
        await using var fixture = new UdpInteropFixture();
        await fixture.RunAsync("/large", "-o", fixture.PathOf("received"));
        Assert.Equal(InteropHandler.Large, await fixture.ReadAsync("received"));
        await fixture.RunAsync("/store", "-m", "post", "-f", await fixture.WriteAsync("sent", InteropHandler.Large));
        Assert.Equal(InteropHandler.Large, fixture.Handler.Stored);
        await fixture.RunAsync("/large", "-N", "-o", fixture.PathOf("non"));
        Assert.Equal(InteropHandler.Large, await fixture.ReadAsync("non"));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var fixture = new UdpInteropFixture(new CoapEndpointOptions { MaxRequestBody = 5000 });
        string output = await fixture.RunAsync("/store", "-v", "7", "-m", "put", "-f", await fixture.WriteAsync("sent", new byte[5001]));
        Assert.Contains("4.13", output, StringComparison.Ordinal);
        Assert.Contains("Size1:5000", output, StringComparison.Ordinal);
        Assert.Empty(fixture.Handler.Stored);
    }

    // The client loses what it sends as the 1st, 3rd and 6th datagram; each costs the 2 to 3 seconds of ACK_TIMEOUT.
    [Theory]
    [InlineData("put")]
    [InlineData("get")]
    public async Task Blocks_survive_loss(string method)
    {
        await using var fixture = new UdpInteropFixture();
        byte[] body = InteropHandler.MakeBody(10_000);
        string file = await fixture.WriteAsync("body", body);
        if (method == "get")
        {
            await fixture.RunAsync("/store", "-m", "put", "-f", file);
            await fixture.RunAsync("/store", "-l", "1,3,6", "-b", "1024", "-o", fixture.PathOf("received"));
            Assert.Equal(body, await fixture.ReadAsync("received"));
        }
        else
        {
            await fixture.RunAsync("/store", "-l", "1,3,6", "-b", "1024", "-m", "put", "-f", file);
        }

        Assert.Equal(body, fixture.Handler.Stored);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Observe_and_cancel(bool isConfirmable)
    {
        await using var fixture = new UdpInteropFixture();
        fixture.Handler.IsConfirmable = isConfirmable;
        await using ForeignProcess process = fixture.Start("/count", "-s", "4", "-v", "7");
        await process.WaitForOutputAsync("count=0");
        Assert.Equal(1, fixture.Handler.Observers);
        for (int i = 1; i <= 5; i++)
        {
            fixture.Handler.Increment();
            await process.WaitForOutputAsync($"count={i}\n");
        }

        Assert.Contains(isConfirmable ? "t:CON c:2.05" : "t:NON c:2.05", process.Output, StringComparison.Ordinal);
        // After its four seconds the client cancels by a GET with Observe 1 (RFC 7641, 3.6).
        await process.WaitForOutputAsync("Observe:1,");
        await Eventually.IsTrueAsync(() => fixture.Handler.Observers == 0);
    }

    [Fact]
    public async Task Observe_what_needs_blocks()
    {
        await using var fixture = new UdpInteropFixture();
        await using ForeignProcess process = fixture.Start("/log", "-s", "30", "-b", "512");
        await process.WaitForOutputAsync(new string('.', 3000));
        fixture.Handler.Increment();
        await process.WaitForOutputAsync("count=1\n");
        await process.WaitForOutputAsync(new string('.', 3000), occurrences: 2);
    }

    [Fact]
    public async Task A_notification_whose_acknowledgement_is_lost_is_repeated()
    {
        await using var fixture = new UdpInteropFixture();
        fixture.Handler.IsConfirmable = true;
        await using ForeignProcess process = fixture.Start("/count", "-s", "30", "-l", "2", "-v", "7");
        await process.WaitForOutputAsync("count=0");
        fixture.Handler.Increment();
        await process.WaitForOutputAsync("count=1\n");
        await process.WaitForOutputAsync("Packet 2 dropped");
        await Eventually.IsTrueAsync(() => fixture.Server.Statistics.Retransmissions > 0);
        await process.WaitForOutputAsync("t:CON c:2.05", occurrences: 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_does_not_know_its_observation_any_more_ends_it_with_a_reset(bool isConfirmable)
    {
        await using var fixture = new UdpInteropFixture();
        fixture.Handler.IsConfirmable = isConfirmable;
        string port = ForeignProcess.FindFreePorts().ToString(CultureInfo.InvariantCulture);
        await using (ForeignProcess first = fixture.Start("/count", "-s", "30", "-p", port, "-T", "first"))
            await first.WaitForOutputAsync("count=0");
        await using ForeignProcess second = fixture.Start("/log", "-s", "30", "-p", port, "-T", "other", "-v", "7");
        await second.WaitForOutputAsync("count=0");
        Assert.Equal(2, fixture.Handler.Observers);
        fixture.Handler.Increment();
        await second.WaitForOutputAsync("t:RST");
        await Eventually.IsTrueAsync(() => fixture.Handler.Observers == 1);
    }

    [Fact]
    public async Task A_separate_response()
    {
        await using var fixture = new UdpInteropFixture();
        await using ForeignProcess process = fixture.Start("/later", "-v", "7", "-B", "50");
        await process.WaitForOutputAsync("t:ACK c:0.00");
        fixture.Handler.Permit();
        await process.WaitForOutputAsync("t:CON c:2.05");
        Assert.Equal(0, await process.WaitForExitAsync());
        Assert.Contains("at last", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ping()
    {
        await using var fixture = new UdpInteropFixture();
        // libcoap pings after a second without traffic: an Empty Confirmable message, which gets a Reset (RFC 7252, 4.3).
        await using ForeignProcess process = fixture.Start("/count", "-s", "30", "-K", "1", "-v", "7");
        await process.WaitForOutputAsync("t:CON c:0.00", occurrences: 2);
        await process.WaitForOutputAsync("t:RST c:0.00", occurrences: 2);
        Assert.Equal(1, fixture.Handler.Observers);
    }

    [Fact]
    public async Task Unknown_options()
    {
        await using var fixture = new UdpInteropFixture();
        string critical = await fixture.RunAsync("/hello", "-O", "65001,x");
        Assert.Contains("4.02", critical, StringComparison.Ordinal);
        Assert.Contains("option 65001 is critical", critical, StringComparison.Ordinal);
        Assert.Contains("hello from Surety", await fixture.RunAsync("/hello", "-O", "65000,x"), StringComparison.Ordinal);
        // RFC 7252, 5.4.1: rejected when Non-confirmable, without an answer; the client waits for its two seconds.
        string rejected = await ForeignProcess.RunAsync(
            UdpInteropFixture.Client, TcpInteropFixture.Package, "-N", "-B", "2", "-v", "7", "-O", "65001,x", $"coap://127.0.0.1:{fixture.Server.LocalEndPoint.Port}/hello");
        Assert.DoesNotContain("c:4.02", rejected, StringComparison.Ordinal);
        Assert.DoesNotContain("c:2.05", rejected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conditions_and_validation()
    {
        await using var fixture = new UdpInteropFixture();
        await fixture.RunAsync("/store", "-m", "put", "-e", "first");
        string tagged = await fixture.RunAsync("/store", "-v", "7");
        Assert.Contains("ETag:0x00000001", tagged, StringComparison.Ordinal);
        Assert.Contains("4.12", await fixture.RunAsync("/store", "-m", "put", "-e", "second", "-O", "1,0x00000009"), StringComparison.Ordinal);
        Assert.Contains("4.12", await fixture.RunAsync("/store", "-m", "put", "-e", "second", "-O", "5,"), StringComparison.Ordinal);
        Assert.Equal("first", Encoding.ASCII.GetString(fixture.Handler.Stored));
        await fixture.RunAsync("/store", "-m", "put", "-e", "second", "-O", "1,0x00000001");
        Assert.Equal("second", Encoding.ASCII.GetString(fixture.Handler.Stored));
        string valid = await fixture.RunAsync("/store", "-v", "7", "-O", "4,0x00000002");
        Assert.Contains("c:2.03", valid, StringComparison.Ordinal);
        Assert.DoesNotContain("'second'", valid, StringComparison.Ordinal);
        Assert.Contains("c:2.05", await fixture.RunAsync("/store", "-v", "7", "-O", "4,0x00000001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_of_another_format()
    {
        await using var fixture = new UdpInteropFixture();
        Assert.Contains("4.06", await fixture.RunAsync("/hello", "-A", "50"), StringComparison.Ordinal);
        Assert.Contains("hello from Surety", await fixture.RunAsync("/hello", "-A", "0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discovery()
    {
        await using var fixture = new UdpInteropFixture();
        string all = await fixture.RunAsync("/.well-known/core");
        Assert.Contains("</hello>;rt=\"greeting\";ct=0", all, StringComparison.Ordinal);
        Assert.Contains("</large>;sz=1048576;ct=42", all, StringComparison.Ordinal);
        string counters = await fixture.RunAsync("/.well-known/core?rt=counter");
        Assert.Contains("</count>;rt=\"counter\";obs,</log>;rt=\"counter log\";obs", counters, StringComparison.Ordinal);
        Assert.DoesNotContain("</hello>", counters, StringComparison.Ordinal);
        Assert.Contains("</hello>", await fixture.RunAsync("/.well-known/core?rt=gree*"), StringComparison.Ordinal);
        Assert.Contains("</store>", await fixture.RunAsync("/.well-known/core?href=/st*"), StringComparison.Ordinal);
    }

    private static string[] Type(string type) => type == "NON" ? ["-N"] : [];
}
