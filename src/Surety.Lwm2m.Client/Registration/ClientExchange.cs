using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>A request of ours to a server, and what is to be done with the answer. Bodies beyond one message, and answers that ask for more, take the general way.</summary>
/// <param name="owner">Who asks.</param>
/// <param name="peer">The server.</param>
/// <param name="request">The request.</param>
/// <param name="onResponse">Called under the client's lock with the answer, success or not.</param>
/// <param name="onFailed">Called under the client's lock when there is none.</param>
internal sealed class ClientExchange(
    IExchangeOwner owner, CoapPeer peer, CoapRequest request, Action<CoapResponse> onResponse, Action<string> onFailed) : OutgoingMessage
{
    private bool _isOver;

    public CoapRequest Request => request;

    /// <summary>Why there is no answer.</summary>
    public ExchangeFailure? Failure { get; private set; }

    /// <summary>Sends the request; nothing may follow that relies on its being under way, since it may fail at once.</summary>
    public void Send()
    {
        if (request.Payload.Length > peer.GetInlineBody())
            _ = CompleteAsync(peer.SendAsync(request));
        else
            peer.Endpoint.Send(peer.Key, this);
    }

    /// <summary>Nothing is told any more. Under the client's lock.</summary>
    public void Cancel()
    {
        _isOver = true;
        peer.Endpoint.Cancel(this);
    }

    protected override CoapCode Write(ref CoapMessageWriter writer)
    {
        foreach ((CoapOptionNumber number, ReadOnlyMemory<byte> value) in request.Options)
            writer.Option(number, value.Span);
        writer.Payload(request.Payload.Span);
        return request.Method;
    }

    protected override void OnResponse(in CoapPeer peer, in CoapMessage response)
    {
        CoapResponse first = CoapResponse.Read(response);
        // An Echo challenge, a wish for smaller blocks, a body in blocks.
        bool isUnfinished = first.Code == CoapCode.Unauthorized || first.Code == CoapCode.RequestEntityTooLarge || first.Options.Contains(CoapOptionNumber.Block2);
        if (isUnfinished)
            _ = CompleteAsync(peer.ContinueAsync(request, first));
        else
            Complete(first);
    }

    protected override void OnFailed(ExchangeFailure failure) => Fail(new CoapExchangeException(failure));

    private async Task CompleteAsync(Task<CoapResponse> whole)
    {
        try
        {
            Complete(await whole.ConfigureAwait(false));
        }
        catch (CoapExchangeException e)
        {
            Fail(e);
        }
    }

    private void Complete(CoapResponse response)
    {
        using Lock.Scope scope = owner.Gate.EnterScope();
        if (!TryEnd())
            return;
        owner.OnExchangeOver(this, response.Code);
        onResponse(response);
    }

    private void Fail(CoapExchangeException exception)
    {
        using Lock.Scope scope = owner.Gate.EnterScope();
        if (!TryEnd())
            return;
        owner.OnExchangeOver(this, CoapCode.Empty);
        Failure = exception.Failure;
        onFailed(exception.Message);
    }

    private bool TryEnd()
    {
        if (_isOver)
            return false;
        return _isOver = true;
    }
}
