using System.Text.Json.Nodes;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Notifications;

/// <summary>A client of Server-Sent Events, by the platform's own parser.</summary>
internal sealed class SseReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly IAsyncEnumerator<System.Net.ServerSentEvents.SseItem<string>> _items;
    private readonly List<(string Id, string Member, JsonNode Event)> _events = [];

    private SseReader(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _patience.CancelAfter(TimeSpan.FromSeconds(60));
        _items = System.Net.ServerSentEvents.SseParser.Create(body).EnumerateAsync(_patience.Token).GetAsyncEnumerator();
    }

    public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

    public static async Task<SseReader> OpenAsync(Application app, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v3/events/stream");
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return new SseReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next event of a member of the envelope that fits; what came before stays.</summary>
    public async Task<(string Id, JsonNode Event)> NextAsync(string member, Func<JsonNode, bool>? fits = null)
    {
        while (true)
        {
            var index = _events.FindIndex(e => e.Member == member && fits?.Invoke(e.Event) != false);
            if (index >= 0)
            {
                var found = _events[index];
                _events.RemoveAt(index);
                return (found.Id, found.Event);
            }

            Assert.True(await _items.MoveNextAsync(), "the stream has ended");
            var item = _items.Current;
            foreach (var (name, events) in JsonNode.Parse(item.Data)!.AsObject())
            {
                foreach (var e in events!.AsArray())
                    _events.Add((item.EventId!, name, e!.DeepClone()));
            }
        }
    }

    /// <summary>An event of the member has come and was not asked for yet.</summary>
    public bool Has(string member) => _events.Exists(e => e.Member == member);

    /// <summary>The server ends the stream.</summary>
    public async Task EndsAsync()
    {
        try
        {
            while (await _items.MoveNextAsync())
            {
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            // Cut off in the middle of the chunks.
        }

        Assert.False(_patience.IsCancellationRequested);
    }

    public void Dispose()
    {
        _response.Dispose();
        _patience.Dispose();
    }
}
