using Surety.Coap;

namespace Surety.Lwm2m.Client;

public sealed partial class ServerSession
{
    // A server's requests that may wait for the end of a registration.
    private const int MaxEarlyRequests = 16;

    private readonly List<(OperationRequest Request, DeferredResponse Response)> _early = [];
    private int _connecting;
    private ClientExchange? _exchange;
    private int _attempt;
    private int _sequenceCount;
    private long _holdOffUntil;
    private bool _isAwakeTold;

    /// <summary>A Register, or an Update that takes up a registration, is under way.</summary>
    internal bool IsRegistering => State == RegistrationState.Registering;

    /// <summary>
    /// Keeps a request that came before the answer to the Register: on the way the two may have changed places. The server's requests count
    /// from that answer on (LwM2M Core 6.3).
    /// </summary>
    internal bool TryKeepEarly(in OperationRequest request, DeferredResponse response)
    {
        if (_early.Count >= MaxEarlyRequests)
            return false;
        _early.Add((request, response));
        return true;
    }

    /// <summary>Something was heard from the server, or said to it: the client stays awake.</summary>
    internal void Touch()
    {
        if (!QueueMode)
            return;
        _awakeUntil = Now + (long)_client.Options.AwakeTime.TotalMilliseconds;
        ScheduleAt(_awakeUntil);
        if (!_isAwakeTold && State == RegistrationState.Registered)
            TellAwake(true);
    }

    /// <summary>The way to the server is broken.</summary>
    internal void OnConnectionLost(string reason)
    {
        if (Peer is null)
            return;
        _client.Statistics.CountConnectionLoss();
        bool wasWanted = State is RegistrationState.Registered or RegistrationState.Registering;
        bool isSecure = Peer.Value.Endpoint.IsSecure;
        Disconnect();
        if (!wasWanted)
        {
            // A De-register that got no answer has done what it could.
            if (State == RegistrationState.Deregistering)
                OnDeregistered();
            return;
        }

        // Only who has proven to be the same goes on with its registration (LwM2M Transport 6.4.3).
        if (!isSecure)
            Forget();
        Retry(reason, leastDelay: null);
    }

    /// <summary>The server wants the connection to end; it ends by itself soon (RFC 8323, 5.5).</summary>
    internal void OnReleased(ConnectionRelease release)
    {
        if (release.HoldOff is { } holdOff)
            _holdOffUntil = Now + (long)holdOff.TotalMilliseconds;
    }

    /// <summary>Sends a request of the application over the connection to the server: of EST for instance, beside LwM2M.</summary>
    /// <exception cref="CoapExchangeException">The client is not registered, or no answer came.</exception>
    public Task<CoapResponse> SendAsync(CoapRequest request, CancellationToken cancellationToken = default)
    {
        CoapPeer peer;
        using (Gate.EnterScope())
        {
            if (State != RegistrationState.Registered || Peer is not { } present)
                return Task.FromException<CoapResponse>(new CoapExchangeException(ExchangeFailure.Unreachable, $"The client is not registered with {Uri}."));
            Touch();
            peer = present;
        }

        return peer.SendAsync(request, cancellationToken);
    }

    /// <summary>Attempts to register that failed, one after the other.</summary>
    internal int Failures { get; private set; }

    /// <summary>The account is given up, or was tried often enough for its server to be believed lost (LwM2M Core 6.2.1.1).</summary>
    internal bool IsExhausted => State == RegistrationState.Failed || (!Server.HasRetryRules && Failures >= _client.Options.AttemptsBeforeBootstrap);

    /// <summary>Ends without telling the server: another configuration takes the account's place. Under the lock.</summary>
    internal void Drop()
    {
        _actionDue = long.MaxValue;
        Disconnect();
        Observations.Clear();
        Location = null;
        SetState(RegistrationState.Stopped);
    }

    void IExchangeOwner.OnExchangeOver(ClientExchange exchange, CoapCode code) => OnExchangeOver(exchange, code);

    /// <summary>From an exchange that has ended, before what it was for goes on.</summary>
    private void OnExchangeOver(ClientExchange exchange, CoapCode code)
    {
        if (_exchange == exchange)
            _exchange = null;
        _client.Trace(this, isIncoming: false, exchange.Request, code);
        if (!code.IsEmpty)
            Touch();
    }

    private void Connect()
    {
        SetState(RegistrationState.Connecting);
        int attempt = ++_connecting;
        _client.Connect(Account, Uri, () => attempt == _connecting && State == RegistrationState.Connecting, OnConnected, reason => Retry(reason, leastDelay: null));
    }

    private void OnConnected(CoapPeer peer)
    {
        Peer = peer;
        if (Location is not null && Now < _expiresAt)
            SendUpdate(isResumption: true);
        else
            SendRegister();
    }

    private void Disconnect()
    {
        _connecting++;
        _exchange?.Cancel();
        _exchange = null;
        RefuseEarly();
        if (Peer is not { } peer)
            return;
        Peer = null;
        _client.Connector.Close(peer);
    }

    /// <summary>Waits, longer each time, and then begins anew.</summary>
    private void Retry(string reason, TimeSpan? leastDelay)
    {
        LastProblem = reason;
        Failures++;
        _client.Statistics.CountRegistrationFailure();
        if (NextDelay() is not { } delay)
        {
            LogGivenUp(Uri, reason);
            SetState(RegistrationState.Failed);
        }
        else
        {
            if (leastDelay > delay)
                delay = leastDelay.Value;
            if (_holdOffUntil > Now + delay.TotalMilliseconds)
                delay = TimeSpan.FromMilliseconds(_holdOffUntil - Now);
            LogRetrying(Uri, reason, delay);
            SetState(RegistrationState.Retrying);
            ActAt(Now + (long)delay.TotalMilliseconds);
        }

        _client.OnTurnEnded(this, isRegistered: false);
        _client.OnRegistrationFailed();
    }

    /// <summary>How long to wait before the next attempt; null: there is none.</summary>
    private TimeSpan? NextDelay()
    {
        const uint Never = uint.MaxValue;

        _attempt++;
        uint? count = Server.Number(ServerInstance.RetryCountResource);
        uint? timer = Server.Number(ServerInstance.RetryTimerResource);
        uint? sequenceDelay = Server.Number(ServerInstance.SequenceDelayResource);
        uint? sequences = Server.Number(ServerInstance.SequenceRetryCountResource);
        if ((count ?? timer ?? sequenceDelay ?? sequences) is null)
            return _client.Options.Retry.DelayBefore(_attempt, _client.Options.Random);

        // LwM2M Core, table 6.2.1.1-1.
        if (_attempt < (count ?? 5))
            return TimeSpan.FromSeconds((timer ?? 60) * Math.Pow(2, Math.Min(_attempt - 1, 30)));
        _attempt = 0;
        _sequenceCount++;
        return sequenceDelay == Never || _sequenceCount >= (sequences ?? 1) && sequences is not null
            ? null
            : TimeSpan.FromSeconds(sequenceDelay ?? 86_400);
    }

    private void ServeEarly()
    {
        foreach ((OperationRequest request, DeferredResponse response) in _early)
            _client.ServeDeferred(this, request, response);
        _early.Clear();
    }

    private void RefuseEarly()
    {
        foreach ((_, DeferredResponse response) in _early)
            response.Complete(CoapResponse.Error(CoapCode.ServiceUnavailable, "the client is not registered"));
        _early.Clear();
    }

    private void TellAwake(bool isAwake)
    {
        _isAwakeTold = isAwake;
        _client.OnAwakeChanged(this, isAwake);
    }
}
