using System.Security.Authentication;
using Surety.Dtls;

namespace Surety.Coap;

/// <content>What happens on the endpoint's thread.</content>
public sealed partial class DtlsCoapEndpoint
{
    private protected override void OnDatagram(in PeerKey from, Span<byte> datagram, bool isMulticast, bool isTruncated, long now)
    {
        // RFC 7252, 9.1: no multicast. Of a datagram that was cut off, the records that are whole may be good.
        if (isMulticast)
            return;
        _now = now;
        _dtls.Receive(ToAddress(from), datagram, now);
    }

    private protected override void HandleTimeout(long now)
    {
        _now = now;
        if (_saving.TryPeek(out Saving? saving) && saving.Continue())
            _saving.Dequeue();
        _dtls.HandleTimeout(now);
        base.HandleTimeout(now);
    }

    private protected override Span<byte> RentMessage(in PeerKey peer)
    {
        _rentedFor = Find(peer);
        return _rentedFor is { } session ? DtlsEngine.GetContent(session, RentDatagram(ToKey(session.Address))) : _nowhere;
    }

    private protected override void CommitMessage(int length)
    {
        // A session that ended meanwhile: the message has nowhere to go.
        if (_rentedFor is not { } session)
            return;
        int sealedLength = _dtls.Seal(session, Socket.Rent(ToKey(DtlsEngine.GetDestination(session, length))), length);
        if (sealedLength > 0)
            Socket.Commit(sealedLength);
    }

    private protected override void OnPosted(object subject, long now)
    {
        _now = now;
        switch (subject)
        {
            case HandshakeTask task:
                _dtls.Complete(task, now);
                break;
            case Connecting connecting:
                Connect(connecting, now);
                break;
            case Cancellation cancellation:
                _dtls.Cancel(cancellation.Connecting.Number);
                _connecting.Remove(cancellation.Connecting.Number);
                cancellation.Connecting.TrySetCanceled();
                break;
            case Closing closing:
                Close(closing);
                break;
            case Saving saving:
                saving.Begin(_dtls.Sessions);
                _saving.Enqueue(saving);
                break;
        }
    }

    private protected override void OnAbandoned(object subject)
    {
        switch (subject)
        {
            case Connecting connecting:
                connecting.TrySetException(new CoapExchangeException(ExchangeFailure.Closed));
                break;
            case Saving saving:
                saving.TrySetException(new CoapExchangeException(ExchangeFailure.Closed));
                break;
        }
    }

    private protected override void OnStopping()
    {
        foreach (Connecting connecting in _connecting.Values)
            OnAbandoned(connecting);
        foreach (Saving saving in _saving)
            OnAbandoned(saving);
        // Sessions are not closed: they may have been saved, and go on after a restart.
        _dtls.Dispose();
    }

    private void Connect(Connecting connecting, long now)
    {
        // It was given up before it began.
        if (connecting.Task.IsCompleted)
            return;
        DtlsClientOptions options = connecting.Options;
        if (options.Resumption is null && _resumptions.TryGetValue(connecting.Server, out (DtlsResumption Resumption, DtlsClientOptions Options) last) && last.Options.IsAsGoodAs(options))
            options = options with { Resumption = last.Resumption };
        connecting.Number = _dtls.Connect(ToAddress(connecting.Server), options, now);
        _connecting.Add(connecting.Number, connecting);
    }

    private void OnEstablished(DtlsSession session)
    {
        var identity = DtlsConversion.ToIdentity(session.Peer);
        session.Tag = identity;
        _sessions[session.Number] = session;
        LogEstablished(session.Address, session.CipherSuite, identity, session.IsResumed, session.HasConnectionId);
        // What the handshake asked may have changed meanwhile; and of a pre-shared key nothing was proven before. The session is in the table
        // already: from here on it is found by whoever ends sessions.
        if (session.IsServer && identity.IsAuthenticated && _clientTrust?.FindRefusal?.Invoke(identity) is { } refusal)
        {
            Close(new Closing(session, refusal));
            return;
        }

        if (!_connecting.Remove(session.Number, out Connecting? connecting))
            return;
        if (session.Resumption is { } resumption && (_resumptions.Count < MaxResumptions || _resumptions.ContainsKey(connecting.Server)))
            _resumptions[connecting.Server] = (resumption, connecting.Options);
        connecting.TrySetResult(new CoapPeer(this, ToKey(session)));
    }

    private void Close(Closing closing)
    {
        if (closing.Reason is not { } reason)
        {
            _dtls.Close(closing.Session);
            return;
        }

        if (!_sessions.ContainsKey(closing.Session.Number))
            return;
        LogClosed(closing.Session.Address, GetIdentity(ToKey(closing.Session)), reason.Reason, reason.Alert);
        _dtls.Close(closing.Session, reason.Alert);
    }

    private void OnClosed(DtlsSession session)
    {
        if (!_sessions.TryRemove(session.Number, out _))
            return;
        PeerKey key = ToKey(session);
        Engine.FailPeer(key, ExchangeFailure.Unreachable);
        _handler.OnPeerClosed(new CoapPeer(this, key));
    }

    private void OnHandshakeFailed(in HandshakeFailure failure)
    {
        if (failure.IsServer)
            LogFailed(failure.Peer, failure.Message, failure.Alert);
        else if (_connecting.Remove(failure.Number, out Connecting? connecting))
            connecting.TrySetException(new AuthenticationException($"The DTLS handshake with {failure.Peer} failed: {failure.Message} ({failure.Alert})."));
    }

    private bool TryOffload(HandshakeTask task)
    {
        if (Interlocked.Increment(ref _publicKeyWork) <= _dtlsOptions.MaxPublicKeyWork && ThreadPool.UnsafeQueueUserWorkItem(new PublicKeyWork(this, task), preferLocal: false))
            return true;
        Interlocked.Decrement(ref _publicKeyWork);
        return false;
    }

    /// <summary>What the engine below sees of the endpoint.</summary>
    private sealed class Host(DtlsCoapEndpoint endpoint) : IDtlsHost
    {
        public Span<byte> Rent(in PeerAddress to, int length) => endpoint.RentDatagram(ToKey(to));

        public void Commit(int length) => endpoint.Socket.Commit(length);

        public void OnEstablished(DtlsSession session) => endpoint.OnEstablished(session);

        public void OnReceived(DtlsSession session, ReadOnlySpan<byte> content) => endpoint.Engine.Receive(ToKey(session), content, isMulticast: false, endpoint._now);

        public void OnClosed(DtlsSession session) => endpoint.OnClosed(session);

        public void OnHandshakeFailed(in HandshakeFailure failure) => endpoint.OnHandshakeFailed(failure);

        public bool TryOffload(HandshakeTask task) => endpoint.TryOffload(task);

        public void Post(HandshakeTask task) => endpoint.Post(default, task);
    }

    private sealed class PublicKeyWork(DtlsCoapEndpoint endpoint, HandshakeTask task) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            ValueTask step = task.RunAsync();
            if (step.IsCompleted)
                Finish();
            else
                _ = FinishAsync(step);
        }

        private async Task FinishAsync(ValueTask step)
        {
            await step.ConfigureAwait(false);
            Finish();
        }

        private void Finish()
        {
            Interlocked.Decrement(ref endpoint._publicKeyWork);
            endpoint.Post(default, task);
        }
    }

    /// <summary>A connection that is wanted.</summary>
    private sealed class Connecting(PeerKey server, DtlsClientOptions options) : TaskCompletionSource<CoapPeer>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public PeerKey Server { get; } = server;

        public DtlsClientOptions Options { get; } = options;

        public ulong Number { get; set; }
    }

    private sealed record Cancellation(Connecting Connecting);

    private sealed record Closing(DtlsSession Session, PeerRefusal? Reason);

    /// <summary>Sessions that are being saved, some in each round.</summary>
    private sealed class Saving() : TaskCompletionSource<IReadOnlyList<byte[]>>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private readonly List<byte[]> _saved = [];
        private DtlsSession[] _sessions = [];
        private int _next;

        public void Begin(IEnumerable<DtlsSession> sessions) => _sessions = [.. sessions];

        /// <returns>It is done.</returns>
        public bool Continue()
        {
            int end = Math.Min(_next + SavedAtOnce, _sessions.Length);
            for (; _next < end; _next++)
            {
                if (!_sessions[_next].IsClosed)
                    _saved.Add(DtlsEngine.Save(_sessions[_next]));
            }

            return _next == _sessions.Length && TrySetResult(_saved);
        }
    }
}
