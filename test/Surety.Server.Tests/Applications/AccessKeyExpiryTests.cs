using System.Net;

namespace Surety.Server.Tests.Applications;

/// <summary>An access key whose time is over.</summary>
public sealed class AccessKeyExpiryTests
{
    [Fact]
    public async Task A_key_ends_when_its_time_is_over_and_lives_on_with_a_later_one()
    {
        var time = new ShiftedTime();
        await using var server = await TestServer.StartAsync(time);
        var application = $"/v3/applications/{(await server.Admin.PostAsync("/v3/applications", "{\"name\":\"a\"}")).Text("id")}";
        var made = await server.Admin.PostAsync($"{application}/access-keys", $"{{\"name\":\"k\",\"expiration\":\"{time.GetUtcNow().AddHours(1):yyyy-MM-ddTHH:mm:ssZ}\"}}");
        var path = $"{application}/access-keys/{made.Text("id")}";
        var client = server.Client(made.Text("key"));
        await client.GetOkAsync("/v3/devices");
        Assert.Equal("ACTIVE", (await server.Admin.GetOkAsync(path)).Text("status"));
        time.PutForward(TimeSpan.FromHours(1));
        await client.GetErrorAsync("/v3/devices", HttpStatusCode.Unauthorized, "invalid_apikey");
        var expired = await server.Admin.GetOkAsync(path);
        Assert.Equal("EXPIRED", expired.Text("status"));
        Assert.Equal([made.Text("id")], (await server.Admin.GetOkAsync("/v3/access-keys?status__eq=EXPIRED")).All("id"));
        Assert.Empty((await server.Admin.GetOkAsync("/v3/access-keys?status__eq=ACTIVE")).All("id"));
        // Clients send back what they have read.
        Assert.Equal("1", (await server.Admin.PutAsync(path, expired.ToJsonString())).Text("etag"));
        await server.Admin.PutAsync(path, $"{{\"name\":\"k\",\"expiration\":\"{time.GetUtcNow().AddHours(1):yyyy-MM-ddTHH:mm:ssZ}\"}}");
        await client.GetOkAsync("/v3/devices");
    }
}
