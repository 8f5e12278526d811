using Surety.Server.Features.Notifications.Streams;
using Surety.Server.Features.Notifications.Websockets;

namespace Surety.Server.Features.Notifications;

/// <summary>A channel that is in use: its queue, and who takes from it.</summary>
internal sealed class LiveChannel : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private ChannelSettings _settings;
    private WebSocketSession? _socket;
    private EventStream? _stream;
    private int _polls;
    private bool _isSuspended;
    private bool _isHeld;
    private int _end;
    private long _lastUsed;

    public LiveChannel(EntityId application, EntityId account, string directory, ChannelSettings settings, bool isHeld, TimeProvider time)
    {
        Application = application;
        Account = account;
        Directory = directory;
        _settings = settings;
        _isHeld = isHeld;
        Queue = ChannelQueue.Open(directory, account, time);
        _lastUsed = time.GetUtcNow().UtcTicks;
        Ending = _ending.Token;
    }

    public EntityId Application { get; }

    public EntityId Account { get; }

    /// <summary>The queue's own directory.</summary>
    public string Directory { get; }

    public ChannelQueue Queue { get; }

    /// <summary>Is set when there is something to deliver, and when the consumer has other reasons to look.</summary>
    public AsyncSignal Signal { get; } = new();

    /// <summary>What the application has asked for.</summary>
    public ChannelSettings Settings => Volatile.Read(ref _settings);

    /// <summary>Is cancelled when the channel ends, for the reason <see cref="End"/>.</summary>
    public CancellationToken Ending { get; }

    public ChannelEnd End => (ChannelEnd)Volatile.Read(ref _end);

    /// <summary>The application's key is not active: nothing is delivered, and nothing is lost.</summary>
    public bool IsSuspended => Volatile.Read(ref _isSuspended);

    /// <summary>This node delivers the events to the application; otherwise another node of the cluster does, or none yet.</summary>
    public bool IsHeld => Volatile.Read(ref _isHeld);

    /// <summary>The delivery of a webhook or Kafka channel, or that to the node which holds the channel.</summary>
    public IChannelDelivery? Delivery { get; set; }

    /// <summary>The stream of an event stream's channel, while there is one. See <see cref="ExchangeStream"/>.</summary>
    public EventStream? Stream => Volatile.Read(ref _stream);

    /// <summary>The socket of a websocket channel, while there is one. See <see cref="ExchangeSocket"/>.</summary>
    public WebSocketSession? Socket => Volatile.Read(ref _socket);

    /// <summary>A request of a long poll is held.</summary>
    public bool IsPolled => Volatile.Read(ref _polls) != 0;

    /// <summary>The thread state that has the channel on its list; see <see cref="NotificationHub"/>.</summary>
    public object? ListedBy { get; set; }

    /// <summary>When the application has used the channel last.</summary>
    public DateTimeOffset LastUsed => new(Interlocked.Read(ref _lastUsed), TimeSpan.Zero);

    public void Use(DateTimeOffset now) => Interlocked.Exchange(ref _lastUsed, now.UtcTicks);

    /// <summary>Takes new settings; false when the channel is of another type, and stays so.</summary>
    public bool TryBecome(ChannelSettings settings)
    {
        while (true)
        {
            var present = Settings;
            if (present.Type != settings.Type && present.Type != ChannelType.Implicit)
                return false;
            if (Interlocked.CompareExchange(ref _settings, settings, present) == present)
                return true;
        }
    }

    /// <summary>Takes the settings that the application has made at another node.</summary>
    public void Replace(ChannelSettings settings) => Volatile.Write(ref _settings, settings);

    /// <summary>Another node delivers from now on, or this one.</summary>
    public void SetHeld(bool isHeld)
    {
        Volatile.Write(ref _isHeld, isHeld);
        Signal.Set();
    }

    /// <summary>Stops delivering, or begins again.</summary>
    public void Suspend(bool isSuspended)
    {
        if (IsSuspended == isSuspended)
            return;
        Volatile.Write(ref _isSuspended, isSuspended);
        if (isSuspended)
            Socket?.End(WebSocketClose.PolicyViolation);
        Signal.Set();
    }

    /// <summary>False when another request is held already.</summary>
    public bool TryBeginPoll() => Interlocked.CompareExchange(ref _polls, 1, 0) == 0;

    public void EndPoll() => Volatile.Write(ref _polls, 0);

    /// <summary>Puts a socket in the place of another, or nothing.</summary>
    /// <returns>The one that was there.</returns>
    public WebSocketSession? ExchangeSocket(WebSocketSession? socket) => Interlocked.Exchange(ref _socket, socket);

    /// <summary>Takes the socket away if it is still this one.</summary>
    public void ReleaseSocket(WebSocketSession socket) => Interlocked.CompareExchange(ref _socket, null, socket);

    /// <summary>Puts a stream in the place of another.</summary>
    /// <returns>The one that was there.</returns>
    public EventStream? ExchangeStream(EventStream stream) => Interlocked.Exchange(ref _stream, stream);

    /// <summary>Takes the stream away if it is still this one.</summary>
    public void ReleaseStream(EventStream stream) => Interlocked.CompareExchange(ref _stream, null, stream);

    /// <summary>Ends the channel for its consumers and closes the queue. The first reason counts.</summary>
    public void Close(ChannelEnd reason)
    {
        if (Interlocked.CompareExchange(ref _end, (int)reason, (int)ChannelEnd.None) != (int)ChannelEnd.None)
            return;
        Queue.Dispose();
        _ending.Cancel();
    }

    public void Dispose()
    {
        Close(ChannelEnd.Stopped);
        _ending.Dispose();
    }
}
