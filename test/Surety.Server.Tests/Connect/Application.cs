using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Surety.Server.Tests.Connect;

/// <summary>An application with a key of its own, and what it is told by long poll.</summary>
internal sealed class Application(HttpClient client)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static int _asked;

    private readonly List<(string Member, JsonNode Event)> _events = [];

    public HttpClient Client => client;

    public async Task<string> FindAsync(string endpoint) =>
        (await client.GetOkAsync($"/v3/devices?endpoint_name__eq={endpoint}"))["data"]![0]!.Text("id");

    /// <summary>Asks something of a device.</summary>
    /// <returns>The outcome.</returns>
    public async Task<JsonNode> AskAsync(string device, string method, string uri, string? payload = null, string? contentType = null, string? accept = null, string query = "")
    {
        var asyncId = $"ask-{Interlocked.Increment(ref _asked)}";
        await PostAsync(device, asyncId, method, uri, payload is null ? null : Encoding.UTF8.GetBytes(payload), contentType, accept, query);
        return await OutcomeAsync(asyncId);
    }

    public async Task PostAsync(
        string device, string asyncId, string method, string uri, byte[]? payload = null, string? contentType = null, string? accept = null, string query = "")
    {
        var body = new JsonObject { ["method"] = method, ["uri"] = uri };
        if (payload is not null)
            body["payload-b64"] = Convert.ToBase64String(payload);
        if (contentType is not null)
            body["content-type"] = contentType;
        if (accept is not null)
            body["accept"] = accept;
        using var response = await client.SendAsync(HttpMethod.Post, $"/v2/device-requests/{device}?async-id={asyncId}{query}", body.ToJsonString());
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    public Task<JsonNode> OutcomeAsync(string asyncId) => NextAsync("async-responses", response => response.Text("id") == asyncId);

    /// <summary>The next event of a member of the envelope that fits, and is not taken yet.</summary>
    public async Task<JsonNode> NextAsync(string member, Func<JsonNode, bool>? fits = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            var index = _events.FindIndex(e => e.Member == member && fits?.Invoke(e.Event) != false);
            if (index >= 0)
            {
                var found = _events[index].Event;
                _events.RemoveAt(index);
                return found;
            }

            await PullAsync("", patience.Token);
        }
    }

    /// <summary>Takes what is there now; what has not been taken yet of a member.</summary>
    public async Task<IReadOnlyList<JsonNode>> RestAsync(string member)
    {
        while (await PullAsync("?noWait=true", TestContext.Current.CancellationToken))
        {
        }

        return [.. _events.Where(e => e.Member == member).Select(e => e.Event)];
    }

    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    public static string Decode(JsonNode message) => Encoding.UTF8.GetString(Convert.FromBase64String(message.Text("payload")));

    private async Task<bool> PullAsync(string query, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync($"/v2/notification/pull{query}", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NoContent)
            return false;
        foreach (var (member, events) in (await response.ReadAsync(HttpStatusCode.OK)).AsObject())
        {
            foreach (var item in events!.AsArray())
                _events.Add((member, item!.DeepClone()));
        }

        return true;
    }
}
