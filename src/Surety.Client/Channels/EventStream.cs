using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Surety.Client;

/// <summary>The events of the account as they come, as Server-Sent Events. (<c>/v3/events/stream</c>)</summary>
public sealed class EventStream
{
    private const string Path = "v3/events/stream";

    // The server says something every 15 seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2), LongestPause = TimeSpan.FromSeconds(30);

    private readonly RestTransport _transport;

    internal EventStream(RestTransport transport) => _transport = transport;

    /// <summary>
    /// Reads until it is cancelled. A stream that breaks is opened again behind what came last: nothing is lost, and nothing comes twice. It is the
    /// application's one channel: another kind must be deleted first, and a newer stream ends this one.
    /// </summary>
    /// <param name="after">The id of the last envelope that was dealt with, in a process before; null: what nobody has had yet.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SuretyException">The server refuses the stream.</exception>
    /// <exception cref="HttpRequestException">There is no way to the server, at the first attempt.</exception>
    public async IAsyncEnumerable<StreamedEvents> ReadAsync(string? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        bool wasOpen = false;
        for (int failures = 0; ; failures++)
        {
            using HttpResponseMessage? response = await TryOpenAsync(after, wasOpen, cancellationToken).ConfigureAwait(false);
            if (response is not null)
            {
                wasOpen = true;
                await using var body = new PatientStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), Silence, _transport.Time);
                SseParser<string> parser = SseParser.Create(body);
                await using IAsyncEnumerator<SseItem<string>> items = parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
                while (await TryMoveAsync(items, cancellationToken).ConfigureAwait(false))
                {
                    failures = 0;
                    after = items.Current.EventId is { Length: > 0 } id ? id : after;
                    yield return new StreamedEvents(after ?? "", Read(items.Current.Data));
                }
            }

            TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(failures, 4));
            await Task.Delay(pause < LongestPause ? pause : LongestPause, _transport.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes the channel, and what waits in it.</summary>
    public Task DeleteAsync(CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, Path, null, cancellationToken);

    private static async Task<bool> TryMoveAsync(IAsyncEnumerator<SseItem<string>> items, CancellationToken cancellationToken)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && (e is IOException or HttpRequestException or TimeoutException))
        {
            return false;
        }
    }

    private static JsonElement Read(string data)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(data);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new SuretyException(200, SuretyException.UnexpectedAnswer, "The event stream has something that is not JSON.", inner: e);
        }
    }

    private async Task<HttpResponseMessage?> TryOpenAsync(string? after, bool wasOpen, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.OpenAsync(Path, after, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (wasOpen && (e is HttpRequestException or TimeoutException or SuretyException { Code: 429 or >= 500 }))
        {
            return null;
        }
    }
}
