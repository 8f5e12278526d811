using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>Decides what a device gets from a <see cref="BootstrapServer"/>. Called on endpoints' threads: what takes longer awaits.</summary>
public interface IBootstrapPolicy
{
    /// <summary>Decides on a Bootstrap-Request. The device is answered when this is done, and before the first operation of the plan.</summary>
    /// <param name="request">The device and what it says.</param>
    /// <param name="cancellationToken">The device has asked again, or has gone.</param>
    /// <returns>A plan; or a refusal: 4.00 for a name that is unknown or does not fit the credentials (Transport TS 1.2.2, table 6.7-1).</returns>
    ValueTask<BootstrapDecision> DecideAsync(BootstrapRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Decides on a Bootstrap-Pack-Request (since LwM2M 1.2). The default: packs are not implemented, 5.01, after which devices send a Bootstrap-Request
    /// (Core TS 1.2.2, 6.1.7.7).
    /// </summary>
    /// <param name="request">The device and what it says.</param>
    /// <param name="cancellationToken">The device has gone.</param>
    ValueTask<BootstrapPackDecision> DecidePackAsync(BootstrapRequest request, CancellationToken cancellationToken) =>
        new(BootstrapPackDecision.Refuse(CoapCode.NotImplemented, "this server has no bootstrap packs; send a Bootstrap-Request"));
}
