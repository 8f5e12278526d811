using System.Net;
using System.Text;

namespace Surety.Client.Tests;

/// <summary>What is at the other end may be anything.</summary>
public sealed class HostileAnswerTests
{
    private const string AccountJson = """{"object":"account","id":"0176a1b2c3d400000000000100100a01","display_name":"Acme"}""";

    [Theory]
    [InlineData(200, "application/json", "{\"id\":")]
    [InlineData(200, "application/json", "[]")]
    [InlineData(200, "application/json", "null")]
    [InlineData(200, "application/json", "{\"id\":5}")]
    [InlineData(200, "text/html", "<html>Sign in to the hotel's network</html>")]
    [InlineData(502, "text/html", "<html>Bad gateway</html>")]
    [InlineData(404, "application/json", "{\"object\":\"error\",\"message\":7")]
    [InlineData(302, "text/html", "")]
    public async Task An_answer_that_is_not_of_the_API_is_called_so(int status, string type, string body)
    {
        (SuretyClient client, _) = Client(Answer(status, type, body));
        SuretyException e = await Assert.ThrowsAsync<SuretyException>(() => client.Accounts.GetMineAsync());
        Assert.Equal((status, SuretyException.UnexpectedAnswer), (e.Code, e.Type));
    }

    [Fact]
    public async Task An_error_object_keeps_its_members_and_cannot_steer_a_terminal()
    {
        (SuretyClient client, _) = Client(Answer(400, "application/json", """{"object":"error","code":400,"type":"validation_error","message":"Bad\u001b[2J","request_id":"00ff","fields":[{"name":"limit","message":"must be a number"},null]}"""));
        SuretyException e = await Assert.ThrowsAsync<SuretyException>(() => client.Accounts.GetMineAsync());
        Assert.Equal(("validation_error", "00ff"), (e.Type, e.RequestId));
        Assert.Equal(new ErrorField("limit", "must be a number"), Assert.Single(e.Fields));
        Assert.DoesNotContain('\u001b', e.Message);
    }

    [Fact]
    public async Task A_server_that_hangs_ends_with_a_timeout()
    {
        static async Task<HttpResponseMessage> Hang(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }

        await using var client = new SuretyClient(new Uri("http://surety.test"), SuretyCredential.FromKey("ak_1"), new SuretyClientOptions { Handler = new ScriptedHandler(Hang), Timeout = TimeSpan.FromMilliseconds(50) });
        await Assert.ThrowsAsync<TimeoutException>(() => client.Accounts.GetMineAsync());
        using var cancelled = new CancellationTokenSource();
        Task<Account> waiting = client.Accounts.GetMineAsync(cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => waiting);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_server_is_asked_again_when_it_says_so(int status)
    {
        (SuretyClient client, ScriptedHandler handler) = Client(Busy(status, 0), Busy(status, 0), Answer(200, "application/json", AccountJson));
        Assert.Equal("Acme", (await client.Accounts.GetMineAsync()).DisplayName);
        Assert.Equal(3, handler.Requests);
    }

    [Fact]
    public async Task What_is_not_safe_to_repeat_is_not_repeated()
    {
        (SuretyClient client, ScriptedHandler handler) = Client(Busy(503, 0));
        await Assert.ThrowsAsync<SuretyException>(() => client.Users.CreateAsync(new UserRequest { Email = "a@b.c" }));
        Assert.Equal(1, handler.Requests);
    }

    [Fact]
    public async Task An_hour_is_not_waited_for()
    {
        (SuretyClient client, ScriptedHandler handler) = Client(Busy(429, 3600));
        Assert.Equal(429, (await Assert.ThrowsAsync<SuretyException>(() => client.Accounts.GetMineAsync())).Code);
        Assert.Equal(1, handler.Requests);
    }

    [Fact]
    public async Task A_list_that_repeats_itself_is_left()
    {
        (SuretyClient client, ScriptedHandler handler) = Client(Answer(200, "application/json", """{"object":"list","has_more":true,"data":[{"id":"1"}]}"""));
        await Assert.ThrowsAsync<SuretyException>(async () =>
        {
            await foreach (Device _ in client.Devices.ListAsync())
                Assert.InRange(handler.Requests, 1, 2);
        });
    }

    [Fact]
    public async Task An_id_cannot_climb_out_of_its_place()
    {
        string? asked = null;
        (SuretyClient client, _) = Client((request, cancellationToken) =>
        {
            asked = request.RequestUri!.AbsoluteUri;
            return Answer(200, "application/json", "{}")(request, cancellationToken);
        });
        await client.Devices.GetAsync("../users?x=1");
        Assert.Equal("http://surety.test/v3/devices/..%2Fusers%3Fx%3D1", asked);
        await Assert.ThrowsAsync<ArgumentException>(() => client.Devices.GetAsync(".."));
    }

    [Fact]
    public void A_filter_is_written_as_the_contract_has_it()
    {
        var filter = new Filter().Equal("state", "registered").In("id", "a", "b").AtLeast("created_at", DateTimeOffset.UnixEpoch).Parse("name=a&b").Parse("custom_attributes__floor=3");
        Assert.Equal("state__eq=registered&id__in=a%2Cb&created_at__gte=1970-01-01T00%3A00%3A00Z&name__eq=a%26b&custom_attributes__floor__eq=3", filter.ToString());
        Assert.Throws<FormatException>(() => filter.Parse("state"));
    }

    [Fact]
    public void Values_of_TLV_are_read_as_what_they_are()
    {
        // LwM2M Core 1.2, table C-2: C8 00 14 "Open Mobile Alliance", C1 09 64 (battery level 100).
        Assert.Equal("Open Mobile Alliance", Tlv("C800144F70656E204D6F62696C6520416C6C69616E6365").AsText());
        Assert.Equal(100, Tlv("C10964").As<int>());
        Assert.Throws<FormatException>(() => Tlv("C10964C10964").As<int>());
        Assert.Throws<FormatException>(() => Tlv("C8").As<int>());
        Assert.Equal(21.5, new ResourceValue("d", "/3303/0/5700", "text/plain", "21.5"u8.ToArray(), default).As<double>());
    }

    private static ResourceValue Tlv(string hex) => new("d", "/3/0/0", "application/vnd.oma.lwm2m+tlv", Convert.FromHexString(hex), default);

    private static (SuretyClient Client, ScriptedHandler Handler) Client(params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] answers)
    {
        var handler = new ScriptedHandler(answers);
        return (new SuretyClient(new Uri("http://surety.test"), SuretyCredential.FromKey("ak_1"), new SuretyClientOptions { Handler = handler }), handler);
    }

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer(int status, string type, string body) => (_, _) =>
        Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) });

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Busy(int status, int seconds) => (_, _) =>
        Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Headers = { RetryAfter = new(TimeSpan.FromSeconds(seconds)) } });
}
