using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace Surety.Client;

/// <summary>
/// The one notification channel of a client: a websocket, or long polls where none passes. It is opened when first needed, opened again when it breaks, and
/// closed for good when the platform says that nobody may have it.
/// </summary>
internal sealed class NotificationChannel(RestTransport transport) : IAsyncDisposable
{
    private const string Websocket = "v2/notification/websocket", Pull = "v2/notification/pull", Metadata = "v2/notification/channel";
    private const int MaxFailures = 10, FrameSize = 16 * 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5), LongestPause = TimeSpan.FromSeconds(30), PollTimeout = TimeSpan.FromMinutes(5), KeepAlive = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly PendingResponses _pending = new();
    private readonly Lock _gate = new();
    private readonly List<NotificationObserver> _observers = [];
    private Task _work = Task.CompletedTask;
    private bool _isOpen, _usesPoll = transport.Options.UseLongPoll, _isOurs;

    public Task<AsyncResponse> Expect(string id) => _pending.Expect(id);

    public void Forget(string id) => _pending.Forget(id);

    /// <summary>The outcome with an id, whenever it comes.</summary>
    public async Task<AsyncResponse> WaitAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await _pending.Expect(id).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _pending.Forget(id);
        }
    }

    public NotificationObserver Observe(string device, string path)
    {
        var observer = new NotificationObserver(device, path, End);
        lock (_gate)
            _observers.Add(observer);
        return observer;
    }

    /// <summary>Opens the channel unless it is open.</summary>
    /// <exception cref="SuretyException">The application has a webhook, or may not have a channel.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, this);
        if (Volatile.Read(ref _isOpen))
            return;
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isOpen)
                return;
            await _work.ConfigureAwait(false);
            ClientWebSocket? socket = _usesPoll ? null : await ConnectAsync(isFirst: true, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _isOpen, true);
            _work = socket is null ? PollAsync() : ReceiveAsync(socket);
            if (socket is null)
                await WhenPolledAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
            return;
        await _end.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        Fail(new ObjectDisposedException(nameof(SuretyClient)));
        if (_isOurs)
        {
            try
            {
                await transport.SendAsync(HttpMethod.Delete, _usesPoll ? Pull : Websocket, null, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SuretyException or HttpRequestException or TimeoutException)
            {
                // The platform deletes it by itself when nobody comes for it.
            }
        }

        _opening.Dispose();
        _end.Dispose();
    }

    /// <returns>Null when there is only the way of long polls.</returns>
    private async Task<ClientWebSocket?> ConnectAsync(bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            RestAnswer made = await transport.SendAsync(HttpMethod.Put, Websocket, null, cancellationToken).ConfigureAwait(false);
            _isOurs |= made.Status == 201;
        }
        catch (SuretyException e) when (e.Code == 400)
        {
            ChannelInfo? other = await FindChannelAsync(cancellationToken).ConfigureAwait(false);
            if (other?.DeliveryMechanism == "LONG_POLLING")
            {
                _usesPoll = true;
                return null;
            }

            throw other is null ? e : new SuretyException(
                400, "channel_in_use", "The application has a webhook, and answers of devices go there. Delete it (DELETE /v2/notification/callback), or use the key of another application.", e.RequestId, inner: e);
        }

        string token = await transport.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
            socket.Options.KeepAliveInterval = KeepAlive;
            socket.Options.KeepAliveTimeout = KeepAlive;
            var url = new UriBuilder(new Uri(transport.Url, Websocket + "-connect"));
            url.Scheme = url.Scheme == "https" ? "wss" : "ws";
            using var timeout = new CancellationTokenSource(transport.Options.Timeout, transport.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            using HttpMessageInvoker? invoker = transport.Options.Handler is { } handler ? new(handler, disposeHandler: false) : null;
            await socket.ConnectAsync(url.Uri, invoker, either.Token).ConfigureAwait(false);
            return socket;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            HttpStatusCode status = socket.HttpStatusCode;
            socket.Dispose();
            if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                throw new SuretyException((int)status, "access_denied", "The platform does not let this key have a notification channel.", inner: e);
            if (!isFirst)
                throw;
            // A proxy that passes no websockets.
            await transport.SendAsync(HttpMethod.Delete, Websocket, null, cancellationToken).ConfigureAwait(false);
            _usesPoll = true;
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<ChannelInfo?> FindChannelAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await transport.GetAsync<ChannelInfo>(Metadata, cancellationToken).ConfigureAwait(false);
        }
        catch (SuretyException e) when (e.Code == 404)
        {
            return null;
        }
    }

    /// <summary>The first poll makes the channel; what is asked before has nowhere to go.</summary>
    private async Task WhenPolledAsync(CancellationToken cancellationToken)
    {
        for (int i = 0; i < MaxFailures && _isOpen && await FindChannelAsync(cancellationToken).ConfigureAwait(false) is null; i++)
            await Task.Delay(TimeSpan.FromMilliseconds(50 << Math.Min(i, 4)), transport.Time, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReceiveAsync(ClientWebSocket first)
    {
        // Not on the thread of the caller who opens.
        await Task.Yield();
        ClientWebSocket? socket = first;
        try
        {
            for (int failures = 0; ; failures++)
            {
                try
                {
                    socket ??= await ConnectAsync(isFirst: false, _end.Token).ConfigureAwait(false) ?? throw new SuretyException(400, "channel_in_use", "Another program has opened a long poll with this key.");
                    while (await ReadMessageAsync(socket, _end.Token).ConfigureAwait(false) is { } message)
                    {
                        failures = 0;
                        Dispatch(message.Span);
                    }

                    ThrowIfFinal(socket);
                }
                catch (Exception e) when (e is WebSocketException or HttpRequestException or TimeoutException or SuretyException { Code: >= 500 } or OperationCanceledException && !_end.IsCancellationRequested && failures < MaxFailures)
                {
                    // The platform keeps what it has for us; it comes over the next connection.
                }

                socket?.Dispose();
                socket = null;
                await PauseAsync(failures).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private static void ThrowIfFinal(ClientWebSocket socket)
    {
        switch ((int?)socket.CloseStatus)
        {
            case 1001:
                throw new SuretyException(409, "channel_taken", "Another program has opened the notification channel with the same key. Give each program a key of its own.");
            case 1008:
                throw new SuretyException(401, "invalid_apikey", "The platform has closed the notification channel: the key is not valid any more.");
            default:
                break;
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadMessageAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(FrameSize);
        while (true)
        {
            ValueWebSocketReceiveResult frame = await socket.ReceiveAsync(buffer.GetMemory(FrameSize), cancellationToken).ConfigureAwait(false);
            if (frame.MessageType == WebSocketMessageType.Close)
                return null;
            buffer.Advance(frame.Count);
            if (buffer.WrittenCount > transport.Options.MaxAnswerLength)
                throw new SuretyException(0, SuretyException.UnexpectedAnswer, $"A notification is longer than {transport.Options.MaxAnswerLength} bytes.");
            if (frame.EndOfMessage)
                return buffer.WrittenMemory;
        }
    }

    private async Task PollAsync()
    {
        await Task.Yield();
        try
        {
            _isOurs |= await FindChannelAsync(_end.Token).ConfigureAwait(false) is null;
            for (int failures = 0; ;)
            {
                try
                {
                    RestAnswer answer = await transport.SendAsync(HttpMethod.Get, Pull, null, _end.Token, PollTimeout).ConfigureAwait(false);
                    failures = 0;
                    if (answer.Body.Length > 0)
                        Dispatch(answer.Body);
                    continue;
                }
                catch (SuretyException e) when (e.Code is 409 or 410 or >= 500 && failures < MaxFailures)
                {
                    // 409: the poll before this one is not over yet for the platform; 410: the channel is being deleted.
                }
                catch (Exception e) when (e is HttpRequestException or TimeoutException && failures < MaxFailures)
                {
                    // As above.
                }

                await PauseAsync(failures++).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private Task PauseAsync(int failures)
    {
        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(failures, MaxFailures));
        return Task.Delay(pause < LongestPause ? pause : LongestPause, transport.Time, _end.Token);
    }

    private void Dispatch(ReadOnlySpan<byte> json)
    {
        NotificationMessage? message;
        try
        {
            message = JsonSerializer.Deserialize(json, SuretyJson.Of<NotificationMessage>());
        }
        catch (JsonException e)
        {
            throw new SuretyException(0, SuretyException.UnexpectedAnswer, "A notification is not the JSON of the Service API.", inner: e);
        }

        foreach (AsyncResponse? answer in message?.AsyncResponses ?? [])
        {
            if (answer is not null)
                _pending.Take(answer);
        }

        lock (_gate)
        {
            foreach (NotificationObserver observer in _observers)
            {
                foreach (EndpointData? device in message?.Registrations ?? [])
                    observer.TakeRegistration(device?.Device);
                foreach (NotificationData? value in message?.Notifications ?? [])
                {
                    if (value is not null)
                        observer.Take(value);
                }
            }
        }
    }

    private void End(NotificationObserver observer)
    {
        lock (_gate)
            _observers.Remove(observer);
    }

    private void Fail(Exception problem)
    {
        Volatile.Write(ref _isOpen, false);
        if (problem is OperationCanceledException && _end.IsCancellationRequested)
            problem = new ObjectDisposedException(nameof(SuretyClient));
        _pending.Fail(problem);
        lock (_gate)
        {
            foreach (NotificationObserver observer in _observers)
                observer.Fail(problem);
        }
    }
}
