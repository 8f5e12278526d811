using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Surety.Coap;

namespace Surety.EndToEnd.Tests;

/// <summary>SIGKILL, at a moment nobody chose: what was acknowledged is there after the restart.</summary>
public sealed class CrashTests
{
    private const int Devices = 400;
    private const int Workers = 16;

    [Fact]
    public async Task Registrations_that_were_acknowledged_survive_SIGKILL()
    {
        await using SuretyProcess first = await SuretyProcess.StartAsync();
        var acknowledged = new ConcurrentDictionary<string, string>();
        await using (var fleet = new Fleet(first.Ports.Coap))
        {
            // The server dies while devices register.
            Task[] workers = [.. Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
            {
                for (int i = worker; i < Devices; i += Workers)
                {
                    if (await fleet.RegisterAsync($"crash-{i}") is not { } location)
                        return;
                    acknowledged[$"crash-{i}"] = location;
                }
            }))];
            while (acknowledged.Count < Devices / 4)
                await Task.Yield();
            await first.KillAsync();
            await Task.WhenAll(workers);
        }

        await using SuretyProcess second = await SuretyProcess.StartAsync(dataDirectory: first.DataDirectory, ports: first.Ports);
        using HttpClient client = second.OpenClient();
        Assert.True(acknowledged.Count >= Devices / 4);
        Assert.Empty(acknowledged.Keys.Except(await RegisteredNamesAsync(client)));

        // The locations are good, too: a device goes on with an update.
        await using var again = new Fleet(second.Ports.Coap);
        foreach (string location in acknowledged.Values.Take(20))
            Assert.Equal(CoapCode.Changed, await again.UpdateAsync(location));
    }

    [Fact]
    public async Task Notifications_that_were_acknowledged_survive_SIGKILL()
    {
        const int Observed = 20;
        await using SuretyProcess first = await SuretyProcess.StartAsync();
        var acknowledged = new ConcurrentBag<string>();
        await using (var fleet = new Fleet(first.Ports.Coap))
        {
            using HttpClient client = first.OpenClient();
            using (HttpResponseMessage response = await client.PutAsync("/v2/subscriptions", Json("""[{"resource-path":["/3303/0/5700"]}]""")))
                Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
            for (int i = 0; i < Observed; i++)
                Assert.NotNull(await fleet.RegisterAsync($"notify-{i}"));
            while (fleet.ObserverCount < Observed)
                await Task.Yield();

            Task[] workers = [.. fleet.Observers.Select((token, device) => Task.Run(async () =>
            {
                for (int n = 1; await fleet.NotifyAsync(token, $"{device}.{n}"); n++)
                    acknowledged.Add($"{device}.{n}");
            }))];
            while (acknowledged.Count < 2000)
                await Task.Yield();
            await first.KillAsync();
            await Task.WhenAll(workers);
        }

        await using SuretyProcess second = await SuretyProcess.StartAsync(dataDirectory: first.DataDirectory, ports: first.Ports);
        using HttpClient poller = second.OpenClient();
        HashSet<string> delivered = await PullValuesAsync(poller);
        Assert.Empty(acknowledged.Except(delivered));
    }

    [Fact]
    public async Task Device_requests_that_were_accepted_are_answered_after_SIGKILL()
    {
        await using SuretyProcess first = await SuretyProcess.StartAsync();
        string device;
        await using (var fleet = new Fleet(first.Ports.Coap))
        {
            using HttpClient client = first.OpenClient();
            Assert.NotNull(await fleet.RegisterAsync("sleeper", queueMode: true));
            device = (await client.GetFromJsonAsync<JsonElement>("/v3/devices?endpoint_name__eq=sleeper")).GetProperty("data")[0].GetProperty("id").GetString()!;
            fleet.IsSilent = true;
            using HttpResponseMessage response = await client.PostAsync(
                $"/v2/device-requests/{device}?async-id=before-crash", Json("""{"method":"GET","uri":"/3/0/0"}"""));
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            await first.KillAsync();
        }

        await using SuretyProcess second = await SuretyProcess.StartAsync(dataDirectory: first.DataDirectory, ports: first.Ports);
        await using var awake = new Fleet(second.Ports.Coap);
        Assert.NotNull(await awake.RegisterAsync("sleeper", queueMode: true));
        using HttpClient poller = second.OpenClient();
        JsonElement answer = await PullAsync(poller, e => e.TryGetProperty("async-responses", out JsonElement responses)
            ? responses.EnumerateArray().FirstOrDefault(r => r.GetProperty("id").GetString() == "before-crash") : default);
        Assert.Equal(200, answer.GetProperty("status").GetInt32());
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<HashSet<string>> RegisteredNamesAsync(HttpClient client)
    {
        var names = new HashSet<string>();
        string after = "";
        while (true)
        {
            JsonElement page = await client.GetFromJsonAsync<JsonElement>($"/v3/devices?limit=1000&state__eq=registered{after}");
            foreach (JsonElement device in page.GetProperty("data").EnumerateArray())
            {
                names.Add(device.GetProperty("endpoint_name").GetString()!);
                after = $"&after={device.GetProperty("id").GetString()}";
            }

            if (!page.GetProperty("has_more").GetBoolean())
                return names;
        }
    }

    private static async Task<HashSet<string>> PullValuesAsync(HttpClient client)
    {
        var values = new HashSet<string>();
        while (true)
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            JsonElement envelope;
            try
            {
                envelope = await client.GetFromJsonAsync<JsonElement>("/v2/notification/pull", timeout.Token);
            }
            catch (OperationCanceledException)
            {
                return values; // Nothing more comes: the poll is held open.
            }

            if (!envelope.TryGetProperty("notifications", out JsonElement notifications))
                continue;
            foreach (JsonElement notification in notifications.EnumerateArray())
                values.Add(Encoding.UTF8.GetString(notification.GetProperty("payload").GetBytesFromBase64()));
        }
    }

    private static async Task<JsonElement> PullAsync(HttpClient client, Func<JsonElement, JsonElement> select)
    {
        for (int i = 0; i < 10; i++)
        {
            using HttpResponseMessage response = await client.GetAsync("/v2/notification/pull");
            if (response.StatusCode != HttpStatusCode.OK)
                continue;
            JsonElement found = select(await response.Content.ReadFromJsonAsync<JsonElement>());
            if (found.ValueKind == JsonValueKind.Object)
                return found;
        }

        throw new TimeoutException("The event did not come.");
    }
}
