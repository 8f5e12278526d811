using System.Threading.Channels;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Certificates;

namespace Surety.Server.Features.Connect;

/// <summary>What one reader watches of one device.</summary>
internal sealed class DeviceTrace(EntityId account, EntityId device, string endpointName, Lwm2mServer server, DeviceTrust trust, TraceWriter writer)
{
    // A reader that is slower than its device loses lines, and is told how many.
    private const int MaxWaiting = 1000;

    // Peers whose identity was looked at.
    private const int MaxPeers = 256;

    private readonly Lock _gate = new();
    private readonly Channel<TraceLine> _lines = Channel.CreateBounded<TraceLine>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Dictionary<CoapPeer, bool> _peers = [];
    private int _missed;

    public ChannelReader<TraceLine> Lines => _lines.Reader;

    /// <summary>A message of any device; on its endpoint's thread.</summary>
    public void OnMessage(in CoapPeer peer, bool isSent, in CoapMessage message, bool isBootstrap)
    {
        lock (_gate)
        {
            var registration = server.Registrations.TryGet(device.ToDeviceId(), out var found) ? found : null;
            if (registration?.Peer != peer && !IsOfDevice(peer, isBootstrap))
                return;
            var line = writer.Write(peer, isSent, message, isBootstrap, registration);
            if (_lines.Writer.TryWrite(_missed == 0 ? line : line with { Missed = _missed }))
                _missed = 0;
            else
                _missed++;
        }
    }

    /// <summary>Before it is registered a device is known by what it has proven, of its own account alone: names are others' as well.</summary>
    private bool IsOfDevice(in CoapPeer peer, bool isBootstrap)
    {
        if (!peer.Endpoint.IsSecure)
            return false;
        if (_peers.TryGetValue(peer, out var isOfDevice))
            return isOfDevice;
        var decision = trust.Judge(peer.Identity, isBootstrap ? TrustedCertificateService.Bootstrap : TrustedCertificateService.Lwm2m);
        isOfDevice = decision.IsBelieved(out _) && decision.Claim.AccountId == account
            && (decision.Claim.DeviceId == device || (decision.Claim.DeviceId == default && decision.Claim.EndpointName == endpointName));
        if (_peers.Count == MaxPeers)
            _peers.Clear();
        _peers[peer] = isOfDevice;
        return isOfDevice;
    }
}
