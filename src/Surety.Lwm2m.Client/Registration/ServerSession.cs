using Microsoft.Extensions.Logging;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>
/// A client's dealings with one server: registration, what the server observes, and its attributes. Properties may be read from any thread.
/// </summary>
public sealed partial class ServerSession : IExchangeOwner
{
    private readonly Lwm2mClient _client;
    private readonly ILogger _logger;
    private long _actionDue = long.MaxValue;
    private long _awakeUntil = long.MinValue;

    internal ServerSession(Lwm2mClient client, SecurityInstance security, ServerInstance server, CoapUri uri, ILogger logger)
    {
        _client = client;
        _logger = logger;
        Account = security;
        Server = server;
        Uri = uri;
        Version = client.Options.Version;
        Observations = new ObservationSet(this, client.Options.MaxObservations);
    }

    /// <summary>The server's account: lifetime, defaults, switches.</summary>
    public ServerInstance Server { get; }

    /// <summary>The server's account: where it is, and with which credentials.</summary>
    public SecurityInstance Account { get; }

    /// <summary>Where the server is.</summary>
    public CoapUri Uri { get; }

    /// <summary>How far the registration is.</summary>
    public RegistrationState State { get; private set; }

    /// <summary>The release of LwM2M that is spoken, once registered.</summary>
    public Lwm2mVersion Version { get; private set; }

    /// <summary>The registration's path at the server, <c>/rd/5a3f</c>; null when there is none.</summary>
    public string? Location { get; private set; }

    /// <summary>What went wrong last; null when nothing did since the last success.</summary>
    public string? LastProblem { get; private set; }

    /// <summary>With queue mode: the client listens. Without: always true while registered.</summary>
    public bool IsAwake => State == RegistrationState.Registered && (!QueueMode || Now < _awakeUntil);

    /// <summary>What protects the way to the server, for people; null while there is none, or no security (<see cref="CoapEndpoint.DescribeSecurity"/>).</summary>
    public string? Security => Peer is { } peer ? peer.Endpoint.DescribeSecurity(peer.Key) : null;

    /// <summary>How many observations the server has.</summary>
    public int ObservationCount => Observations.Count;

    Lock IExchangeOwner.Gate => Gate;

    internal Lock Gate => _client.Objects.Gate;

    internal DeviceManagement Management => _client.Management;

    internal AttributeStore Attributes { get; } = new();

    internal ObservationSet Observations { get; }

    internal CoapPeer? Peer { get; private set; }

    internal long Now => _client.Now;

    internal double UnixSeconds => _client.UnixSeconds;

    internal NotificationAttributes DefaultAttributes => Server.DefaultAttributes;

    internal bool ConfirmsByDefault => Server.ConfirmsNotifications;

    internal bool StoresNotifications => Server.StoresNotifications && State != RegistrationState.Stopped;

    internal int MaxStoredNotifications => _client.Options.MaxStoredNotifications;

    internal int MaxHistory => _client.Options.MaxHistory;

    /// <summary>Notifications can leave.</summary>
    internal bool CanNotify => State == RegistrationState.Registered && Peer is not null;

    /// <summary>When <see cref="OnTimer"/> is to be called; milliseconds.</summary>
    internal long NextDue => Math.Min(Math.Min(_actionDue, Observations.NextCheck), _awakeUntil > Now && QueueMode ? _awakeUntil : long.MaxValue);

    /// <summary>Queue mode was asked for by the application, or by the server in the way of LwM2M 1.0.</summary>
    internal bool QueueMode => _client.Options.QueueMode || Server.Binding.Contains('Q', StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Server.ShortServerId} {Uri} {State}";

    /// <summary>The version of an Object that a message must name; null when the release implies it (LwM2M Core 7.2.3).</summary>
    internal ObjectVersion? VersionToName(ObjectModel model) =>
        model.Version == CoreObjects.ImpliedVersion(Version, model.Id) ? null : model.Version;

    internal void SetAttributes(Lwm2mPath path, NotificationAttributes attributes)
    {
        if (Attributes.Count >= AttributeStore.MaxNodes && Attributes.Own(path).IsEmpty)
            throw new CoapException(CoapCode.InternalServerError, $"attributes are attached to {AttributeStore.MaxNodes} nodes already");
        Attributes.Set(path, attributes);
        Observations.RefreshAttributes(Now);
        OnStateToSave();
    }

    internal void OnStateToSave() => _client.OnStateToSave();

    internal void ScheduleAt(long at)
    {
        if (at < long.MaxValue)
            _client.ScheduleAt(at);
    }

    internal void OnTimer(long now)
    {
        if (_actionDue <= now)
        {
            _actionDue = long.MaxValue;
            Act();
        }

        if (State != RegistrationState.Stopped)
            Observations.Check(now);
        if (QueueMode && State == RegistrationState.Registered && _isAwakeTold && now >= _awakeUntil)
            TellAwake(false);
    }

    internal void OnValuesChanged(ReadOnlySpan<Lwm2mPath> changes)
    {
        if (State != RegistrationState.Stopped)
            Observations.OnChanged(changes, Now);
        foreach (Lwm2mPath change in changes)
        {
            if (change.StartsWith(Server.Path))
                OnServerChanged(change);
        }
    }

    internal void OnInstancesChanged(Lwm2mPath path)
    {
        if (path.IsInstance && _client.Objects.FindInstance(path) is null)
            Attributes.RemoveBelow(path);
        if (State != RegistrationState.Stopped)
            Observations.OnChanged(new ReadOnlySpan<Lwm2mPath>(in path), Now);
        if (!CoreObjects.IsSecret(path.ObjectId))
            UpdateIfNeeded();
    }

    /// <summary>The server has proven who it is.</summary>
    internal bool IsAuthenticated => Peer is { } peer && peer.Identity.IsAuthenticated;

    /// <summary>Sends a notification; null when there is no way.</summary>
    internal NotificationMessage? Notify(Observation observation, CoapCode code, byte[] payload, bool confirmable, StoredNotification? kept)
    {
        if (Peer is not { } peer)
            return null;
        _client.Statistics.CountNotification();
        Touch();
        var message = new NotificationMessage(observation, code, observation.Format, payload, peer) { IsConfirmable = confirmable, Token = observation.Token, Kept = kept };
        peer.Endpoint.Send(peer.Key, message);
        return message;
    }

    internal void LogCannotEncode(Lwm2mPath path, ContentFormat format) => LogUnencodable(path, format, Uri);

    private void OnServerChanged(Lwm2mPath change)
    {
        if (change.Level < 3)
            return;
        if (change.ResourceId is ServerInstance.MinimumPeriodResource or ServerInstance.MaximumPeriodResource)
            Observations.RefreshAttributes(Now);
        else if (change.ResourceId is ServerInstance.LifetimeResource or ServerInstance.BindingResource)
            UpdateIfNeeded();
    }

    [LoggerMessage(3001, LogLevel.Error, "{Path} has a value that content format {Format} cannot carry; {Server} is not notified")]
    private partial void LogUnencodable(Lwm2mPath path, ContentFormat format, CoapUri server);

    [LoggerMessage(3002, LogLevel.Information, "Registered with {Server} as {Endpoint}, LwM2M {Version}, at {Location}")]
    private partial void LogRegistered(CoapUri server, string? endpoint, string version, string location);

    [LoggerMessage(3003, LogLevel.Warning, "Not registered with {Server}: {Reason}; next attempt in {Delay}")]
    private partial void LogRetrying(CoapUri server, string reason, TimeSpan delay);

    [LoggerMessage(3004, LogLevel.Error, "Not registered with {Server}: {Reason}; the server's account forbids further attempts")]
    private partial void LogGivenUp(CoapUri server, string reason);

    [LoggerMessage(3005, LogLevel.Debug, "{Server} answers {Code}; going on with LwM2M {Version}")]
    private partial void LogLowered(CoapUri server, CoapCode code, string version);

    [LoggerMessage(3006, LogLevel.Information, "Disabled by {Server} for {Seconds} s")]
    private partial void LogDisabled(CoapUri server, uint seconds);

    [LoggerMessage(3007, LogLevel.Information, "The registration with {Server} is gone ({Reason}); registering again")]
    private partial void LogGone(CoapUri server, string reason);
}
