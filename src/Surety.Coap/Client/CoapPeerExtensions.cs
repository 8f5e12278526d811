namespace Surety.Coap;

/// <summary>Requests to a peer.</summary>
public static class CoapPeerExtensions
{
    /// <summary>Sends a request and gives its response; bodies that do not fit into one message go in blocks (RFC 7959).</summary>
    /// <exception cref="CoapExchangeException">No response came, or one that breaks the protocol.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static Task<CoapResponse> SendAsync(this CoapPeer peer, CoapRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new BlockwiseExchange(peer, request).RunAsync(cancellationToken);
    }

    /// <summary>
    /// Goes on from a response to the first message of a request: fetches the further blocks of its body, sends the request's body in blocks
    /// when the peer asks for that, answers an Echo challenge.
    /// </summary>
    /// <returns>The whole response.</returns>
    /// <exception cref="CoapExchangeException">The rest did not come, or breaks the protocol.</exception>
    public static Task<CoapResponse> ContinueAsync(this CoapPeer peer, CoapRequest request, CoapResponse first, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(first);
        return new BlockwiseExchange(peer, request).ContinueAsync(first, cancellationToken);
    }

    /// <summary>The longest body that goes into one message to this peer, bytes; longer ones go in blocks (RFC 7959).</summary>
    public static int GetInlineBody(this CoapPeer peer) => peer.Endpoint.GetInlineBody(peer.Key);

    /// <summary>Sends an Empty Confirmable message, or a Ping signal, and waits for the answer (RFC 7252, 4.3; RFC 8323, 5.4).</summary>
    /// <returns>The round-trip time.</returns>
    /// <exception cref="CoapExchangeException">No answer came.</exception>
    public static async Task<TimeSpan> PingAsync(this CoapPeer peer, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        time ??= TimeProvider.System;
        long start = time.GetTimestamp();
        var ping = new PingMessage(peer.Endpoint.IsReliable);
        peer.Endpoint.Send(peer.Key, ping);
        try
        {
            await ping.Answered.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            peer.Endpoint.Cancel(ping);
            throw;
        }

        return time.GetElapsedTime(start);
    }

    private sealed class PingMessage(bool isSignal) : OutgoingMessage
    {
        private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Answered => _answered.Task;

        // A Pong carries the token of its Ping, and so looks like a response.
        public override bool ExpectsResponse => isSignal;

        protected internal override CoapCode Write(ref CoapMessageWriter writer) => isSignal ? CoapCode.Ping : CoapCode.Empty;

        protected internal override void OnResponse(in CoapPeer peer, in CoapMessage response) => _answered.TrySetResult();

        // Not what the specification says, but what some peers do; they are there.
        protected internal override void OnAcknowledged() => _answered.TrySetResult();

        protected internal override void OnFailed(ExchangeFailure failure)
        {
            // Over UDP the answer to an Empty Confirmable message is a Reset.
            if (failure == ExchangeFailure.Reset)
                _answered.TrySetResult();
            else
                _answered.TrySetException(new CoapExchangeException(failure));
        }
    }
}
