using System.Net;
using System.Text.Json.Nodes;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Devices;

/// <summary>Devices over REST; the same on both databases.</summary>
public abstract class DeviceApiTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : DeviceApiTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : DeviceApiTests(fixture.Server), IClassFixture<PostgresFixture>;

    /// <summary>Members of DeviceData in the contract of 2020-10.</summary>
    private static readonly string[] Members =
    [
        "account_id", "auto_update", "bootstrap_expiration_date", "bootstrapped_timestamp", "ca_id", "component_attributes",
        "connector_expiration_date", "created_at", "custom_attributes", "deployed_state", "deployment", "description", "device_class",
        "device_execution_mode", "device_key", "endpoint_name", "endpoint_type", "enrolment_list_timestamp", "etag", "firmware_checksum",
        "groups", "host_gateway", "id", "issuer_fingerprint", "last_operator_suspended_category", "last_operator_suspended_description",
        "last_operator_suspended_updated_at", "last_system_suspended_category", "last_system_suspended_description",
        "last_system_suspended_updated_at", "lifecycle_status", "manifest", "manifest_timestamp", "mechanism", "mechanism_url", "name",
        "net_id", "object", "operator_suspended", "serial_number", "state", "system_suspended", "updated_at", "vendor_id",
    ];

    [Fact]
    public async Task A_new_device_has_every_member_of_the_contract_and_its_defaults()
    {
        var client = await server.NewAccountAsync();
        var device = await client.PostAsync("/v3/devices/", "{}");
        Assert.Equal(Members, device.AsObject().Select(member => member.Key).Order());
        Assert.Equal("device", device.Text("object"));
        Assert.Matches("^[0-9a-f]{32}$", device.Text("id"));
        Assert.Equal("unenrolled", device.Text("state"));
        Assert.Equal("enabled", device.Text("lifecycle_status"));
        Assert.Equal(0, (int)device["device_execution_mode"]!);
        Assert.Equal("connector", device.Text("mechanism"));
        Assert.Equal("{}", device["custom_attributes"]!.ToJsonString());
        Assert.Null(device["bootstrapped_timestamp"]);
        Assert.Equal((await client.GetOkAsync("/v3/accounts/me")).Text("id"), device.Text("account_id"));
        // SDKs parse these with a fixed pattern.
        foreach (var member in new[] { "created_at", "updated_at", "etag" })
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", device.Text(member));
    }

    [Fact]
    public async Task What_was_posted_is_what_is_read()
    {
        var client = await server.NewAccountAsync();
        const string body =
            """
            {"auto_update":true,"bootstrap_expiration_date":"2031-05-22","ca_id":"ca","connector_expiration_date":"2032-01-01",
             "custom_attributes":{"colour":"grün","Room":"4"},"deployment":"d","description":"Temperature measuring device","device_class":"class",
             "device_execution_mode":1,"device_key":"00:11","endpoint_name":"sensor-1","endpoint_type":"thermometer","host_gateway":"gw",
             "issuer_fingerprint":"C42EDEFC75871E4CE2146FCDA67D03DDA05CC26FDF93B17B55F42C1EADFDC322","manifest":"m","mechanism":"direct",
             "mechanism_url":"u","name":"温度計 \"1\" 😀","serial_number":"0001","state":"bootstrapped","vendor_id":"vendor"}
            """;
        var created = await client.PostAsync("/v3/devices", body);
        var read = await client.GetOkAsync($"/v3/devices/{created.Text("id")}");
        Assert.Equal(created.ToJsonString(), read.ToJsonString());
        foreach (var (member, value) in JsonNode.Parse(body)!.AsObject())
        {
            if (member != "custom_attributes")
                Assert.Equal(value!.ToJsonString(), read[member]!.ToJsonString());
        }

        Assert.Equal("development", read.Text("deployed_state"));
        Assert.Equal("grün", read["custom_attributes"]!.Text("colour"));
        Assert.Equal("4", read["custom_attributes"]!.Text("Room"));
    }

    [Fact]
    public async Task A_trailing_slash_makes_no_difference()
    {
        var client = await server.NewAccountAsync();
        var id = (await client.PostAsync("/v3/devices/", "{}")).Text("id");
        Assert.Equal(id, (await client.GetOkAsync($"/v3/devices/{id}/")).Text("id"));
        Assert.Equal(id, (await client.GetOkAsync($"/v3/devices/{id.ToUpperInvariant()}")).Text("id"));
        Assert.Equal([id], (await client.GetOkAsync("/v3/devices/?limit=2")).All("id"));
        Assert.Equal("n", (await client.PutAsync($"/v3/devices/{id}/", "{\"name\":\"n\"}")).Text("name"));
        using var deleted = await client.DeleteAsync($"/v3/devices/{id}/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("", await deleted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_endpoint_name_is_unique_in_its_account_and_free_in_another()
    {
        var first = await server.NewAccountAsync();
        var second = await server.NewAccountAsync();
        await first.PostAsync("/v3/devices", "{\"endpoint_name\":\"twin\"}");
        await second.PostAsync("/v3/devices", "{\"endpoint_name\":\"twin\"}");
        using var response = await first.SendAsync(HttpMethod.Post, "/v3/devices", "{\"endpoint_name\":\"twin\"}");
        var error = await response.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
        Assert.Equal(["endpoint_name"], error.Fields());
    }

    [Fact]
    public async Task Devices_without_an_endpoint_name_do_not_conflict()
    {
        var client = await server.NewAccountAsync();
        await client.PostAsync("/v3/devices", "{}");
        await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"\"}");
        var list = await client.GetOkAsync("/v3/devices?endpoint_name__eq=&include=total_count");
        Assert.Equal(["", ""], list.All("endpoint_name"));
        Assert.Equal(2, (int)list["total_count"]!);
    }

    [Fact]
    public async Task Put_changes_what_it_names_and_nothing_else()
    {
        var client = await server.NewAccountAsync();
        var before = await client.PostAsync("/v3/devices", "{\"name\":\"old\",\"description\":\"stays\",\"custom_attributes\":{\"a\":\"1\",\"b\":\"2\"}}");
        var after = await client.PutAsync(
            $"/v3/devices/{before.Text("id")}", "{\"name\":\"new\",\"custom_attributes\":{\"b\":\"3\",\"c\":\"4\"}}");
        Assert.Equal("new", after.Text("name"));
        Assert.Equal("stays", after.Text("description"));
        Assert.Equal("{\"b\":\"3\",\"c\":\"4\"}", after["custom_attributes"]!.ToJsonString());
        Assert.Equal(before.Text("created_at"), after.Text("created_at"));
        Assert.True(string.CompareOrdinal(after.Text("updated_at"), before.Text("updated_at")) > 0);
        Assert.Equal(after.Text("updated_at"), after.Text("etag"));
        Assert.Equal(after.ToJsonString(), (await client.GetOkAsync($"/v3/devices/{before.Text("id")}")).ToJsonString());
    }

    [Fact]
    public async Task Put_takes_back_everything_that_was_read_with_nulls_and_read_only_members()
    {
        var client = await server.NewAccountAsync();
        var device = await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"e\",\"custom_attributes\":{\"a\":\"1\"}}");
        var same = await client.PutAsync($"/v3/devices/{device.Text("id")}", device.ToJsonString());
        Assert.Equal(device.ToJsonString(), same.ToJsonString());
        var nulls = await client.PutAsync(
            $"/v3/devices/{device.Text("id")}", "{\"name\":null,\"custom_attributes\":null,\"auto_update\":null,\"endpoint_name\":null,\"description\":\"x\"}");
        Assert.Equal("e", nulls.Text("endpoint_name"));
        Assert.Equal("1", nulls["custom_attributes"]!.Text("a"));
        Assert.Equal("x", nulls.Text("description"));
    }

    [Fact]
    public async Task The_endpoint_name_cannot_be_changed()
    {
        var client = await server.NewAccountAsync();
        var device = await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"e\"}");
        using var response = await client.SendAsync(HttpMethod.Put, $"/v3/devices/{device.Text("id")}", "{\"endpoint_name\":\"other\"}");
        Assert.Equal(["endpoint_name"], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Theory]
    [InlineData("{\"custom_attributes\":{\"a\":\"1\",\"b\":\"1\",\"c\":\"1\",\"d\":\"1\",\"e\":\"1\",\"f\":\"1\"}}")]
    [InlineData("{\"custom_attributes\":{\"1a\":\"1\"}}")]
    [InlineData("{\"custom_attributes\":{\"\":\"1\"}}")]
    [InlineData("{\"custom_attributes\":{\"a\":null}}")]
    public async Task Custom_attributes_keep_the_rules(string body)
    {
        using var response = await server.Admin.SendAsync(HttpMethod.Post, "/v3/devices", body);
        Assert.Equal(["custom_attributes"], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task Lengths_count_characters_as_people_see_them_in_the_contract()
    {
        var client = await server.NewAccountAsync();
        var longest = string.Concat(Enumerable.Repeat("😀", 128));
        Assert.Equal(longest, (await client.PostAsync("/v3/devices", $"{{\"name\":\"{longest}\"}}")).Text("name"));
        using var response = await client.SendAsync(HttpMethod.Post, "/v3/devices", $"{{\"name\":\"{longest}x\"}}");
        await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task A_device_with_a_production_certificate_cannot_be_deleted()
    {
        var client = await server.NewAccountAsync();
        var id = (await client.PostAsync("/v3/devices", "{\"device_execution_mode\":5}")).Text("id");
        using var response = await client.DeleteAsync($"/v3/devices/{id}", TestContext.Current.CancellationToken);
        await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        await client.GetOkAsync($"/v3/devices/{id}");
    }

    [Fact]
    public async Task A_deleted_device_is_gone_and_its_name_is_free()
    {
        var client = await server.NewAccountAsync();
        var id = (await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"again\",\"custom_attributes\":{\"a\":\"1\"}}")).Text("id");
        using var deleted = await client.DeleteAsync($"/v3/devices/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await client.GetErrorAsync($"/v3/devices/{id}", HttpStatusCode.NotFound, "not_found");
        using var again = await client.DeleteAsync($"/v3/devices/{id}", TestContext.Current.CancellationToken);
        await again.ReadErrorAsync(HttpStatusCode.NotFound, "not_found");
        Assert.NotEqual(id, (await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"again\"}")).Text("id"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("' OR 1=1 --")]
    public async Task An_id_that_nothing_has_is_a_404(string id) =>
        await server.Admin.GetErrorAsync($"/v3/devices/{id}", HttpStatusCode.NotFound, "not_found");
}
