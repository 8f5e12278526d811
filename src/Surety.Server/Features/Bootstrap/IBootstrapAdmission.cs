using Surety.Coap;

namespace Surety.Server.Features.Bootstrap;

/// <summary>Decides whose device it is that wants to bootstrap. A claim that matches is made by this call.</summary>
internal interface IBootstrapAdmission
{
    /// <summary>Admits a device, or says why not. The refusal is on record when this returns.</summary>
    ValueTask<BootstrapAdmission> AdmitAsync(BootstrapApplicant applicant, CancellationToken cancellationToken);
}

/// <summary>A device that wants to bootstrap.</summary>
/// <param name="Identity">What it has proven.</param>
/// <param name="EndpointName">The name it says it has (<c>ep</c>); null: the one in its certificate.</param>
/// <param name="AccountId">The account it says it belongs to (<c>aid</c> of Pelion's clients); null: it does not say.</param>
/// <param name="DeviceId">The device id that an earlier bootstrap gave it (<c>iep</c> of Pelion's clients); null: none.</param>
internal sealed record BootstrapApplicant(PeerIdentity Identity, string? EndpointName, EntityId? AccountId, EntityId? DeviceId)
{
    /// <summary>
    /// Where it is: its IP address without the port, which a NAT changes at will; null when that is not known. One certificate at two places
    /// within a short time is a clone, or a device that moves.
    /// </summary>
    public string? Place { get; init; }
}

/// <summary>The decision.</summary>
internal abstract record BootstrapAdmission
{
    private BootstrapAdmission()
    {
    }

    /// <summary>The device is served.</summary>
    /// <param name="AccountId">Whose it is.</param>
    /// <param name="DeviceId">Its id in the directory, where it now has a record.</param>
    /// <param name="EndpointName">Its endpoint name.</param>
    /// <param name="TrustedCertificateId">The trusted certificate that vouches for it; null when it came with a key.</param>
    public sealed record Admitted(EntityId AccountId, EntityId DeviceId, string EndpointName, EntityId? TrustedCertificateId) : BootstrapAdmission;

    /// <summary>The device is not served.</summary>
    /// <param name="Code">For the device.</param>
    /// <param name="Reason">In words.</param>
    public sealed record Refused(CoapCode Code, string Reason) : BootstrapAdmission;
}
