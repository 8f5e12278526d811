using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>What a policy has decided on a Bootstrap-Pack-Request.</summary>
public abstract record BootstrapPackDecision
{
    private BootstrapPackDecision()
    {
    }

    /// <summary>The device gets a pack.</summary>
    /// <param name="entries">
    /// Everything that the device is to have in the objects that occur, whose other instances it removes; at least one server account (Core TS 1.2.2,
    /// 6.1.6). The bootstrap account stays without being named.
    /// </param>
    public static BootstrapPackDecision Deliver(IReadOnlyList<ResourceEntry> entries) => new Delivered(entries);

    /// <summary>The device gets none, and will send a Bootstrap-Request.</summary>
    /// <param name="code">5.01 when there are no packs at all, 4.05 when not for this device (Core TS 1.2.2, 6.1.7.7), 4.00, 4.01, 4.04.</param>
    /// <param name="reason">Why, for the device's log and ours.</param>
    public static BootstrapPackDecision Refuse(CoapCode code, string reason) => new Refused(code, reason);

    /// <summary>The device is answered 2.05 with this.</summary>
    public sealed record Delivered(IReadOnlyList<ResourceEntry> Entries) : BootstrapPackDecision;

    /// <summary>The device is answered with an error.</summary>
    public sealed record Refused(CoapCode Code, string Reason) : BootstrapPackDecision;
}
