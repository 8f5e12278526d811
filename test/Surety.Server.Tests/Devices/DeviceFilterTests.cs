using System.Net;
using Surety.Server.Api.Filters;
using Surety.Server.Storage;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Devices;

/// <summary>The filter syntax, in both of its forms; the same on both databases.</summary>
public abstract class DeviceFilterTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : DeviceFilterTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : DeviceFilterTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Theory]
    [InlineData("state__eq=registered", "a,b")]
    [InlineData("state=registered", "a,b")]
    [InlineData("state__eq=REGISTERED", "a,b")]
    [InlineData("state__neq=registered", "c,d")]
    [InlineData("state__in=unenrolled,bootstrapped", "c,d")]
    [InlineData("state__nin=unenrolled,bootstrapped", "a,b")]
    [InlineData("name__eq=Grün & \"blau\"", "a")]
    [InlineData("name__neq=", "a,b")]
    [InlineData("name=", "c,d")]
    [InlineData("name__in=Grün & \"blau\",b+c", "a,b")]
    [InlineData("name__nin=b+c", "a,c,d")]
    [InlineData("endpoint_name__in=a,d", "a,d")]
    [InlineData("endpoint_name__neq=a", "b,c,d")]
    [InlineData("endpoint_name__nin=a,b", "c,d")]
    [InlineData("auto_update__eq=true", "a")]
    [InlineData("auto_update__eq=True", "a")]
    [InlineData("auto_update__neq=TRUE", "b,c,d")]
    [InlineData("device_execution_mode__eq=1", "b")]
    [InlineData("device_execution_mode__in=1,5", "b,c")]
    [InlineData("deployed_state__eq=development", "b")]
    [InlineData("lifecycle_status__eq=enabled", "a,b,c,d")]
    [InlineData("lifecycle_status__eq=blocked", "")]
    [InlineData("operator_suspended__eq=false", "a,b,c,d")]
    [InlineData("mechanism__eq=direct", "d")]
    [InlineData("bootstrap_expiration_date__lte=2030-01-01", "a")]
    [InlineData("bootstrap_expiration_date__gte=2030-01-01", "a,b")]
    [InlineData("bootstrap_expiration_date__eq=2030-01-01", "a")]
    [InlineData("bootstrap_expiration_date__in=2030-01-01,2031-01-01", "a,b")]
    [InlineData("bootstrap_expiration_date__neq=2030-01-01", "b,c,d")]
    [InlineData("created_at__gte=2020-01-01T00:00:00Z", "a,b,c,d")]
    [InlineData("created_at__lte=2020-01-01T00:00:00Z", "")]
    [InlineData("created_at__gte=20200101T000000Z", "a,b,c,d")]
    [InlineData("created_at__gte=2020-01-01T00:00:00.123456789+02:00", "a,b,c,d")]
    [InlineData("updated_at__lte=2020-01-01", "")]
    [InlineData("bootstrapped_timestamp__lte=2030-01-01T00:00:00Z", "")]
    [InlineData("custom_attributes__colour=red", "a,b")]
    [InlineData("custom_attributes__colour__eq=red", "a,b")]
    [InlineData("custom_attributes__colour__neq=red", "c,d")]
    [InlineData("custom_attributes__colour__in=red,blue", "a,b,c")]
    [InlineData("custom_attributes__colour__nin=red,blue", "d")]
    [InlineData("custom_attributes__odd__key=x", "d")]
    [InlineData("custom_attributes__odd__key__neq=x", "a,b,c")]
    [InlineData("custom_attributes__colour=", "d")]
    [InlineData("custom_attributes__colour__neq=", "a,b,c")]
    [InlineData("custom_attributes__colour__in=,blue", "c,d")]
    [InlineData("custom_attributes__colour__nin=,blue", "a,b")]
    [InlineData("component_attributes__main=1.2.3", "")]
    [InlineData("component_attributes__main__eq=", "a,b,c,d")]
    [InlineData("bootstrap_expiration_date__eq=null", "c,d")]
    [InlineData("bootstrap_expiration_date__neq=null", "a,b")]
    [InlineData("bootstrap_expiration_date__eq=", "c,d")]
    [InlineData("bootstrap_expiration_date__in=null,2031-01-01", "b,c,d")]
    [InlineData("bootstrap_expiration_date__nin=null,2031-01-01", "a")]
    [InlineData("bootstrapped_timestamp__eq=null", "a,b,c,d")]
    [InlineData("bootstrapped_timestamp__nin=null", "")]
    [InlineData("etag__gte=2020-01-01T00:00:00Z", "a,b,c,d")]
    [InlineData("groups__eq=null", "a,b,c,d")]
    [InlineData("name__like=GR", "a")]
    [InlineData("name__like=+C", "b")]
    [InlineData("endpoint_name__like=D", "d")]
    [InlineData("endpoint_name__like=_", "")]
    [InlineData("state__eq=registered&auto_update__eq=true", "a")]
    [InlineData("state__eq=registered&custom_attributes__room__eq=4", "b")]
    public async Task Conditions_mean_the_same_as_parameters_and_as_a_string(string conditions, string expected)
    {
        var client = await FourDevicesAsync();
        var parts = conditions.Split('&').Select(part => part.Split('=', 2)).ToList();
        if (conditions.Contains("Grün", StringComparison.Ordinal))
            parts = [conditions.Split('=', 2)];
        var parameters = string.Join('&', parts.Select(part => $"{part[0]}={Uri.EscapeDataString(part[1])}"));
        var list = await client.GetOkAsync($"/v3/devices?{parameters}");
        Assert.Equal(Names(expected), list.All("endpoint_name"));
        // The string is encoded as a whole; its values may hold reserved characters only if they are encoded by themselves, too.
        list = await client.GetOkAsync($"/v3/devices?filter={Uri.EscapeDataString(parameters)}");
        Assert.Equal(Names(expected), list.All("endpoint_name"));
    }

    [Fact]
    public async Task A_string_that_is_encoded_once_works_for_plain_values()
    {
        var client = await FourDevicesAsync();
        var list = await client.GetOkAsync("/v3/devices/?filter=state%3Dregistered%26created_at__gte%3D2020-01-01T00%3A00%3A00Z");
        Assert.Equal(["a", "b"], list.All("endpoint_name"));
    }

    [Theory]
    [InlineData("filter=")]
    [InlineData("filter")]
    [InlineData("filter=&limit=10")]
    public async Task An_empty_string_is_no_filter(string query)
    {
        var client = await FourDevicesAsync();
        Assert.Equal(4, (await client.GetOkAsync($"/v3/devices?{query}")).All("id").Count);
    }

    [Fact]
    public async Task Ids_and_accounts_can_be_listed()
    {
        var client = await FourDevicesAsync();
        var all = await client.GetOkAsync("/v3/devices");
        var ids = all.All("id");
        Assert.Equal([ids[1]], (await client.GetOkAsync($"/v3/devices?id={ids[1]}")).All("id"));
        Assert.Equal([ids[0], ids[2]], (await client.GetOkAsync($"/v3/devices?id__in={ids[2]},{ids[0].ToUpperInvariant()}")).All("id"));
        Assert.Equal(ids, (await client.GetOkAsync($"/v3/devices?account_id__eq={all.All("account_id")[0]}")).All("id"));
        Assert.Empty((await client.GetOkAsync($"/v3/devices?account_id__neq={all.All("account_id")[0]}")).All("id"));
    }

    [Fact]
    public async Task A_list_of_1000_ids_is_taken_and_a_longer_one_refused()
    {
        var client = await FourDevicesAsync();
        var id = (await client.GetOkAsync("/v3/devices")).All("id")[3];
        var others = Enumerable.Range(1, 999).Select(number => number.ToString("x32"));
        Assert.Equal([id], (await client.GetOkAsync($"/v3/devices?id__in={string.Join(',', others)},{id}")).All("id"));
        var error = await client.GetErrorAsync(
            $"/v3/devices?id__in={string.Join(',', Enumerable.Repeat("1", 1001))}", HttpStatusCode.BadRequest, "validation_error");
        Assert.Contains("1000", error.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("colour__eq=red", "colour__eq", "known are account_id, auto_update")]
    [InlineData("colour=red", "colour", "custom_attributes__<key>")]
    [InlineData("created_at__lte=null", "created_at__lte", "must have a value")]
    [InlineData("groups__in=x", "groups__in", "must be an id")]
    [InlineData("groups__gte=x", "groups__gte", "groups knows eq, neq, in, nin")]
    [InlineData("state__gt=registered", "state__gt", "state knows eq, neq, in, nin")]
    [InlineData("state__=registered", "state__", "state knows eq, neq, in, nin")]
    [InlineData("auto_update__in=true", "auto_update__in", "auto_update knows eq, neq")]
    [InlineData("auto_update__eq=yes", "auto_update__eq", "must be true or false")]
    [InlineData("state__eq=flying", "state__eq", "must be one of unenrolled")]
    [InlineData("device_execution_mode__eq=one", "device_execution_mode__eq", "must be a whole number")]
    [InlineData("created_at__gte=Thu Jan 02 2020 03:04:05 GMT 0000", "created_at__gte", "must be a time such as")]
    [InlineData("created_at__in=2020-01-01T00:00:00Z,never", "created_at__in", "must be a time such as")]
    [InlineData("bootstrap_expiration_date__eq=2020-13-01", "bootstrap_expiration_date__eq", "must be a date")]
    [InlineData("id__eq=1", "id__eq", "must be an id of 32 hexadecimal digits")]
    [InlineData("name__eq=a%00b", "name__eq", "must not contain the character NUL")]
    [InlineData("filter=state", "filter", "where field=value is expected")]
    [InlineData("filter==x", "filter", "where field=value is expected")]
    [InlineData("filter=colour%3Dred", "colour", "known are")]
    public async Task What_is_not_known_is_named_with_what_is(string query, string field, string message)
    {
        var error = await server.Admin.GetErrorAsync($"/v3/devices?{query.Replace(" ", "%20", StringComparison.Ordinal)}", HttpStatusCode.BadRequest, "validation_error");
        Assert.Equal([field], error.Fields());
        Assert.Contains(message, error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_10_000_characters_and_100_conditions_are_refused()
    {
        await server.Admin.GetErrorAsync($"/v3/devices?name__eq={new string('x', 10_000)}", HttpStatusCode.BadRequest, "validation_error");
        await server.Admin.GetErrorAsync(
            $"/v3/devices?{string.Join('&', Enumerable.Repeat("name__neq=x", 100))}", HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task A_text_that_knows_like_is_searched_whatever_the_case()
    {
        var client = await FourDevicesAsync();
        Assert.True(EntityId.TryParse((await client.GetOkAsync("/v3/accounts/me")).Text("id"), out var account));
        await using var db = server.Service<SuretyDbFactory>().Open(account);
        var filters = new FilterSet<Surety.Server.Features.Directory.Device>().Text("name", device => device.Name, like: true);
        Assert.Equal(["a"], filters.Apply(db.Devices, [new FilterCondition("name__like", "& \"BLAU")]).Select(device => device.EndpointName));
        Assert.Empty(filters.Apply(db.Devices, [new FilterCondition("name__like", "%")]));
    }

    [Fact]
    public async Task A_filter_cannot_leave_its_place_in_the_query()
    {
        var client = await FourDevicesAsync();
        Assert.Empty((await client.GetOkAsync("/v3/devices?name__eq=' OR '1'='1")).All("id"));
        Assert.Empty((await client.GetOkAsync("/v3/devices?custom_attributes__a') OR 1=1 --=x")).All("id"));
    }

    private static IReadOnlyList<string> Names(string expected) => expected.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private async Task<HttpClient> FourDevicesAsync()
    {
        var client = await server.NewAccountAsync();
        await client.PostAsync("/v3/devices", """
            {"endpoint_name":"a","state":"registered","name":"Grün & \"blau\"","auto_update":true,"bootstrap_expiration_date":"2030-01-01",
             "custom_attributes":{"colour":"red"}}
            """);
        await client.PostAsync("/v3/devices", """
            {"endpoint_name":"b","state":"registered","name":"b+c","device_execution_mode":1,"bootstrap_expiration_date":"2031-01-01",
             "custom_attributes":{"colour":"red","room":"4"}}
            """);
        await client.PostAsync("/v3/devices", """
            {"endpoint_name":"c","state":"bootstrapped","device_execution_mode":5,"custom_attributes":{"colour":"blue","room":"4"}}
            """);
        await client.PostAsync("/v3/devices", """{"endpoint_name":"d","mechanism":"direct","custom_attributes":{"odd__key":"x"}}""");
        return client;
    }
}
