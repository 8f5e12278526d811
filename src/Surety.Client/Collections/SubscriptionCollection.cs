namespace Surety.Client;

/// <summary>What the application is told of. (<c>/v2/subscriptions</c>) To receive values, see <see cref="DeviceResources.ObserveAsync(string, string, CancellationToken)"/>.</summary>
public sealed class SubscriptionCollection
{
    private const string Path = "v2/subscriptions";

    private readonly RestTransport _transport;

    internal SubscriptionCollection(RestTransport transport) => _transport = transport;

    /// <summary>The paths of a device that are subscribed to; none is an empty list.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string device, CancellationToken cancellationToken = default)
    {
        try
        {
            RestAnswer answer = await _transport.SendAsync(HttpMethod.Get, $"{Path}/{Paging.Segment(device)}", null, cancellationToken).ConfigureAwait(false);
            return answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        catch (SuretyException e) when (e.Code == 404)
        {
            return [];
        }
    }

    /// <summary>Subscribes to a path.</summary>
    /// <returns>The id of the async-response that tells the outcome; null when it is subscribed to at once.</returns>
    public async Task<string?> AddAsync(string device, string path, CancellationToken cancellationToken = default)
    {
        RestAnswer answer = await _transport.SendAsync(HttpMethod.Put, PathOf(device, path), null, cancellationToken).ConfigureAwait(false);
        return answer.Status == 202 ? answer.Read<AsyncId>().Id : null;
    }

    /// <summary>Whether a path is subscribed to.</summary>
    public async Task<bool> ExistsAsync(string device, string path, CancellationToken cancellationToken = default)
    {
        try
        {
            await _transport.SendAsync(HttpMethod.Get, PathOf(device, path), null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SuretyException e) when (e.Code == 404)
        {
            return false;
        }
    }

    /// <summary>Ends the subscription to a path.</summary>
    public Task DeleteAsync(string device, string path, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, PathOf(device, path), null, cancellationToken);

    /// <summary>Ends all subscriptions to a device.</summary>
    public Task DeleteAllAsync(string device, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(HttpMethod.Delete, $"{Path}/{Paging.Segment(device)}", null, cancellationToken);

    /// <summary>The rules by which devices are subscribed to when they register.</summary>
    public Task<IReadOnlyList<Presubscription>> GetPresubscriptionsAsync(CancellationToken cancellationToken = default) =>
        _transport.GetAsync<IReadOnlyList<Presubscription>>(Path, cancellationToken);

    /// <summary>Replaces all rules.</summary>
    public Task SetPresubscriptionsAsync(IReadOnlyList<Presubscription> rules, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(HttpMethod.Put, Path, () => RestTransport.Json(rules), cancellationToken);

    /// <summary>A path as a part of a URL.</summary>
    internal static string ResourcePath(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return string.Join('/', path.Trim('/').Split('/').Select(Paging.Segment));
    }

    private static string PathOf(string device, string path) => $"{Path}/{Paging.Segment(device)}/{ResourcePath(path)}";
}
