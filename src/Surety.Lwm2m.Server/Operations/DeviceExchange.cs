using System.Globalization;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// One request to a device that fits into a message, written without detours: reads are what servers send most. A response in blocks is
/// completed by the general way.
/// </summary>
internal sealed class DeviceExchange(Registration registration, DeviceRequest request, uint? observe = null) : OutgoingMessage
{
    private readonly TaskCompletionSource<CoapResponse> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<CoapResponse> SendAsync(CancellationToken cancellationToken)
    {
        CoapPeer peer = registration.Peer;
        peer.Endpoint.Send(peer.Key, this);
        if (!cancellationToken.CanBeCanceled)
            return await _response.Task.ConfigureAwait(false);
        using CancellationTokenRegistration cancellation = cancellationToken.Register(() =>
        {
            peer.Endpoint.Cancel(this);
            _response.TrySetCanceled(cancellationToken);
        });
        return await _response.Task.ConfigureAwait(false);
    }

    protected override CoapCode Write(ref CoapMessageWriter writer)
    {
        Span<byte> text = stackalloc byte[8];
        if (observe is { } value)
            writer.Option(CoapOptionNumber.Observe, value);
        string root = registration.Links.RootPath;
        if (root.Length > 1)
        {
            foreach (Range segment in root.AsSpan().Split('/'))
            {
                if (!root.AsSpan(segment).IsEmpty)
                    writer.Option(CoapOptionNumber.UriPath, root[segment]);
            }
        }

        for (int i = 0; i < request.Path.Level; i++)
        {
            request.Path[i].TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
            writer.Option(CoapOptionNumber.UriPath, text[..length]);
        }

        if (request.ContentFormat is { } format)
            writer.ContentFormat(format);
        foreach (string query in request.Queries)
            writer.Option(CoapOptionNumber.UriQuery, query);
        if (request.Accept is { } accept)
            writer.Option(CoapOptionNumber.Accept, accept.Value);
        writer.Payload(request.Payload.Span);
        return request.Method;
    }

    protected override void OnResponse(in CoapPeer peer, in CoapMessage response) => _response.TrySetResult(CoapResponse.Read(response));

    protected override void OnFailed(ExchangeFailure failure) => _response.TrySetException(new CoapExchangeException(failure));
}
