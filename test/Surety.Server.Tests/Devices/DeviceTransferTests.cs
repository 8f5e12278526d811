using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Devices;

/// <summary>Devices as files, out and in; the same on both databases.</summary>
public abstract class DeviceTransferTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : DeviceTransferTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : DeviceTransferTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Import = "/v3/devices/import";

    [Fact]
    public async Task A_CSV_export_has_a_column_for_each_attribute_and_nothing_that_a_spreadsheet_executes()
    {
        var client = await server.NewAccountAsync();
        await client.PostAsync("/v3/devices", """{"endpoint_name":"a","name":"=HYPERLINK(\"http://x\")","description":"two\r\nlines, \"quoted\"","custom_attributes":{"site":"oulu"}}""");
        await client.PostAsync("/v3/devices", """{"endpoint_name":"b","name":"@SUM(A1)","description":"-1","custom_attributes":{"line":"+4"}}""");
        await client.PostAsync("/v3/devices", """{"endpoint_name":"c","name":"'quoted","description":"\t=1"}""");
        using var response = await client.GetAsync("/v3/devices/export.csv?endpoint_name__in=a,b,c", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("devices.csv", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("id,endpoint_name,name,description,", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        Assert.Contains(",created_at,updated_at,custom_attributes__line,custom_attributes__site\r\n", text, StringComparison.Ordinal);
        Assert.Contains(",a,\"'=HYPERLINK(\"\"http://x\"\")\",\"two\r\nlines, \"\"quoted\"\"\",", text, StringComparison.Ordinal);
        Assert.Contains(",b,\"'@SUM(A1)\",\"'-1\",", text, StringComparison.Ordinal);
        Assert.Contains(",c,\"''quoted\",\"'\t=1\",", text, StringComparison.Ordinal);
        Assert.Contains(",\"'+4\",\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_exported_comes_back_as_no_change()
    {
        var client = await server.NewAccountAsync();
        var group = (await client.PostAsync("/v3/device-groups", """{"name":"g"}""")).Text("id");
        string[] names = ["", "=1", "'=1", "''", "-", "a\"b", "a,b;c", " x ", "ü\n€", "\ufeffbom"];
        for (var i = 0; i < names.Length; i++)
            await client.PostAsync("/v3/devices", new JsonObject { ["endpoint_name"] = $"d{i}", ["name"] = names[i], ["custom_attributes"] = new JsonObject { ["k"] = names[i] + "x" } }.ToJsonString());
        await client.PostAsync($"/v3/device-groups/{group}/devices/add-matching", """{"filter":"endpoint_name__in=d1,d2"}""", HttpStatusCode.OK);
        foreach (var (file, type) in new[] { ("export.csv", "text/csv"), ("export.json", "application/json") })
        {
            var export = await client.GetStringAsync($"/v3/devices/{file}", TestContext.Current.CancellationToken);
            var report = await ImportAsync(client, export, type);
            Assert.Equal((names.Length, 0, names.Length, 0), Counts(report));
        }
    }

    [Fact]
    public async Task An_export_of_more_than_a_page_has_every_device_once()
    {
        var client = await server.NewAccountAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async part =>
        {
            for (var i = 0; i < 130; i++)
                await client.PostAsync("/v3/devices", $$"""{"endpoint_name":"{{part}}-{{i}}"}""");
        }));
        var all = JsonNode.Parse(await client.GetStringAsync("/v3/devices/export.json", TestContext.Current.CancellationToken))!.AsArray();
        Assert.Equal(520, all.Select(device => device!.Text("id")).Distinct().Count());
        Assert.Equal(520, all.Count);
        Assert.Equal((await client.GetOkAsync("/v3/devices?limit=1000"))["data"]!.ToJsonString(), all.ToJsonString());
        var lines = (await client.GetStringAsync("/v3/devices/export.csv?endpoint_name__like=1-&order=DESC", TestContext.Current.CancellationToken)).Split("\r\n");
        Assert.Equal(all.Count(device => device!.Text("endpoint_name").Contains("1-", StringComparison.Ordinal)), lines.Length - 2);
        Assert.Equal("[]", (await client.GetStringAsync("/v3/devices/export.json?name=nobody", TestContext.Current.CancellationToken)).Trim());
    }

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("limit=10", "limit")]
    [InlineData("after=00000000000000000000000000000000", "after")]
    [InlineData("state=flying", "state")]
    public async Task An_export_refuses_what_it_does_not_know(string query, string field)
    {
        foreach (var file in new[] { "export.csv", "export.json" })
            Assert.Equal([field], (await server.Admin.GetErrorAsync($"/v3/devices/{file}?{query}", HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    [Fact]
    public async Task A_preview_tells_what_the_import_then_does()
    {
        var client = await server.NewAccountAsync();
        var one = (await client.PostAsync("/v3/devices", """{"endpoint_name":"one","name":"old","custom_attributes":{"site":"oulu","line":"1"}}""")).Text("id");
        var two = (await client.PostAsync("/v3/devices", """{"endpoint_name":"two"}""")).Text("id");
        var group = (await client.PostAsync("/v3/device-groups", """{"name":"g"}""")).Text("id");
        var file = $"\ufeffendpoint_name,name,custom_attributes__site,custom_attributes__line,groups,state\r\none,\"new, \"\"name\"\"\",turku,,{group},registered\r\ntwo,,,,,\nthree,x,,,,\n";
        var before = await client.GetOkAsync("/v3/devices");
        var preview = await ImportAsync(client, file, "text/csv", "?preview=true");
        Assert.Equal((3, 1, 1, 1), Counts(preview));
        Assert.True((bool)preview["preview"]!);
        Assert.Equal(before.ToJsonString(), (await client.GetOkAsync("/v3/devices")).ToJsonString());
        var change = preview["changes"]![0]!;
        Assert.Equal((2, one), ((int)change["row"]!, change.Text("device_id")));
        Assert.Equal(
            ["name: old -> new, \"name\"", $"groups:  -> {group}", "custom_attributes__line: 1 -> ", "custom_attributes__site: oulu -> turku"],
            change["fields"]!.AsArray().Select(field => $"{field!.Text("name")}: {field!.Text("before")} -> {field!.Text("after")}"));
        var error = preview["errors"]![0]!;
        Assert.Equal((4, "three", "endpoint_name"), ((int)error["row"]!, error.Text("endpoint_name"), error["fields"]![0]!.Text("name")));
        var done = await ImportAsync(client, file, "text/csv");
        Assert.Equal(preview["changes"]!.ToJsonString(), done["changes"]!.ToJsonString());
        Assert.Equal(preview["errors"]!.ToJsonString(), done["errors"]!.ToJsonString());
        var device = await client.GetOkAsync($"/v3/devices/{one}");
        Assert.Equal(("new, \"name\"", """{"site":"turku"}""", "unenrolled"), (device.Text("name"), device["custom_attributes"]!.ToJsonString(), device.Text("state")));
        Assert.Equal(group, (string)device["groups"]![0]!);
        Assert.NotEqual(before["data"]![0]!.Text("etag"), device.Text("etag"));
        Assert.Equal(before["data"]![1]!.ToJsonString(), (await client.GetOkAsync($"/v3/devices/{two}")).ToJsonString());
        Assert.Equal((3, 0, 2, 1), Counts(await ImportAsync(client, file, "text/csv")));
    }

    [Fact]
    public async Task A_JSON_import_replaces_maps_and_leaves_what_it_does_not_name()
    {
        var client = await server.NewAccountAsync();
        var id = (await client.PostAsync("/v3/devices", """{"endpoint_name":"one","name":"n","description":"d","custom_attributes":{"a":"1","b":"2"}}""")).Text("id");
        var report = await ImportAsync(client, $$"""[{"id":"{{id}}","endpoint_name":"one","name":null,"custom_attributes":{"c":"3"},"state":"registered"}]""", "application/json");
        Assert.Equal((1, 1, 0, 0), Counts(report));
        var device = await client.GetOkAsync($"/v3/devices/{id}");
        Assert.Equal(("n", "d", """{"c":"3"}"""), (device.Text("name"), device.Text("description"), device["custom_attributes"]!.ToJsonString()));
    }

    [Fact]
    public async Task Each_row_with_an_error_is_told_and_the_others_are_done()
    {
        var client = await server.NewAccountAsync();
        var foreign = (await (await server.NewAccountAsync()).PostAsync("/v3/devices", """{"endpoint_name":"theirs"}""")).Text("id");
        var mine = (await client.PostAsync("/v3/devices", """{"endpoint_name":"mine"}""")).Text("id");
        await client.PostAsync("/v3/devices", """{"endpoint_name":"also"}""");
        JsonArray rows =
        [
            new JsonObject { ["id"] = foreign, ["name"] = "stolen" }, new JsonObject { ["endpoint_name"] = "theirs" }, new JsonObject { ["name"] = "nobody" }, 7,
            new JsonObject { ["id"] = mine, ["name"] = 7 }, new JsonObject { ["id"] = mine, ["endpoint_name"] = "other" }, new JsonObject { ["id"] = "x" },
            new JsonObject { ["endpoint_name"] = "also", ["name"] = new string('n', 129), ["groups"] = new JsonArray("x", foreign) },
            new JsonObject { ["id"] = mine, ["name"] = "new" }, new JsonObject { ["endpoint_name"] = "mine", ["name"] = "newer" }, null,
            new JsonObject { ["id"] = mine, ["custom_attributes"] = new JsonObject { ["1"] = "x" } },
        ];
        var report = await ImportAsync(client, rows.ToJsonString(), "application/json");
        Assert.Equal((12, 1, 0, 11), Counts(report));
        Assert.Equal(
            ["1 id", "2 endpoint_name", "3 id", "4 row", "5 name", "6 endpoint_name", "7 id", "8 name", "10 endpoint_name", "11 row", "12 id"],
            report["errors"]!.AsArray().Select(error => $"{error!["row"]} {error["fields"]![0]!.Text("name")}"));
        Assert.Equal(3, report["errors"]![7]!["fields"]!.AsArray().Count);
        Assert.Contains("row 9", report["errors"]![8]!["fields"]![0]!.Text("message"), StringComparison.Ordinal);
        Assert.Equal(["new", ""], (await client.GetOkAsync("/v3/devices")).All("name"));
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("\r\n\r\n", "The file is empty")]
    [InlineData("name,description\nx,y", "id or endpoint_name")]
    [InlineData("id,nmae\nx,y", "nmae is not a column of devices")]
    [InlineData("id,name,name\nx,y,z", "name is there twice")]
    [InlineData("id,name\nx,\"y", "record 2 ends within a quoted value")]
    [InlineData("id,name\na,b\nx,\"y\"z", "record 3 has text behind a quoted value")]
    public async Task A_file_that_is_no_CSV_of_devices_is_refused_as_a_whole(string file, string words)
    {
        using var response = await server.Admin.SendAsync(HttpMethod.Post, Import, file, "text/csv");
        Assert.Contains(words, (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest, "validation_error")]
    [InlineData("[{}", "application/json", HttpStatusCode.BadRequest, "validation_error")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]", "application/json", HttpStatusCode.BadRequest, "validation_error")]
    [InlineData("id\nx", "text/plain", HttpStatusCode.UnsupportedMediaType, "unsupported_media_type")]
    public async Task Another_body_is_refused(string body, string type, HttpStatusCode status, string error)
    {
        using var response = await server.Admin.SendAsync(HttpMethod.Post, Import, body, type);
        await response.ReadErrorAsync(status, error);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_and_values_past_the_bounds_are_refused()
    {
        foreach (var body in new[] { (byte[])[.. "id,name\nx,"u8, 0xFF, 0xC0], Encoding.UTF8.GetBytes("id,name\nx," + new string('n', 10_000)), Encoding.UTF8.GetBytes("id" + new string(',', 1000)) })
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("text/csv");
            using var response = await server.Admin.SendAsync(HttpMethod.Post, Import, content);
            await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        }

        using var preview = await server.Admin.SendAsync(HttpMethod.Post, Import + "?preview=perhaps", "id\n", "text/csv");
        Assert.Equal(["preview"], (await preview.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        // Short of the columns, or with one too many: the row is wrong, not the file.
        Assert.Equal((2, 0, 0, 2), Counts(await ImportAsync(server.Admin, "id,name\nx\nx,y,z", "text/csv")));
    }

    private static (int Rows, int Changed, int Unchanged, int Failed) Counts(JsonNode report) =>
        ((int)report["rows"]!, (int)report["changed"]!, (int)report["unchanged"]!, (int)report["failed"]!);

    private static async Task<JsonNode> ImportAsync(HttpClient client, string file, string type, string query = "")
    {
        using var response = await client.SendAsync(HttpMethod.Post, Import + query, file, type);
        return await response.ReadAsync(HttpStatusCode.OK);
    }
}
