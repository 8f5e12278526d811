using Microsoft.Extensions.Logging;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

public sealed partial class BootstrapServer
{
    private async Task RunAsync(BootstrapSession session)
    {
        try
        {
            using var deadline = new CancellationTokenSource(_options.SessionTimeout, _time);
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, session.Aborted);
            Tell(session.Request.Peer, () => _events.OnStarted(session));
            session.Failure = await PerformAsync(session, cancellation.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            session.Failure = session.AbortReason ?? $"the device has not acknowledged the Finish within {_options.SessionTimeout.TotalSeconds:0} s";
        }
        catch (Exception e)
        {
            LogPlanFailed(e, session.Device);
            session.Failure = "the server failed on the next operation: its log says why";
        }

        session.State = session.Failure is null ? BootstrapState.Finished : BootstrapState.Failed;
        if (session.Failure is { } failure)
        {
            LogFailed(session.Device, failure);
            Tell(session.Request.Peer, () => _events.OnFailed(session));
        }
        else
        {
            Tell(session.Request.Peer, () => _events.OnFinished(session));
        }

        // Last: what is not among the sessions has been told of.
        _sessions.TryRemove(new(session.Device, session));
        session.Dispose();
    }

    /// <summary>Carries the plan out.</summary>
    /// <returns>Why it failed; null when the device has acknowledged the Finish.</returns>
    private async Task<string?> PerformAsync(BootstrapSession session, CancellationToken cancellationToken)
    {
        var dialogue = new BootstrapDialogue(session, _options, _time);
        string? unfinished = null;
        await foreach (BootstrapOperation operation in session.Plan.Run(session.Progress, cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            BootstrapAnswer answer;
            try
            {
                answer = await dialogue.PerformAsync(operation, cancellationToken).ConfigureAwait(false);
            }
            catch (CoapExchangeException e)
            {
                return $"{Name(operation)}: {Describe(e.Failure)}";
            }

            session.Progress.Add(answer);
            Tell(session.Request.Peer, () => _events.OnStep(session, answer));
            bool isFinish = operation is BootstrapOperation.Finish;
            if (isFinish && answer.IsSuccess)
                return null;
            string? refusal = answer.IsSuccess ? null : Describe(answer);
            // What a plan does after a Finish that failed is to put things right, and to finish again.
            if (refusal is not null && operation.IsRequired && !isFinish)
                return refusal;
            unfinished = isFinish ? refusal : unfinished;
        }

        return unfinished ?? "the plan ended without a Finish";
    }

    private static string Describe(BootstrapAnswer answer)
    {
        string diagnostic = answer.Diagnostic is { Length: > 0 } text ? $": {text}" : "";
        string meaning = answer.Operation is BootstrapOperation.Finish && answer.Code == CoapCode.NotAcceptable
            ? " (the device finds its configuration inconsistent)"
            : "";
        return $"{Name(answer.Operation)}: the device answered {answer.Code}{meaning}{diagnostic}";
    }

    /// <summary>Without the values.</summary>
    private static string Name(BootstrapOperation operation) => operation is BootstrapOperation.Write write ? $"write {write.Path}" : operation.ToString();

    private static string Describe(ExchangeFailure failure) => failure switch
    {
        ExchangeFailure.Timeout => "the device did not answer in time",
        ExchangeFailure.Reset => "the device rejected the message with a Reset",
        ExchangeFailure.Unreachable => "the device cannot be reached any more",
        ExchangeFailure.TooLarge => "the message is too large for this transport",
        ExchangeFailure.BadResponse => "the device's answer breaks the protocol",
        ExchangeFailure.Overloaded => "too many messages wait for this device",
        _ => "the server stops",
    };

    private void AbortSessionsOf(in CoapPeer peer, string reason)
    {
        // Bootstraps are few, and short; a peer that has none is the rule.
        if (_sessions.IsEmpty)
            return;
        foreach (BootstrapSession session in _sessions.Values)
        {
            if (session.Request.Peer == peer)
                session.Abort(reason);
        }
    }

    private void Tell(in CoapPeer peer, Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception e)
        {
            LogEventFailed(e, peer);
        }
    }

    [LoggerMessage(2040, LogLevel.Warning, "Bootstrap-Request of {Peer} is malformed: {Reason}")]
    private partial void LogMalformed(CoapPeer peer, string reason);

    [LoggerMessage(2041, LogLevel.Warning, "{Peer} as {Endpoint} is not bootstrapped: {Reason}")]
    private partial void LogRefused(CoapPeer peer, string? endpoint, string reason);

    [LoggerMessage(2042, LogLevel.Warning, "More than {Limit} devices bootstrap at once; others are told to try again later")]
    private partial void LogTooMany(int limit);

    [LoggerMessage(2043, LogLevel.Error, "What {Peer} gets could not be decided; it will ask again")]
    private partial void LogDecisionFailed(Exception exception, CoapPeer peer);

    [LoggerMessage(2044, LogLevel.Warning, "Bootstrap of {Device} failed: {Failure}")]
    private partial void LogFailed(string device, string failure);

    [LoggerMessage(2045, LogLevel.Error, "Bootstrap of {Device}: the plan failed")]
    private partial void LogPlanFailed(Exception exception, string device);

    [LoggerMessage(2046, LogLevel.Error, "What happened to {Peer} at its bootstrap could not be told")]
    private partial void LogEventFailed(Exception exception, CoapPeer peer);
}
