using Microsoft.Extensions.Logging;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

public sealed partial class Lwm2mClient
{
    /// <inheritdoc/>
    public void OnRequest(ref IncomingRequest request)
    {
        OperationRequest operation = OperationRequest.Read(request, _alternatePath);
        OperationResponse response;
        using (Objects.Gate.EnterScope())
        {
            if (Bootstrap.Owns(request.Peer))
            {
                ServeBootstrap(ref request);
                return;
            }

            if (!TryServe(request.Peer, operation, out response, out bool mustWait))
            {
                DeferredResponse? later = mustWait ? request.Defer() : null;
                if (later is null || !Find(request.Peer)!.TryKeepEarly(operation, later))
                    Refuse(ref request, later);
                return;
            }
        }

        if (response.Execution is { } execution)
            Execute(ref request, execution);
        else
            response.WriteTo(ref request, Options.AlternatePath);
    }

    /// <inheritdoc/>
    public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

    /// <inheritdoc/>
    public void OnReset(in CoapPeer peer, ushort messageId)
    {
        using Lock.Scope scope = Objects.Gate.EnterScope();
        Find(peer)?.Observations.OnReset(messageId);
    }

    /// <inheritdoc/>
    public void OnPeerReleased(in CoapPeer peer, ConnectionRelease release)
    {
        ArgumentNullException.ThrowIfNull(release);
        using Lock.Scope scope = Objects.Gate.EnterScope();
        Find(peer)?.OnReleased(release);
    }

    /// <inheritdoc/>
    public void OnPeerClosed(in CoapPeer peer)
    {
        using Lock.Scope scope = Objects.Gate.EnterScope();
        if (Bootstrap.Peer == peer)
            Bootstrap.OnConnectionLost("the connection was closed");
        Find(peer)?.OnConnectionLost("the connection was closed");
    }

    /// <summary>Serves a request that waited for the end of a registration. Under the lock.</summary>
    internal void ServeDeferred(ServerSession session, in OperationRequest request, DeferredResponse deferred)
    {
        OperationResponse response;
        try
        {
            response = Serve(session, request);
        }
        catch (CoapException e)
        {
            deferred.Complete(CoapResponse.Error(e.Code, e.Message));
            return;
        }

        if (response.Execution is { } execution)
            _ = ExecuteLaterAsync(execution.RunAsync(_stopping.Token), deferred, execution);
        else
            deferred.Complete(response.ToCoap(Options.AlternatePath));
    }

    internal void Trace(ServerSession? session, bool isIncoming, CoapRequest request, CoapCode response)
    {
        if (Options.Trace is not { } trace)
            return;
        string target = "/" + string.Join('/', request.Options.GetStrings(CoapOptionNumber.UriPath));
        string queries = string.Join('&', request.Options.GetStrings(CoapOptionNumber.UriQuery));
        trace(new ClientTrace(session, isIncoming, request.Method, queries.Length == 0 ? target : $"{target}?{queries}", request.ContentFormat, request.Payload, response));
    }

    /// <summary>A request of the bootstrap server. Under the lock, as is the word that a Finish is done.</summary>
    private void ServeBootstrap(ref IncomingRequest request)
    {
        Statistics.CountRequest();
        // The alternate path is none of the bootstrap server's business (LwM2M Transport 6.4.1).
        OperationRequest operation = OperationRequest.Read(request, default);
        if (request.Method != CoapCode.Post || request.PathText != "/bs")
        {
            OperationResponse response = Bootstrap.Serve(operation);
            Trace(null, operation, response.Code);
            response.WriteTo(ref request, "");
            return;
        }

        var answer = new FinishAnswer(error => Trace(null, operation, error?.Code ?? CoapCode.Changed));
        Bootstrap.Finish([.. operation.Queries], answer.Complete);
        if (answer.Response is { } now)
            request.Respond(now);
        else
            answer.Later = request.Defer();
    }

    private static void Refuse(ref IncomingRequest request, DeferredResponse? deferred)
    {
        const string Reason = "the client is not registered with this server";

        if (deferred is not null)
            deferred.Complete(CoapResponse.Error(CoapCode.ServiceUnavailable, Reason));
        else
            request.RespondError(CoapCode.ServiceUnavailable, Reason);
    }

    private bool TryServe(in CoapPeer peer, in OperationRequest operation, out OperationResponse response, out bool mustWait)
    {
        response = default;
        ServerSession? session = Find(peer);
        mustWait = session is { IsRegistering: true };
        if (session is not { State: RegistrationState.Registered })
            return false;
        response = Serve(session, operation);
        return true;
    }

    private OperationResponse Serve(ServerSession session, in OperationRequest request)
    {
        session.Touch();
        Statistics.CountRequest();
        OperationResponse response;
        try
        {
            response = Management.Serve(session, request);
        }
        catch (CoapException e)
        {
            Trace(session, request, e.Code);
            throw;
        }

        Trace(session, request, response.Code);
        return response;
    }

    private void Execute(ref IncomingRequest request, Execution execution)
    {
        // Outside of the lock: what is executed may take its time, or call us.
        ValueTask<ReadOnlyMemory<byte>> running = execution.RunAsync(_stopping.Token);
        if (running.IsCompletedSuccessfully)
            request.Respond(new CoapResponse(CoapCode.Changed) { Payload = running.Result });
        else
            _ = ExecuteLaterAsync(running, request.Defer(), execution);
    }

    private async Task ExecuteLaterAsync(ValueTask<ReadOnlyMemory<byte>> running, DeferredResponse deferred, Execution execution)
    {
        CoapResponse response;
        try
        {
            response = new CoapResponse(CoapCode.Changed) { Payload = await running.ConfigureAwait(false) };
        }
        catch (CoapException e)
        {
            response = CoapResponse.Error(e.Code, e.Message);
        }
        catch (Exception e)
        {
            LogExecuteFailed(e, execution.Instance.Path, execution.ResourceId);
            response = CoapResponse.Error(CoapCode.InternalServerError, "it failed; the client's log has the details");
        }

        deferred.Complete(response);
    }

    private ServerSession? Find(in CoapPeer peer)
    {
        foreach (ServerSession session in _sessions)
        {
            if (session.Peer == peer)
                return session;
        }

        return null;
    }

    private void Trace(ServerSession? session, in OperationRequest request, CoapCode response)
    {
        if (Options.Trace is not { } trace)
            return;
        string target = request.Path?.ToString() ?? "?";
        trace(new ClientTrace(
            session, true, request.Method, request.Queries.Count == 0 ? target : $"{target}?{string.Join('&', request.Queries)}", request.ContentFormat, request.Payload, response));
    }

    [LoggerMessage(3010, LogLevel.Error, "Executing {Instance}/{Resource} failed")]
    private partial void LogExecuteFailed(Exception exception, Lwm2mPath instance, ushort resource);
}
