using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Surety.Server.Tests.Connect;

/// <summary>Who watches a device, by the platform's own parser of Server-Sent Events.</summary>
internal sealed class TraceReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private TraceReader(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _patience.CancelAfter(TimeSpan.FromSeconds(60));
        _items = SseParser.Create(body).EnumerateAsync(_patience.Token).GetAsyncEnumerator();
    }

    /// <summary>All that came.</summary>
    public List<string> Lines { get; } = [];

    public static async Task<TraceReader> OpenAsync(HttpClient client, string device)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v3/devices/{device}/trace");
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new TraceReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next line that fits.</summary>
    public async Task<JsonNode> NextAsync(Func<JsonNode, bool> fits)
    {
        while (await _items.MoveNextAsync())
        {
            Lines.Add(_items.Current.Data);
            if (JsonNode.Parse(_items.Current.Data) is { } line && fits(line))
                return line;
        }

        throw new InvalidOperationException("the stream has ended");
    }

    /// <summary>All that came, and nothing that is yet to come.</summary>
    public async Task<IReadOnlyList<string>> LinesUntilNowAsync()
    {
        _patience.CancelAfter(TimeSpan.FromMilliseconds(200));
        try
        {
            while (await _items.MoveNextAsync())
                Lines.Add(_items.Current.Data);
        }
        catch (OperationCanceledException)
        {
            // Nothing more.
        }

        return Lines;
    }

    public void Dispose()
    {
        _response.Dispose();
        _patience.Dispose();
    }
}
