using System.Net;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Devices;

/// <summary>The list envelope and paging; the same on both databases.</summary>
public abstract class DevicePagingTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : DevicePagingTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : DevicePagingTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Fact]
    public async Task An_empty_list_is_a_200_with_the_envelope()
    {
        var client = await server.NewAccountAsync();
        var list = await client.GetOkAsync("/v3/devices");
        Assert.Equal(
            """{"object":"list","limit":50,"after":null,"order":"ASC","has_more":false,"data":[]}""", list.ToJsonString());
    }

    [Theory]
    [InlineData("limit=1", 2)]
    [InlineData("limit=0", 2)]
    [InlineData("limit=-5", 2)]
    [InlineData("limit=2", 2)]
    [InlineData("limit=1000", 1000)]
    [InlineData("limit=1001", 1000)]
    [InlineData("limit=99999999999999999999", 1000)]
    [InlineData("limit=", 50)]
    [InlineData("", 50)]
    public async Task The_limit_is_brought_within_its_bounds(string query, int expected) =>
        Assert.Equal(expected, (int)(await server.Admin.GetOkAsync($"/v3/devices?{query}"))["limit"]!);

    [Theory]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=2.5", "limit")]
    [InlineData("order=up", "order")]
    [InlineData("after=yesterday", "after")]
    public async Task A_paging_parameter_that_cannot_be_read_is_named(string query, string field) =>
        Assert.Equal([field], (await server.Admin.GetErrorAsync($"/v3/devices?{query}", HttpStatusCode.BadRequest, "validation_error")).Fields());

    [Theory]
    [InlineData("ASC")]
    [InlineData("DESC")]
    [InlineData("desc")]
    public async Task Pages_give_every_device_once_in_the_order_of_creation(string order)
    {
        var client = await server.NewAccountAsync();
        var created = await CreateAsync(client, 7);
        var seen = new List<string>();
        var after = "";
        while (true)
        {
            var page = await client.GetOkAsync($"/v3/devices?limit=3&order={order}{after}");
            Assert.Equal(order.ToUpperInvariant(), page.Text("order"));
            seen.AddRange(page.All("id"));
            if (!(bool)page["has_more"]!)
                break;
            after = $"&after={seen[^1]}";
            Assert.Equal(3, page["data"]!.AsArray().Count);
        }

        Assert.Equal(order == "ASC" ? created : Enumerable.Reverse(created), seen);
    }

    [Fact]
    public async Task A_page_echoes_the_id_it_begins_behind()
    {
        var client = await server.NewAccountAsync();
        var created = await CreateAsync(client, 3);
        var page = await client.GetOkAsync($"/v3/devices?after={created[0].ToUpperInvariant()}");
        Assert.Equal(created[0], page.Text("after"));
        Assert.Equal(created[1..], page.All("id"));
    }

    [Fact]
    public async Task Devices_that_are_deleted_and_made_between_pages_neither_hide_nor_repeat_others()
    {
        var client = await server.NewAccountAsync();
        var created = await CreateAsync(client, 6);
        var first = await client.GetOkAsync("/v3/devices?limit=2");
        Assert.Equal(created[..2], first.All("id"));
        // The one the next page begins behind, and one before it.
        foreach (var id in created[..2])
            (await client.DeleteAsync($"/v3/devices/{id}", TestContext.Current.CancellationToken)).Dispose();
        var late = await CreateAsync(client, 1, "late");
        var second = await client.GetOkAsync($"/v3/devices?limit=2&after={created[1]}");
        Assert.Equal(created[2..4], second.All("id"));
        var third = await client.GetOkAsync($"/v3/devices?limit=5&after={created[3]}&include=total_count");
        Assert.Equal([.. created[4..], .. late], third.All("id"));
        Assert.False((bool)third["has_more"]!);
        Assert.Equal(5, (int)third["total_count"]!);
    }

    [Theory]
    [InlineData("total_count")]
    [InlineData("foo,total_count")]
    [InlineData("foo, total_count")]
    [InlineData(" TOTAL_COUNT ")]
    public async Task The_total_count_is_given_when_it_is_asked_for(string include)
    {
        var client = await server.NewAccountAsync();
        await CreateAsync(client, 3);
        var page = await client.GetOkAsync($"/v3/devices?limit=2&include={Uri.EscapeDataString(include)}");
        Assert.Equal(3, (int)page["total_count"]!);
        Assert.True((bool)page["has_more"]!);
    }

    [Fact]
    public async Task The_total_count_counts_what_the_filter_lets_through()
    {
        var client = await server.NewAccountAsync();
        await CreateAsync(client, 3);
        Assert.Equal(1, (int)(await client.GetOkAsync("/v3/devices?include=total_count&endpoint_name__eq=d1"))["total_count"]!);
    }

    private static async Task<List<string>> CreateAsync(HttpClient client, int count, string prefix = "d")
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
            ids.Add((await client.PostAsync("/v3/devices", $"{{\"endpoint_name\":\"{prefix}{i}\"}}")).Text("id"));
        return ids;
    }
}
