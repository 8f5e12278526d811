using System.Collections.Concurrent;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Server.Tests;

/// <summary>
/// Names devices by the common name of their certificate or by their PSK identity, else by what they say; gives each name of a tenant its number.
/// </summary>
internal sealed class TestAdmission : IDeviceAdmission
{
    private readonly ConcurrentDictionary<(TenantId, string), DeviceId> _devices = new();
    private int _count;

    /// <summary>Whose devices speak to an endpoint.</summary>
    public Func<CoapPeer, TenantId> Tenant { get; set; } = static _ => default;

    /// <summary>A refusal before anything else; null for none.</summary>
    public Func<string?, Admission?> Refuse { get; set; } = static _ => null;

    /// <summary>Looks devices up; the default finds all at once.</summary>
    public Func<Admission, ValueTask<DeviceResolution>>? Resolver { get; set; }

    /// <summary>How often a device was looked up.</summary>
    public int Resolved { get; private set; }

    public DeviceId Find(Admission admission) =>
        _devices.GetOrAdd((admission.Tenant, admission.Endpoint), _ => new DeviceId((UInt128)(uint)Interlocked.Increment(ref _count)));

    public Admission Admit(in CoapPeer peer, string? endpoint)
    {
        if (Refuse(endpoint) is { } refusal)
            return refusal;
        string? proven = peer.Identity switch
        {
            PeerIdentity.Certificate certificate => certificate.Subject.CommonName,
            PeerIdentity.PreSharedKey key => Encoding.UTF8.GetString(key.Identity.Span),
            _ => null,
        };
        if (proven is not null && endpoint is not null && endpoint != proven)
            return Admission.Refuse(CoapCode.BadRequest, "ep is not the name in the credentials");
        return (proven ?? endpoint) is { } name
            ? Admission.Accept(Tenant(peer), name)
            : Admission.Refuse(CoapCode.BadRequest, "ep is missing");
    }

    public ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters)
    {
        Resolved++;
        return Resolver?.Invoke(admission) ?? ValueTask.FromResult(DeviceResolution.Accept(Find(admission)));
    }
}
