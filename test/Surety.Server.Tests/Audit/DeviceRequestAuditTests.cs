using System.Text.Json.Nodes;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Audit;

/// <summary>Who has told a device to do what, and whether it has, is in the log; what is only read is not.</summary>
public sealed class DeviceRequestAuditTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    [Fact]
    public async Task Writes_are_logged_with_their_outcome_and_without_the_value_and_reads_are_not()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.StartDeviceAsync("audited");
        var id = await app.FindAsync("audited");
        Assert.Equal(200, (int)(await app.AskAsync(id, "GET", "/1/0/1", accept: "text/plain"))["status"]!);
        Assert.Equal(200, (int)(await app.AskAsync(id, "PUT", "/1/0/1", "424242", "text/plain"))["status"]!);
        Assert.Equal(404, (int)(await app.AskAsync(id, "DELETE", "/3341/99"))["status"]!);
        var entries = await EntriesAsync(app.Client, id, 4);
        Assert.Equal(["device_request", "device_response", "device_request", "device_response"], entries.Select(entry => entry!.Text("action")));
        Assert.Equal([null, 200, null, 404], entries.Select(entry => (int?)entry!["status"]));
        Assert.All(entries, entry => Assert.Equal("api_key", entry!.Text("actor_type")));
        Assert.Equal(entries[0]!.Text("request_id"), entries[1]!.Text("request_id"));
        Assert.Equal("audited", entries[0]!.Text("entity_name"));
        Assert.Equal("/1/0/1", Value(entries[0]!, "uri"));
        Assert.Equal("PUT", Value(entries[0]!, "method"));
        Assert.Equal("6", Value(entries[0]!, "payload_bytes"));
        Assert.DoesNotContain("424242", entries.ToJsonString(), StringComparison.Ordinal);
    }

    private static string Value(JsonNode entry, string member) => entry["changes"]!.AsArray().Single(change => change!.Text("member") == member)!.Text("after");

    private static async Task<JsonArray> EntriesAsync(HttpClient client, string device, int count)
    {
        while (true)
        {
            // What became of a request is written behind the answer to its application.
            var entries = (await client.GetOkAsync($"/v3/audit-log?entity_id__eq={device}"))["data"]!.AsArray();
            if (entries.Count >= count)
                return entries;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
