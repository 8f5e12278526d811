using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Surety.Server;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Directory;
using Surety.Server.Hosting;
using Surety.Server.Storage;

// What the directory costs with many devices, beside the bare SQL that reads the same rows, in the same process and the same run: each request
// over HTTP as an application sends it, each statement with a prepared command that reads every column. Tables as Markdown.
// Arguments: devices, rounds, and a connection string for PostgreSQL; without one it is SQLite.
var devices = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;
var postgres = args.Length > 2 ? args[2] : null;
var data = Directory.CreateTempSubdirectory("surety-bench-");
string[] options =
[
    "--Urls=http://127.0.0.1:0", $"--Surety:DataDirectory={data.FullName}", "--Surety:Lwm2m:Coaps=none", "--Surety:Lwm2m:CoapsTcp=none",
    "--Surety:Bootstrap:Coaps=none", "--Surety:Bootstrap:CoapsTcp=none", "--Logging:LogLevel:Default=None",
    .. postgres is null ? Array.Empty<string>() : ["--Surety:Database:Provider=Postgres", $"--Surety:Database:ConnectionString={postgres}"],
];
await using var app = SuretyHost.Build(CommandLine.Parse(options), TextWriter.Null, null);
await SuretyHost.StartAsync(app);
try
{
    var databases = app.Services.GetRequiredService<SuretyDbFactory>();
    var (account, key) = await app.Services.GetRequiredService<AccountService>().CreateAsync("Bench", null, CancellationToken.None);
    using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    await using var db = databases.Open(account);
    var connection = db.Database.GetDbConnection();
    await connection.OpenAsync();
    Fill(app.Services.GetRequiredService<DeviceDirectory>(), account, devices);
    foreach (var statement in (string[])
    [
        "INSERT INTO device_custom_attributes (device_id, key, value) SELECT id, 'site', 'site-' || substr(endpoint_name, 16) FROM devices",
        "INSERT INTO device_custom_attributes (device_id, key, value) SELECT id, 'line', 'line-' || substr(endpoint_name, 17) FROM devices",
        "ANALYZE",
    ])
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }

    const string filtered = " AND state = 3 AND EXISTS (SELECT 1 FROM device_custom_attributes a WHERE a.device_id = devices.id AND a.key = 'site' AND a.value = 'site-42')";
    Console.WriteLine($"{devices} devices, {(postgres is null ? "SQLite" : "PostgreSQL")}; milliseconds, medians of {rounds}");
    Console.WriteLine();
    Console.WriteLine("| request | devices | HTTP request | bare SQL | ratio |");
    Console.WriteLine("|---|---|---|---|---|");
    await CompareAsync("first page of 50", "?", "", 50, isCounted: false);
    await CompareAsync("first page of 1000", "?limit=1000&", "", 1000, isCounted: false);
    await CompareAsync("filtered page of 50", "?state__eq=registered&custom_attributes__site__eq=site-42&", filtered, 50, isCounted: false);
    await CompareAsync("filtered page of 1000", "?limit=1000&state__eq=registered&custom_attributes__site__eq=site-42&", filtered, 1000, isCounted: false);
    await CompareAsync("count of all, page of 2", "?limit=2&include=total_count&", "", 2, isCounted: true);
    await CompareAsync("count of the filtered, page of 2", "?limit=2&include=total_count&state__eq=registered&custom_attributes__site__eq=site-42&", filtered, 2, isCounted: true);

    async Task CompareAsync(string name, string query, string condition, int limit, bool isCounted)
    {
        var page = $"SELECT id FROM devices WHERE account_id = @account{condition} ORDER BY id LIMIT {limit + 1}";
        List<string> statements =
        [
            page.Replace("SELECT id ", "SELECT * ", StringComparison.Ordinal),
            $"SELECT a.* FROM device_custom_attributes a WHERE device_id IN ({page})",
            $"SELECT a.* FROM device_component_attributes a WHERE device_id IN ({page})",
            $"SELECT a.* FROM device_group_members a WHERE device_id IN ({page})",
        ];
        if (isCounted)
            statements.Add($"SELECT count(*) FROM devices WHERE account_id = @account{condition}");
        var commands = statements.ConvertAll(statement => Prepare(connection, statement, postgres is null ? account.ToByteArray() : account.ToGuid()));
        var path = "/v3/devices" + query.TrimEnd('&', '?');
        var count = 0;
        var times = (Http: new List<double>(), Sql: new List<double>());
        // In turns, so that both have the same neighbours; the first ones warm up.
        for (var round = -20; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var body = await client.GetByteArrayAsync(path);
            var http = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            foreach (var command in commands)
                await ReadAsync(command);
            var sql = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (round < 0)
            {
                count = JsonDocument.Parse(body).RootElement.GetProperty("data").GetArrayLength();
                continue;
            }

            times.Http.Add(http);
            times.Sql.Add(sql);
        }

        foreach (var command in commands)
            await command.DisposeAsync();
        var (mine, bare) = (Median(times.Http), Median(times.Sql));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {count} | {mine:f2} | {bare:f2} | {mine / bare:f2} |"));
    }
}
finally
{
    await app.StopAsync();
    data.Delete(recursive: true);
}

// As devices come: two thirds of them are registered.
static void Fill(DeviceDirectory directory, EntityId account, int count)
{
    const int batch = 1000;
    using var writer = directory.OpenWriter();
    var identities = new DeviceIdentity[batch];
    var resolved = new ResolvedDevice[batch];
    var states = new DeviceStateChange[batch];
    var outcomes = new DeviceStateOutcome[batch];
    for (var start = 0; start < count; start += batch)
    {
        for (var i = 0; i < batch; i++)
            identities[i] = new DeviceIdentity(account, string.Create(CultureInfo.InvariantCulture, $"urn:dev:b-{start + i:d7}")) { EndpointType = "bench" };
        writer.ResolveBatch(identities, resolved);
        for (var i = 0; i < batch; i++)
            states[i] = new DeviceStateChange(resolved[i].Id, i % 3 == 0 ? DeviceState.Deregistered : DeviceState.Registered, TimeProvider.System.GetUtcNow());
        writer.ApplyStates(states, outcomes);
    }
}

static DbCommand Prepare(DbConnection connection, string statement, object account)
{
    var command = connection.CreateCommand();
    command.CommandText = statement;
    var parameter = command.CreateParameter();
    parameter.ParameterName = "@account";
    parameter.Value = account;
    command.Parameters.Add(parameter);
    command.Prepare();
    return command;
}

static async Task<int> ReadAsync(DbCommand command)
{
    await using var reader = await command.ExecuteReaderAsync();
    var values = new object[reader.FieldCount];
    var rows = 0;
    while (await reader.ReadAsync())
    {
        reader.GetValues(values);
        rows++;
    }

    return rows;
}

static double Median(List<double> values)
{
    values.Sort();
    return values[values.Count / 2];
}
