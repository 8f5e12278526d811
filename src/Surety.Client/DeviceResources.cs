using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace Surety.Client;

/// <summary>
/// The resources of devices: read, write, execute, observe. Answers come over the one notification channel of the client, opened at the first call.
/// Needs an API key: the channel is the application's.
/// </summary>
public sealed class DeviceResources
{
    private static readonly TimeSpan ExpiryMargin = TimeSpan.FromMinutes(1);

    private readonly RestTransport _transport;
    private readonly NotificationChannel _channel;
    private readonly SubscriptionCollection _subscriptions;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Device, string Path), int> _observers = [];

    internal DeviceResources(RestTransport transport, NotificationChannel channel, SubscriptionCollection subscriptions)
    {
        _transport = transport;
        _channel = channel;
        _subscriptions = subscriptions;
    }

    /// <summary>What a device has named when it registered.</summary>
    /// <exception cref="SuretyException">404: the device is not registered.</exception>
    public Task<IReadOnlyList<DeviceResource>> ListAsync(string device, CancellationToken cancellationToken = default) =>
        _transport.GetAsync<IReadOnlyList<DeviceResource>>($"v2/endpoints/{Paging.Segment(device)}", cancellationToken);

    /// <summary>Reads a resource, an instance or an object.</summary>
    /// <exception cref="DeviceRequestException">The device has refused, or was not reached.</exception>
    /// <exception cref="SuretyException">The platform has refused.</exception>
    /// <exception cref="TimeoutException">No outcome came by the expiry.</exception>
    public async Task<ResourceValue> ReadAsync(string device, string path, DeviceRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        string? accept = options?.Accept ?? (path.Trim('/').Count(c => c == '/') >= 2 ? "text/plain" : null);
        AsyncResponse answer = await RequestAsync("GET", device, path, accept, null, null, options, cancellationToken).ConfigureAwait(false);
        return new(device, Normal(path), answer.ContentType, answer.Payload, _transport.Time.GetUtcNow());
    }

    /// <summary>Writes a resource.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="path">The path.</param>
    /// <param name="value">Text, a number, a truth value (1 or 0), or a time (seconds since 1970), as LwM2M writes them in text.</param>
    /// <param name="options">How to wait.</param>
    /// <param name="cancellationToken">Ends the waiting; the request stays in the device's queue.</param>
    /// <exception cref="DeviceRequestException">The device has refused, or was not reached.</exception>
    public Task WriteAsync(string device, string path, object value, DeviceRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        byte[] payload = value is byte[] bytes ? bytes : Encoding.UTF8.GetBytes(value switch
        {
            bool flag => flag ? "1" : "0",
            DateTimeOffset time => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        });
        string type = value is byte[] && options is null ? "application/octet-stream" : options?.ContentType ?? "text/plain";
        return RequestAsync("PUT", device, path, null, type, payload, options, cancellationToken);
    }

    /// <summary>Executes a resource.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="path">The path.</param>
    /// <param name="arguments">Such as <c>0='text'</c>; null for none. (LwM2M Core 1.2, 6.3.5)</param>
    /// <param name="options">How to wait.</param>
    /// <param name="cancellationToken">Ends the waiting; the request stays in the device's queue.</param>
    /// <exception cref="DeviceRequestException">The device has refused, or was not reached.</exception>
    public Task ExecuteAsync(string device, string path, string? arguments = null, DeviceRequestOptions? options = null, CancellationToken cancellationToken = default) => RequestAsync(
        "POST", device, path, null, arguments is null ? null : options?.ContentType ?? "text/plain", arguments is null ? null : Encoding.UTF8.GetBytes(arguments), options, cancellationToken);

    /// <summary>Deletes an instance of an object.</summary>
    /// <exception cref="DeviceRequestException">The device has refused, or was not reached.</exception>
    public Task DeleteAsync(string device, string path, DeviceRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        RequestAsync("DELETE", device, path, null, null, null, options, cancellationToken);

    /// <summary>The values of a path as the device reports them, the present one first when the device tells it, until the caller stops.</summary>
    /// <remarks>
    /// Subscribes, and ends the subscription when the last observer stops, unless it was there before. The device's full registration ends a
    /// subscription on the platform: it is made again then. A caller who is slower than the device loses the oldest of more than 1,024 waiting values.
    /// </remarks>
    /// <exception cref="DeviceRequestException">The device has refused, or was not reached.</exception>
    /// <exception cref="SuretyException">The platform has refused, or has closed the channel.</exception>
    public async IAsyncEnumerable<ResourceValue> ObserveAsync(string device, string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        path = Normal(path);
        await _channel.OpenAsync(cancellationToken).ConfigureAwait(false);
        bool isFirst;
        lock (_gate)
        {
            _observers.TryGetValue((device, path), out int count);
            isFirst = count == 0;
            _observers[(device, path)] = count + 1;
        }

        bool wasThere = false;
        using NotificationObserver observer = _channel.Observe(device, path);
        try
        {
            wasThere = isFirst && await _subscriptions.ExistsAsync(device, path, cancellationToken).ConfigureAwait(false);
            if (await SubscribeAsync(device, path, cancellationToken).ConfigureAwait(false) is { } present)
                yield return present;
            ChannelReader<NotificationData?> reader = observer.Reader;
            await foreach (NotificationData? value in reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (value is not null)
                    yield return new(device, value.Path ?? path, value.ContentType, value.Payload, _transport.Time.GetUtcNow());
                else if (await SubscribeAsync(device, path, cancellationToken).ConfigureAwait(false) is { } again)
                    yield return again;
            }
        }
        finally
        {
            bool isLast;
            lock (_gate)
            {
                isLast = --_observers[(device, path)] == 0;
                if (isLast)
                    _observers.Remove((device, path));
            }

            if (isLast && !wasThere)
                await EndAsync(device, path).ConfigureAwait(false);
        }
    }

    /// <summary>The same, with values of a type: <c>await foreach (double celsius in client.Resources.ObserveAsync&lt;double&gt;(device, "/3303/0/5700"))</c>.</summary>
    /// <exception cref="FormatException">A value is not of that type.</exception>
    public async IAsyncEnumerable<T> ObserveAsync<T>(string device, string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : IParsable<T>
    {
        await foreach (ResourceValue value in ObserveAsync(device, path, cancellationToken).ConfigureAwait(false))
            yield return value.As<T>();
    }

    private static string Normal(string path) => "/" + path.Trim('/');

    private async Task<ResourceValue?> SubscribeAsync(string device, string path, CancellationToken cancellationToken)
    {
        if (await _subscriptions.AddAsync(device, path, cancellationToken).ConfigureAwait(false) is not { } id)
            return null;
        AsyncResponse answer = await _channel.WaitAsync(id, cancellationToken).ConfigureAwait(false);
        if (answer.Status >= 400)
            throw new DeviceRequestException(answer.Status, answer.Error, "OBSERVE", device, path);
        return answer.Payload is { Length: > 0 } payload ? new(device, path, answer.ContentType, payload, _transport.Time.GetUtcNow()) : null;
    }

    private async Task EndAsync(string device, string path)
    {
        try
        {
            // The caller's token has been cancelled, as a rule; the subscription must end nevertheless.
            await _subscriptions.DeleteAsync(device, path, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SuretyException or HttpRequestException or TimeoutException or ObjectDisposedException)
        {
            // It ends with the registration of the device; the way out of the enumeration must not fail on it.
        }
    }

    private async Task<AsyncResponse> RequestAsync(
        string method, string device, string path, string? accept, string? contentType, byte[]? payload, DeviceRequestOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        await _channel.OpenAsync(cancellationToken).ConfigureAwait(false);
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var url = new StringBuilder($"v2/device-requests/{Paging.Segment(device)}?async-id={id}");
        if (options?.Attempts is { } attempts)
            url.Append(CultureInfo.InvariantCulture, $"&retry={attempts}");
        if (options?.Expiry is { } expiry)
            url.Append(CultureInfo.InvariantCulture, $"&expiry-seconds={(long)expiry.TotalSeconds}");
        var body = new DeviceRequestBody(method, Normal(path), accept, contentType, payload);
        Task<AsyncResponse> outcome = _channel.Expect(id);
        try
        {
            await _transport.SendAsync(HttpMethod.Post, url.ToString(), () => RestTransport.Json(body), cancellationToken).ConfigureAwait(false);
            AsyncResponse answer = options?.Expiry is { } limit
                ? await outcome.WaitAsync(limit + ExpiryMargin, _transport.Time, cancellationToken).ConfigureAwait(false)
                : await outcome.WaitAsync(cancellationToken).ConfigureAwait(false);
            return answer.Status < 400 ? answer : throw new DeviceRequestException(answer.Status, answer.Error, method, device, path);
        }
        finally
        {
            _channel.Forget(id);
        }
    }
}
