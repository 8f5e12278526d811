using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Surety.Server.Hosting;

namespace Surety.Server.Tests.Hosting;

/// <summary>The server as a process that is killed.</summary>
public sealed partial class KilledServerTests
{
    [Fact]
    public async Task A_server_that_is_killed_has_every_device_it_acknowledged_when_it_starts_again()
    {
        var directory = Directory.CreateTempSubdirectory("surety-");
        var acknowledged = new ConcurrentBag<string>();
        using (var process = Start(directory.FullName))
        {
            var address = await AddressAsync(process);
            var key = (await File.ReadAllTextAsync(Path.Combine(directory.FullName, "admin.key"), TestContext.Current.CancellationToken)).Trim();
            var enough = new TaskCompletionSource();
            var clients = Enumerable.Range(0, 4).Select(number => Task.Run(() => PostUntilKilledAsync(address, key, number, acknowledged, enough))).ToList();
            await enough.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            process.Kill();
            await Task.WhenAll(clients);
        }

        await using (var server = await TestServer.StartInAsync(directory.FullName))
        {
            foreach (var id in acknowledged)
                await server.Admin.GetOkAsync($"/v3/devices/{id}");
        }

        Assert.True(acknowledged.Count >= 200);
        directory.Delete(recursive: true);
    }

    private static Process Start(string directory) => Process.Start(new ProcessStartInfo("dotnet",
    [
        typeof(SuretyHost).Assembly.Location, "--Urls=http://127.0.0.1:0", $"--Surety:DataDirectory={directory}", "--Surety:Lwm2m:Coaps=none",
        "--Surety:Lwm2m:CoapsTcp=none", "--Surety:Bootstrap:Coaps=none", "--Surety:Bootstrap:CoapsTcp=none",
    ])
    {
        RedirectStandardOutput = true,
        WorkingDirectory = Path.GetTempPath(),
    })!;

    private static async Task<Uri> AddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("REST API", StringComparison.Ordinal))
                return new Uri(AddressPattern().Match(line).Value);
        }

        throw new InvalidOperationException("The server ended before it said where it listens.");
    }

    private static async Task PostUntilKilledAsync(Uri address, string key, int number, ConcurrentBag<string> acknowledged, TaskCompletionSource enough)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            for (var i = 0; ; i++)
            {
                using var response = await client.SendAsync(HttpMethod.Post, "/v3/devices", $"{{\"endpoint_name\":\"d{number}-{i}\"}}");
                acknowledged.Add((await response.ReadAsync(HttpStatusCode.Created)).Text("id"));
                if (acknowledged.Count >= 200)
                    enough.TrySetResult();
            }
        }
        catch (HttpRequestException)
        {
            // The server is dead; what it had not answered may be there or not.
        }
        catch (IOException)
        {
        }
    }

    [GeneratedRegex(@"http://[0-9.]+:\d+")]
    private static partial Regex AddressPattern();
}
