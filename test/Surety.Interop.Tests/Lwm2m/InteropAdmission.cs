using System.Collections.Concurrent;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Interop.Tests.Lwm2m;

/// <summary>A device is whom its certificate names, else whom it says it is; a name that the certificate does not bear out is refused.</summary>
internal sealed class InteropAdmission : IDeviceAdmission
{
    private readonly ConcurrentDictionary<string, DeviceId> _devices = new();
    private int _count;

    public Admission Admit(in CoapPeer peer, string? endpoint)
    {
        string? proven = (peer.Identity as PeerIdentity.Certificate)?.Subject.CommonName;
        if (proven is not null && endpoint is not null && endpoint != proven)
            return Admission.Refuse(CoapCode.BadRequest, "ep is not the name in the certificate");
        return (proven ?? endpoint) is { } name ? Admission.Accept(default, name) : Admission.Refuse(CoapCode.BadRequest, "ep is missing");
    }

    public ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters) =>
        ValueTask.FromResult(DeviceResolution.Accept(_devices.GetOrAdd(admission.Endpoint, _ => new DeviceId((UInt128)(uint)Interlocked.Increment(ref _count)))));
}
