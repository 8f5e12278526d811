using System.Threading.Channels;

namespace Surety.Coap;

/// <summary>An observation of a peer's resource: its representations, as they change (RFC 7641).</summary>
public sealed class CoapObservation : IAsyncDisposable
{
    private readonly CoapClient _client;
    private readonly Channel<CoapResponse> _responses;
    private readonly Lock _lock = new();
    private NotificationOrder _order;
    private int _taken;

    internal CoapObservation(CoapClient client, CoapPeer peer, CoapRequest request, CoapToken token, int capacity)
    {
        _client = client;
        Peer = peer;
        Request = request;
        Token = token;
        // A reader that falls behind loses old states, never the newest: that is what observing means (RFC 7641, 1.3).
        _responses = Channel.CreateBounded<CoapResponse>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest });
    }

    /// <summary>The peer.</summary>
    public CoapPeer Peer { get; }

    /// <summary>The token that notifications carry.</summary>
    public CoapToken Token { get; }

    /// <summary>The first response and the notifications, in order; ends with the last one when the server ends the observation.</summary>
    public ChannelReader<CoapResponse> Responses => _responses.Reader;

    /// <summary>Counts the states taken.</summary>
    internal int Taken
    {
        get
        {
            lock (_lock)
                return _taken;
        }
    }

    /// <summary>The request that registered it.</summary>
    internal CoapRequest Request { get; }

    /// <summary>
    /// Registers again, with the same token, so that a server that has forgotten us has us again (RFC 7641, 3.3.1): when no notification has come
    /// for longer than the last one's Max-Age, for instance. The response is the newest state, and goes to <see cref="Responses"/> as well.
    /// </summary>
    /// <returns>The server's response. Without an Observe option, or with an error, the observation has ended.</returns>
    /// <exception cref="InvalidOperationException">The observation has ended before.</exception>
    /// <exception cref="CoapExchangeException">No response came; the observation goes on as it was.</exception>
    public Task<CoapResponse> RegisterAgainAsync(CancellationToken cancellationToken = default) => _client.RegisterAgainAsync(this, cancellationToken);

    /// <summary>Ends the observation by telling the server: a request with Observe 1 and the same token (RFC 7641, 3.6).</summary>
    /// <returns>The server's response.</returns>
    public Task<CoapResponse> CancelAsync(CancellationToken cancellationToken = default) => _client.CancelAsync(this, cancellationToken);

    /// <summary>Forgets the observation; the server learns of it by the Reset that its next notification gets.</summary>
    public ValueTask DisposeAsync()
    {
        _client.Forget(this);
        _responses.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes the response to a registration anew; false when a notification has come since the request was sent that is newer.</summary>
    /// <param name="response">The response.</param>
    /// <param name="taken">How many had been taken when the request was sent.</param>
    /// <param name="now">The present time.</param>
    internal bool TryTakeAnew(CoapResponse response, int taken, long now)
    {
        lock (_lock)
        {
            // Of a server that has forgotten us the numbers begin anew, or stand where they were.
            if (_taken == taken)
                _order = default;
        }

        return TryTake(response, now);
    }

    /// <summary>Takes a response; false when it came late.</summary>
    internal bool TryTake(CoapResponse response, long now)
    {
        if (response.Observe is { } sequence && !Peer.Endpoint.IsReliable)
        {
            lock (_lock)
            {
                if (!_order.TryAdvance(sequence, now))
                    return false;
                _taken++;
            }
        }

        return true;
    }

    internal void Deliver(CoapResponse response)
    {
        _responses.Writer.TryWrite(response);
        // RFC 7641, 4.2: without an Observe option, or with an error, the server has removed us.
        if (response.Observe is null || !response.Code.IsSuccess)
        {
            _client.Forget(this);
            _responses.Writer.TryComplete();
        }
    }

    internal void Fail(Exception exception)
    {
        _client.Forget(this);
        _responses.Writer.TryComplete(exception);
    }
}
