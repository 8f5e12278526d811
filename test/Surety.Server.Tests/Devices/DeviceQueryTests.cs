using System.Net;
using System.Text.Json.Nodes;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Devices;

/// <summary>Saved queries, and changes that must not undo another's; the same on both databases.</summary>
public abstract class DeviceQueryTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : DeviceQueryTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : DeviceQueryTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Queries = "/v3/device-queries";

    [Fact]
    public async Task A_query_is_made_read_listed_changed_and_deleted()
    {
        var client = await server.NewAccountAsync();
        var made = await client.PostAsync(Queries + "/", """{"name":"silent","query":"state=deregistered&custom_attributes__site__eq=oulu"}""");
        Assert.Equal("device-query", made.Text("object"));
        Assert.Equal("state=deregistered&custom_attributes__site__eq=oulu", made.Text("query"));
        var path = $"{Queries}/{made.Text("id")}";
        Assert.Equal(made.ToJsonString(), (await client.GetOkAsync(path)).ToJsonString());
        // The contract knows no conflict of names here.
        var other = await client.PostAsync(Queries, """{"name":"silent","query":"id__in=00000000000000000000000000000000"}""");
        Assert.Equal([made.Text("id"), other.Text("id")], (await client.GetOkAsync(Queries)).All("id"));
        Assert.Equal([other.Text("id")], (await client.GetOkAsync($"{Queries}?query__eq=id__in%3D00000000000000000000000000000000")).All("id"));
        Assert.Equal([made.Text("id")], (await client.GetOkAsync($"{Queries}?filter=query_id%3D{made.Text("id")}%26created_at__gte%3D2020-11-30T16%3A25%3A12.1234Z")).All("id"));
        Assert.Equal(2, (int)(await client.GetOkAsync($"{Queries}?name__in=silent,x&limit=2&include=total_count"))["total_count"]!);
        var changed = await client.PutAsync(path, """{"name":"silent now","query":"state=registered"}""");
        Assert.Equal(("silent now", "state=registered"), (changed.Text("name"), changed.Text("query")));
        Assert.NotEqual(made.Text("etag"), changed.Text("etag"));
        Assert.Equal(made.Text("created_at"), changed.Text("created_at"));
        await client.DeleteExpectingAsync(path, HttpStatusCode.NoContent);
        await client.DeleteExpectingAsync(path, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "query")]
    [InlineData("""{"query":"state=registered"}""", "name")]
    [InlineData("""{"name":"x","query":"colour=red"}""", "query")]
    [InlineData("""{"name":"x","query":"state__gte=registered"}""", "query")]
    [InlineData("""{"name":"x","query":"created_at__gte=never"}""", "query")]
    [InlineData("""{"name":"x","query":"nonsense"}""", "query")]
    [InlineData("""{"name":"x","query":"name=a%00b"}""", "query")]
    [InlineData("""{"name":["x"],"query":"state=registered"}""", "name")]
    public async Task A_query_that_selects_nothing_that_there_is_is_refused(string body, string field)
    {
        using var response = await server.Admin.SendAsync(HttpMethod.Post, Queries, body);
        Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task Names_end_at_200_and_queries_at_1000_characters()
    {
        var client = await server.NewAccountAsync();
        await client.PostAsync(Queries, new JsonObject { ["name"] = new string('ü', 200), ["query"] = "name=" + new string('x', 995) }.ToJsonString());
        foreach (var (name, query, field) in new[] { (201, 10, "name"), (10_000, 10, "name"), (1, 996, "query") })
        {
            using var response = await client.SendAsync(
                HttpMethod.Post, Queries, new JsonObject { ["name"] = new string('x', name), ["query"] = "name=" + new string('x', query) }.ToJsonString());
            Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        }
    }

    [Theory]
    [InlineData("/v3/devices", """{"name":"x"}""")]
    [InlineData("/v3/device-groups", """{"name":"x"}""")]
    [InlineData("/v3/device-queries", """{"name":"x","query":"state=registered"}""")]
    public async Task A_change_with_the_etag_of_before_is_refused(string list, string body)
    {
        var client = await server.NewAccountAsync();
        var made = await client.PostAsync(list, body);
        var path = $"{list}/{made.Text("id")}";
        Assert.Equal(HttpStatusCode.OK, await PutAsync($"\"{made.Text("etag")}\"", "y"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await PutAsync($"\"{made.Text("etag")}\"", "z"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await PutAsync("\"nonsense\"", "z"));
        Assert.Equal("y", (await client.GetOkAsync(path)).Text("name"));
        Assert.Equal(HttpStatusCode.OK, await PutAsync("*", "z"));

        async Task<HttpStatusCode> PutAsync(string etag, string name)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, path)
            {
                Content = new StringContent(body.Replace("\"x\"", $"\"{name}\"", StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("If-Match", etag);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            if (response.StatusCode == HttpStatusCode.PreconditionFailed)
                await response.ReadErrorAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Devices_that_many_change_at_once_take_every_change()
    {
        var client = await server.NewAccountAsync();
        var id = (await client.PostAsync("/v3/devices", """{"custom_attributes":{"a":"0","b":"0"}}""")).Text("id");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.PutAsync($"/v3/devices/{id}", (i % 4) switch
        {
            0 => """{"custom_attributes":{"a":"1","c":"1"}}""",
            1 => """{"custom_attributes":{"c":"2"}}""",
            2 => """{"name":"n"}""",
            _ => """{"description":"d"}""",
        })));
        var device = await client.GetOkAsync($"/v3/devices/{id}");
        Assert.Equal(("n", "d"), (device.Text("name"), device.Text("description")));
        // The map is one change or the other, never a mixture.
        Assert.Contains(device["custom_attributes"]!.ToJsonString(), new[] { """{"a":"1","c":"1"}""", """{"c":"2"}""" });
        Assert.Equal(device.Text("updated_at"), device.Text("etag"));
    }
}
