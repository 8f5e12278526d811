using Microsoft.Extensions.Logging;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

public sealed partial class BootstrapSession
{
    /// <summary>A request of the bootstrap server is for this session, and not for the registration. Under the lock.</summary>
    internal bool Owns(in CoapPeer peer) => Peer == peer && State is not (BootstrapState.Idle or BootstrapState.Retrying);

    /// <summary>Serves an operation of the Bootstrap Interface but for Finish. Under the lock.</summary>
    internal OperationResponse Serve(in OperationRequest request)
    {
        if (State is not (BootstrapState.Requesting or BootstrapState.Configuring))
            return new OperationError(CoapCode.ServiceUnavailable, "the client is not being bootstrapped");
        AwaitNextOperation();
        string target = request.Path?.ToString() ?? "?";
        OperationResponse response;
        try
        {
            response = _client.BootstrapOperations.Serve(_draft!, request);
        }
        catch (CoapException e)
        {
            // The application refuses a value.
            response = new OperationError(e.Code, e.Message);
        }

        string operation = request.Method == CoapCode.Get ? request.Accept == ContentFormat.LinkFormat ? "Discover" : "Read" : request.Method == CoapCode.Put ? "Write" : request.Method == CoapCode.Delete ? "Delete" : request.Method.ToString();
        Say(State, response.Diagnostic is { } problem ? $"Bootstrap-{operation} {target}: refused, {problem}" : $"Bootstrap-{operation} {target}: {response.Code}");
        return response;
    }

    /// <summary>Bootstrap-Finish (Core 6.1.7.2). The answer goes out when the new configuration is stored. Under the lock.</summary>
    /// <param name="queries">The queries of the request.</param>
    /// <param name="onDone">Told null when all is in force, or what is wrong, with the code of the answer.</param>
    internal void Finish(string[] queries, Action<OperationError?> onDone)
    {
        if (State is BootstrapState.Enrolling or BootstrapState.Finished)
        {
            // Its answer was lost on the way.
            onDone(null);
            return;
        }

        if (State is not (BootstrapState.Requesting or BootstrapState.Configuring))
        {
            onDone(new(CoapCode.ServiceUnavailable, "the client is not being bootstrapped"));
            return;
        }

        AwaitNextOperation();
        if (TryPrepare(out BootstrapConfiguration? configuration) is { } problem)
        {
            // Core 6.1.6: the server may mend it, and finish again.
            Say(BootstrapState.Configuring, $"Bootstrap-Finish: refused, {problem}");
            LastProblem = problem;
            onDone(new(CoapCode.NotAcceptable, problem));
            return;
        }

        _finishQueries = queries;
        _client.ApplyBootstrap(_draft!, configuration!, failure => onDone(failure is null ? null : new(CoapCode.InternalServerError, failure)));
    }

    /// <summary>The new configuration is being stored. Under the lock.</summary>
    internal void OnStoring()
    {
        _exchange?.Cancel();
        _exchange = null;
        _due = long.MaxValue;
        Say(BootstrapState.Storing, "the configuration is consistent: storing it");
    }

    /// <summary>The new configuration cannot be stored: nothing has changed, and the server may finish again. Under the lock.</summary>
    internal void OnNotStored(string problem)
    {
        LastProblem = problem;
        Say(BootstrapState.Configuring, problem);
        AwaitNextOperation();
    }

    /// <summary>The new configuration is in force. Under the lock.</summary>
    /// <param name="toEnroll">The accounts that need a certificate before they can be used.</param>
    internal void OnApplied(IReadOnlyList<ServerSession> toEnroll)
    {
        _draft = null;
        _attempt = 0;
        _isOrdered = false;
        LastProblem = null;
        _isPackRefused = false;
        if (toEnroll.Count > 0 && Peer is { } peer)
        {
            Say(BootstrapState.Enrolling, "the configuration is in force: enrolling certificates");
            _ = EnrollAsync(toEnroll, peer);
            return;
        }

        Say(BootstrapState.Finished, "the configuration is in force");
        ActAt(Now + (long)Linger.TotalMilliseconds);
    }

    private async Task EnrollAsync(IReadOnlyList<ServerSession> sessions, CoapPeer peer)
    {
        string? problem = null;
        try
        {
            await _client.Options.Enrollment!.EnrollAsync(new EnrollmentOrder([.. sessions.Select(session => session.Account)], peer, _finishQueries), _client.Stopping).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (e is not (CoapExchangeException or IOException or InvalidOperationException or OperationCanceledException))
                LogEnrollmentFailed(e);
            problem = e.Message;
        }

        using Lock.Scope scope = Gate.EnterScope();
        if (State != BootstrapState.Enrolling || Peer != peer)
            return;
        bool isUsable = sessions.All(session => _client.Options.Enrollment!.IsEnrolled(session.Account));
        if (isUsable)
            _client.StartSessions(sessions);
        if (problem is null && isUsable)
        {
            Say(BootstrapState.Finished, "certificates are enrolled");
            ActAt(Now + (long)Linger.TotalMilliseconds);
        }
        else
            Fail($"no certificate was enrolled: {problem ?? "the server gave none"}", leastDelay: null);
    }

    private string? TryPrepare(out BootstrapConfiguration? configuration) =>
        BootstrapConfiguration.TryRead(_draft!, _client, IsFactoryAccount, out configuration, out string? problem) ? null : problem;

    private void AwaitNextOperation() => ActAt(Now + (long)TransmissionParameters.Default.ExchangeLifetime.TotalMilliseconds);

    private void Refuse(string what, CoapResponse response)
    {
        LastRefusal = response.Code;
        Fail($"the bootstrap server answered the {what} with {response}", ServerSession.RetryAfter(response));
    }

    /// <summary>This attempt is over; the draft is dropped, so that the client is as it was before.</summary>
    private void Fail(string reason, TimeSpan? leastDelay)
    {
        Abandon();
        LastProblem = reason;
        _attempt++;
        if (_isOrdered && _attempt >= MaxOrderedAttempts && _client.HasRegistration)
        {
            _isOrdered = false;
            Say(BootstrapState.Idle, $"given up, since the client is registered: {reason}");
            return;
        }

        TimeSpan delay = _client.Options.BootstrapRetry.DelayBefore(_attempt, _client.Options.Random);
        if (leastDelay > delay)
            delay = leastDelay.Value;
        SetState(BootstrapState.Retrying);
        LogRetrying(Uri, reason, delay);
        _client.OnBootstrapStep(new BootstrapStep(State, $"{reason}; next attempt in {delay}"));
        ActAt(Now + (long)delay.TotalMilliseconds);
    }

    private void Abandon()
    {
        _connecting++;
        _exchange?.Cancel();
        _exchange = null;
        _draft = null;
        CloseConnection();
    }

    private void CloseConnection()
    {
        if (Peer is not { } peer)
            return;
        Peer = null;
        _client.Connector.Close(peer);
    }

    private void ActAt(long at)
    {
        _due = at;
        _client.ScheduleAt(at);
    }

    private void Say(BootstrapState state, string text)
    {
        SetState(state);
        LogStep(Uri, text);
        _client.OnBootstrapStep(new BootstrapStep(state, text));
    }

    private void SetState(BootstrapState state) => State = state;

    [LoggerMessage(3030, LogLevel.Information, "Bootstrap with {Server}: {Step}")]
    private partial void LogStep(CoapUri? server, string step);

    [LoggerMessage(3031, LogLevel.Warning, "Not bootstrapped with {Server}: {Reason}; next attempt in {Delay}")]
    private partial void LogRetrying(CoapUri? server, string reason, TimeSpan delay);

    [LoggerMessage(3032, LogLevel.Error, "The enrolment failed")]
    private partial void LogEnrollmentFailed(Exception exception);
}
