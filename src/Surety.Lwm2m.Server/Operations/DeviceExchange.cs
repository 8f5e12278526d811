using System.Globalization;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// One request to a device that fits into a message, written without detours: reads are what servers send most. A response in blocks is
/// completed by the general way.
/// </summary>
internal sealed class DeviceExchange(Registration registration, DeviceRequest request, uint? observe = null) : OutgoingMessage
{
    // RFC 7641, 2
    private const int MaxObserveLength = 3;

    private readonly TaskCompletionSource<DeviceExchange> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the device answered, when one message said all.</summary>
    public DeviceResponse? Response { get; private set; }

    /// <summary>The answer to an observe request has Observe: notifications will follow (RFC 7641, 3.1).</summary>
    public uint? Observe { get; private set; }

    /// <summary>The first answer of an exchange that needs more messages.</summary>
    public CoapResponse? Unfinished { get; private set; }

    public Task<DeviceExchange> SendAsync(CancellationToken cancellationToken)
    {
        CoapPeer peer = registration.Peer;
        peer.Endpoint.Send(peer.Key, this);
        return cancellationToken.CanBeCanceled ? WaitAsync(peer, cancellationToken) : _done.Task;
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

    protected override void OnResponse(in CoapPeer peer, in CoapMessage response)
    {
        int format = -1;
        uint maxAge = 60;
        bool isUnfinished = response.Code == CoapCode.RequestEntityTooLarge || response.Code == CoapCode.Unauthorized;
        Lwm2mPath? location = null;
        foreach (CoapOption option in response.Options)
        {
            switch (option.Number)
            {
                case CoapOptionNumber.Observe when option.Value.Length <= MaxObserveLength:
                    Observe = option.UInt;
                    break;
                case CoapOptionNumber.ContentFormat when option.Value.Length <= sizeof(ushort):
                    format = (int)option.UInt;
                    break;
                case CoapOptionNumber.MaxAge when option.Value.Length <= sizeof(uint):
                    maxAge = option.UInt;
                    break;
                case CoapOptionNumber.LocationPath:
                    location ??= DeviceResponse.ReadLocation(response);
                    break;
                case CoapOptionNumber.Block2:
                    isUnfinished = true;
                    break;
            }
        }

        if (isUnfinished)
        {
            Unfinished = CoapResponse.Read(response);
        }
        else
        {
            Response = new DeviceResponse(response.Code)
            {
                ContentFormat = format < 0 ? null : new ContentFormat((ushort)format),
                MaxAge = TimeSpan.FromSeconds(maxAge),
                Payload = response.Payload.ToArray(),
                Location = location,
            };
        }

        _done.TrySetResult(this);
    }

    protected override void OnFailed(ExchangeFailure failure) => _done.TrySetException(new CoapExchangeException(failure));

    private async Task<DeviceExchange> WaitAsync(CoapPeer peer, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration cancellation = cancellationToken.Register(() =>
        {
            peer.Endpoint.Cancel(this);
            _done.TrySetCanceled(cancellationToken);
        });
        return await _done.Task.ConfigureAwait(false);
    }
}
