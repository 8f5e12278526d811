using System.Collections.Concurrent;
using System.Text;
using Surety.Coap;
using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>Names devices by their PSK identity, else by what they say; gives each name its number.</summary>
internal sealed class NamingAdmission : IDeviceAdmission
{
    private readonly ConcurrentDictionary<string, DeviceId> _devices = new();
    private int _count;

    public Admission Admit(in CoapPeer peer, string? endpoint)
    {
        string? name = peer.Identity is PeerIdentity.PreSharedKey key ? Encoding.UTF8.GetString(key.Identity.Span) : endpoint;
        return name is null ? Admission.Refuse(CoapCode.BadRequest, "ep is missing") : Admission.Accept(default, name);
    }

    public ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters) => ValueTask.FromResult(
        DeviceResolution.Accept(_devices.GetOrAdd(admission.Endpoint, _ => new DeviceId((UInt128)(uint)Interlocked.Increment(ref _count)))));
}
