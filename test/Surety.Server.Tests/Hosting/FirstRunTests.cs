using System.Net;
using Microsoft.Data.Sqlite;
using Surety.Server.Hosting;

namespace Surety.Server.Tests.Hosting;

/// <summary>The data directory, over first and later starts.</summary>
public sealed class FirstRunTests
{
    [Fact]
    public async Task The_first_start_makes_an_account_and_a_key_that_only_its_owner_can_read()
    {
        await using var server = await TestServer.StartAsync("--Surety:FirstRun:AccountName=Acme");
        Assert.Equal(111, server.AdminKey.Length);
        Assert.Equal("Acme", (await server.Admin.GetOkAsync("/v3/accounts/me")).Text("display_name"));
        Assert.Single((await server.Admin.GetOkAsync("/v3/api-keys/me"))["groups"]!.AsArray());
        Assert.Contains(server.KeyFile, server.Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.AdminKey, server.Output.ToString(), StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(ownerOnly, File.GetUnixFileMode(server.KeyFile));
        Assert.Equal(ownerOnly, File.GetUnixFileMode(Path.Combine(server.DataDirectory, "surety.db")));
    }

    [Fact]
    public async Task A_later_start_keeps_everything_and_makes_no_second_account()
    {
        await using var server = await TestServer.StartAsync();
        var key = server.AdminKey;
        var account = (await server.Admin.GetOkAsync("/v3/accounts/me")).ToJsonString();
        var device = (await server.Admin.PostAsync("/v3/devices", "{\"endpoint_name\":\"d\",\"custom_attributes\":{\"a\":\"1\"}}")).ToJsonString();
        var second = (await server.Admin.PostAsync("/v3/api-keys", "{\"name\":\"second\"}")).Text("key");
        await server.RestartAsync();

        Assert.Equal(key, server.AdminKey);
        Assert.Equal(account, (await server.Admin.GetOkAsync("/v3/accounts/me")).ToJsonString());
        Assert.Equal(device, (await server.Admin.GetOkAsync("/v3/devices"))["data"]![0]!.ToJsonString());
        Assert.Equal("second", (await server.Client(second).GetOkAsync("/v3/api-keys/me")).Text("name"));
        Assert.Equal(2, (int)(await server.Admin.GetOkAsync("/v3/api-keys"))["total_count"]!);
    }

    [Fact]
    public async Task A_file_left_by_a_start_that_was_cut_short_is_replaced()
    {
        var directory = Directory.CreateTempSubdirectory("surety-");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "admin.key"), "of no use", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "admin.key.new"), "half", TestContext.Current.CancellationToken);
        await using (var server = await TestServer.StartInAsync(directory.FullName))
        {
            await server.Admin.GetOkAsync("/v3/devices");
            Assert.False(File.Exists(Path.Combine(directory.FullName, "admin.key.new")));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(server.KeyFile));
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task The_last_use_of_a_key_outlives_a_restart()
    {
        await using var server = await TestServer.StartAsync();
        var second = await server.Admin.PostAsync("/v3/api-keys", "{\"name\":\"second\"}");
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await server.Client(second.Text("key")).GetOkAsync("/v3/devices");
        await server.RestartAsync();
        Assert.True((long)(await server.Admin.GetOkAsync($"/v3/api-keys/{second.Text("id")}"))["last_login_time"]! >= before);
    }

    [Fact]
    public async Task Two_servers_do_not_share_a_data_directory()
    {
        await using var server = await TestServer.StartAsync();
        var error = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartInAsync(server.DataDirectory));
        Assert.Contains("in use by another Surety process", error.Message, StringComparison.Ordinal);
        await server.Admin.GetOkAsync("/v3/devices");
    }

    [Fact]
    public async Task A_database_that_a_newer_version_wrote_is_refused_and_left_alone()
    {
        var directory = Directory.CreateTempSubdirectory("surety-");
        await (await TestServer.StartInAsync(directory.FullName)).DisposeAsync();
        Execute(directory.FullName, "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '99.0.0')");
        var error = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartInAsync(directory.FullName));
        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
        Assert.Contains("FromTheFuture", error.Message, StringComparison.Ordinal);
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_start_that_was_killed_while_it_changed_the_schema_does_not_block_the_next()
    {
        var directory = Directory.CreateTempSubdirectory("surety-");
        await (await TestServer.StartInAsync(directory.FullName)).DisposeAsync();
        // What EF Core leaves behind when it is killed in a migration.
        Execute(
            directory.FullName,
            "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER PRIMARY KEY, \"Timestamp\" TEXT NOT NULL);"
            + "INSERT OR REPLACE INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')");
        await using (var server = await TestServer.StartInAsync(directory.FullName))
            await server.Admin.GetOkAsync("/v3/devices");
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_in_the_error()
    {
        var directory = Directory.CreateTempSubdirectory("surety-");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "surety.db"), new string('x', 8192), TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartInAsync(directory.FullName));
        Assert.Contains("The database cannot be opened", error.Message, StringComparison.Ordinal);
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_named_in_the_error()
    {
        var file = Path.GetTempFileName();
        var error = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartInAsync(Path.Combine(file, "data")));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task The_database_keeps_a_write_ahead_log()
    {
        await using var server = await TestServer.StartAsync();
        await server.Admin.PostAsync("/v3/devices", "{}");
        Assert.True(File.Exists(Path.Combine(server.DataDirectory, "surety.db-wal")));
    }

    [Fact]
    public async Task The_server_says_whether_it_lives_and_is_ready()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal("""{"status":"ok","checks":{}}""", (await server.Anonymous.GetOkAsync("/health/live")).ToJsonString());
        Assert.Equal("""{"status":"ok","checks":{"database":"ok"}}""", (await server.Anonymous.GetOkAsync("/health/ready")).ToJsonString());
        await using (var db = server.Service<Surety.Server.Storage.SuretyDbFactory>().OpenForPlatform())
            Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRaw(db.Database, "PRAGMA foreign_keys=OFF; DROP TABLE accounts");
        using var response = await server.Anonymous.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal("""{"status":"failed","checks":{"database":"failed"}}""", (await response.ReadAsync(HttpStatusCode.ServiceUnavailable)).ToJsonString());
        await server.Anonymous.GetOkAsync("/health/live");
    }

    private static void Execute(string directory, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "surety.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
