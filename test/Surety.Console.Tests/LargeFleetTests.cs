using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Surety.Console.Tests;

/// <summary>A directory of 100,000 devices.</summary>
public sealed class LargeFleetTests(Chromium chromium)
{
    private const int Devices = 100_000;

    [Fact]
    public async Task Among_100_000_devices_the_first_page_a_filter_and_a_search_find_theirs()
    {
        await using SuretyProcess server = await DemoServer.StartAsync();
        await using var fleet = new Fleet(server.Ports.Coap);
        Assert.NotNull(await fleet.RegisterAsync("seed"));
        await FillAsync(Path.Combine(server.DataDirectory, "surety.db"));
        await using Person person = await Person.OpenAsync(chromium, server);
        IPage page = (await person.SignInAsync()).Page;

        var clock = Stopwatch.StartNew();
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Devices", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "All 100,001" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("^(seed|fleet-)") }).First).ToBeVisibleAsync();
        Tell("first page and count", clock);

        ILocator filter = page.GetByRole(AriaRole.Textbox, new() { Name = "Filter" });
        clock.Restart();
        await filter.FillAsync("endpoint_name=fleet-077777");
        await filter.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "fleet-077777" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("1–1 of 1")).ToBeVisibleAsync();
        Tell("filter", clock);

        clock.Restart();
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("fleet-012345");
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Name = "fleet-012345" }).First).ToBeVisibleAsync();
        Tell("search", clock);
        Assert.Empty(person.Complaints);
    }

    private static void Tell(string what, Stopwatch clock) => TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {clock.ElapsedMilliseconds} ms");

    /// <summary>Devices like the first one, written beside the server, which keeps nothing of the directory in memory.</summary>
    private static async Task FillAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Default Timeout=60");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        List<string> columns = [];
        await using (SqliteCommand list = connection.CreateCommand())
        {
            list.CommandText = "SELECT name FROM pragma_table_info('devices')";
            await using SqliteDataReader reader = await list.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                columns.Add(reader.GetString(0));
        }

        // 16 bytes and a name of their own; they have deregistered (4).
        IEnumerable<string> values = columns.Select(column => column switch
        {
            "id" => "CAST(printf('%016d', i) AS BLOB)",
            "endpoint_name" => "printf('fleet-%06d', i)",
            "state" => "4",
            _ => column,
        });
        await using SqliteCommand fill = connection.CreateCommand();
        fill.CommandText =
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Devices}) INSERT INTO devices ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM devices, n";
        Assert.Equal(Devices, await fill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
