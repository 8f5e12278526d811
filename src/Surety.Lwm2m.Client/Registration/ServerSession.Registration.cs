using System.Globalization;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

public sealed partial class ServerSession
{
    // What the server knows.
    private byte[] _registeredLinks = [];
    private uint _registeredLifetime;
    private string _registeredBinding = "";
    private long _refreshedAt;
    private long _expiresAt;
    private bool _isProfileRefused;
    private bool _mustDisable;
    private bool _mustUpdate;
    private Action? _onDeregistered;

    /// <summary>Begins; what is done first is up to what is known of an earlier registration.</summary>
    internal void Start(TimeSpan delay)
    {
        SetState(RegistrationState.Waiting);
        ActAt(Now + (long)delay.TotalMilliseconds);
    }

    /// <summary>Ends the registration, and tells the server when it can be told.</summary>
    internal void Stop(Action onStopped, bool deregister)
    {
        _actionDue = long.MaxValue;
        if (!deregister || State != RegistrationState.Registered || Location is null)
        {
            Disconnect();
            SetState(RegistrationState.Stopped);
            onStopped();
            return;
        }

        Deregister(() =>
        {
            Observations.Clear();
            SetState(RegistrationState.Stopped);
            onStopped();
        });
    }

    /// <summary>Forgets the registration and makes a new one, as after a reboot.</summary>
    internal void BeginAnew()
    {
        Disconnect();
        Forget();
        Observations.Clear();
        _attempt = 0;
        Start(TimeSpan.Zero);
    }

    /// <summary>Waits no longer for the server.</summary>
    internal void Abandon()
    {
        if (State == RegistrationState.Deregistering)
            OnDeregistered();
    }

    /// <summary>The server wants an Update (resource 8 of the Server Object), over a binding that it may name.</summary>
    internal void RequestUpdate(string? binding = null)
    {
        using Lock.Scope scope = Gate.EnterScope();
        if (binding is not null && binding != (Uri.IsReliable ? "T" : "U"))
            throw new CoapException(CoapCode.BadRequest, $"there is no way to this server over binding '{binding}'");
        _mustUpdate = true;
        if (State == RegistrationState.Registered && _exchange is null)
            ActAt(Now);
    }

    /// <summary>The server disables its account (resource 4 of the Server Object).</summary>
    internal void RequestDisable()
    {
        using Lock.Scope scope = Gate.EnterScope();
        _mustDisable = true;
        ActAt(Now);
    }

    /// <summary>Sends an Update when the server knows something else than what is.</summary>
    internal void UpdateIfNeeded()
    {
        if (State == RegistrationState.Registered && _exchange is null && _actionDue > Now && !IsUpToDate())
            ActAt(Now);
    }

    private void Act()
    {
        switch (State)
        {
            case RegistrationState.Waiting:
            case RegistrationState.Retrying:
            case RegistrationState.Disabled:
                Connect();
                break;
            case RegistrationState.Registered when _mustDisable:
                Disable();
                break;
            case RegistrationState.Registered when _exchange is null:
                SendUpdate(isResumption: false);
                break;
        }
    }

    private void SendRegister()
    {
        SetState(RegistrationState.Registering);
        RegistrationContent content = CurrentContent();
        string? profiles = _isProfileRefused ? null : _client.Options.ProfileIds;
        var parameters = new RegistrationParameters
        {
            EndpointName = _client.Options.EndpointName,
            Lifetime = content.Lifetime,
            EnablerVersion = new ObjectVersion(1, (byte)((int)Version - 10)),
            Bindings = content.Modes,
            QueueMode = QueueMode,
            SmsNumber = _client.Options.SmsNumber,
            ProfileIds = profiles,
            Others = _client.Options.EndpointType is { } type ? [$"et={type}"] : [],
        };
        CoapRequest request = Request(CoapCode.Post, RegistrationPath, parameters.ToQueries(), content.Links);
        long sentAt = Now;
        Exchange(request, response => OnRegisterResponse(response, content, profiles is not null, sentAt), OnConnectionLost);
    }

    private void OnRegisterResponse(CoapResponse response, RegistrationContent content, bool hadProfiles, long sentAt)
    {
        if (response.Code == CoapCode.Created)
        {
            Location = "/" + string.Join('/', response.Options.GetStrings(CoapOptionNumber.LocationPath).Select(System.Uri.EscapeDataString));
            // What was observed before is void now (LwM2M Core 6.4.1).
            Observations.Clear();
            _client.Statistics.CountRegistration();
            LogRegistered(Uri, _client.Options.EndpointName, VersionText, Location);
            OnAccepted(content, sentAt);
            return;
        }

        if (response.Code == CoapCode.PreconditionFailed && Version > _client.Options.LowestVersion)
        {
            Version--;
            LogLowered(Uri, response.Code, VersionText);
            SendRegister();
            return;
        }

        if (response.Code == CoapCode.Conflict && hadProfiles)
        {
            // LwM2M Core 6.2.1: the server does not know the profile, and must be given the list.
            _isProfileRefused = true;
            SendRegister();
            return;
        }

        Disconnect();
        Forget();
        Retry($"the server answered the Register with {response}", RetryAfter(response));
    }

    /// <summary>Update (LwM2M Core 6.2.2): what has changed, or nothing, as a sign of life.</summary>
    private void SendUpdate(bool isResumption)
    {
        if (isResumption)
            SetState(RegistrationState.Registering);
        else if (Now >= _expiresAt)
        {
            OnGone("the lifetime has passed");
            return;
        }

        _mustUpdate = false;
        RegistrationContent content = CurrentContent();
        var queries = new List<string>(3);
        if (content.Lifetime != _registeredLifetime)
            queries.Add(string.Create(CultureInfo.InvariantCulture, $"lt={content.Lifetime}"));
        if (content.Binding != _registeredBinding)
            AddBinding(queries, content.Binding);
        bool hasNewLinks = !content.Links.AsSpan().SequenceEqual(_registeredLinks);
        CoapRequest request = Request(CoapCode.Post, Location!, queries, hasNewLinks ? content.Links : []);
        long sentAt = Now;
        Exchange(request, response => OnUpdateResponse(response, content, sentAt), OnConnectionLost);
    }

    private void OnUpdateResponse(CoapResponse response, RegistrationContent content, long sentAt)
    {
        if (response.Code.IsSuccess)
        {
            bool wasResumption = State == RegistrationState.Registering;
            _client.Statistics.CountUpdate();
            OnAccepted(content, sentAt);
            if (wasResumption)
                Observations.Flush();
            return;
        }

        if (response.Code.Class == 4 && response.Code != CoapCode.TooManyRequests)
        {
            OnGone($"the server answered the Update with {response}");
            return;
        }

        // The server has trouble of its own; the registration is there until its lifetime has passed.
        LastProblem = $"the server answered the Update with {response}";
        if (State == RegistrationState.Registering)
        {
            Disconnect();
            Retry(LastProblem, RetryAfter(response));
            return;
        }

        TimeSpan delay = _client.Options.Retry.DelayBefore(++_attempt, _client.Options.Random);
        if (RetryAfter(response) is { } least && least > delay)
            delay = least;
        ActAt(Now + (long)delay.TotalMilliseconds);
    }

    private void OnAccepted(RegistrationContent content, long sentAt)
    {
        _registeredLinks = content.Links;
        _registeredLifetime = content.Lifetime;
        _registeredBinding = content.Binding;
        _refreshedAt = sentAt;
        _expiresAt = content.Lifetime == 0 ? long.MaxValue : sentAt + (content.Lifetime * 1000L);
        _attempt = 0;
        _sequenceCount = 0;
        Failures = 0;
        LastProblem = null;
        SetState(RegistrationState.Registered);
        Touch();
        OnStateToSave();
        ScheduleUpdate();
        ServeEarly();
        _client.OnTurnEnded(this, isRegistered: true);
    }

    /// <summary>LwM2M 1.0 has queue mode as a letter of the binding.</summary>
    private void AddBinding(List<string> queries, string binding)
    {
        queries.Add("b=" + (Version == Lwm2mVersion.V10 ? binding : binding.TrimEnd('Q')));
        if (Version != Lwm2mVersion.V10 && binding.EndsWith('Q'))
            queries.Add("Q");
    }

    private void ScheduleUpdate()
    {
        if (_mustUpdate || _mustDisable || !IsUpToDate())
        {
            ActAt(Now);
            return;
        }

        if (_registeredLifetime == 0)
            return;
        // Early enough for every retransmission before the lifetime has passed.
        long lifetime = _registeredLifetime * 1000L;
        long wait = (long)TransmissionParameters.Default.MaxTransmitWait.TotalMilliseconds;
        if (Peer is { } peer)
            wait = (long)peer.Endpoint.Options.Transmission.MaxTransmitWait.TotalMilliseconds;
        ActAt(_refreshedAt + (lifetime > 2 * wait ? lifetime - wait : lifetime / 2));
    }

    private bool IsUpToDate()
    {
        RegistrationContent content = CurrentContent();
        return content.Lifetime == _registeredLifetime && content.Binding == _registeredBinding && content.Links.AsSpan().SequenceEqual(_registeredLinks);
    }

    /// <summary>The server does not know the registration: a new one is needed, on the same connection.</summary>
    private void OnGone(string reason)
    {
        LogGone(Uri, reason);
        LastProblem = reason;
        Forget();
        SendRegister();
    }

    private void Forget()
    {
        Location = null;
        _registeredLinks = [];
        OnStateToSave();
    }

    private void Disable()
    {
        _mustDisable = false;
        uint seconds = Server.DisableTimeout;
        LogDisabled(Uri, seconds);
        Deregister(() =>
        {
            SetState(RegistrationState.Disabled);
            ActAt(Now + (seconds * 1000L));
        });
    }

    private void Deregister(Action onDone)
    {
        _exchange?.Cancel();
        _exchange = null;
        _onDeregistered = onDone;
        SetState(RegistrationState.Deregistering);
        Exchange(Request(CoapCode.Delete, Location!, [], []), _ => OnDeregistered(), _ => OnDeregistered());
    }

    private void OnDeregistered()
    {
        Action? done = _onDeregistered;
        _onDeregistered = null;
        _client.Statistics.CountDeregistration();
        // They end with the registration, and nothing wakes the device for them any more.
        Observations.Clear();
        Disconnect();
        Forget();
        done?.Invoke();
    }

    private void Exchange(CoapRequest request, Action<CoapResponse> onResponse, Action<string> onFailed)
    {
        Touch();
        _exchange = new ClientExchange(this, Peer!.Value, request, onResponse, onFailed);
        _exchange.Send();
    }

    private void ActAt(long at)
    {
        _actionDue = at;
        ScheduleAt(at);
    }

    private void SetState(RegistrationState state)
    {
        if (State == state)
            return;
        State = state;
        if (state != RegistrationState.Registered)
            _isAwakeTold = false;
        _client.OnStateChanged(this);
    }

    /// <summary>RFC 7252, 5.9.3.4 and RFC 8516: when the server wants to be asked again.</summary>
    internal static TimeSpan? RetryAfter(CoapResponse response) =>
        (response.Code == CoapCode.ServiceUnavailable || response.Code == CoapCode.TooManyRequests) && response.Options.Contains(CoapOptionNumber.MaxAge) ? response.MaxAge : null;

    private string VersionText => string.Create(CultureInfo.InvariantCulture, $"1.{(int)Version - 10}");
}
