using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>What a policy has decided on a Bootstrap-Request.</summary>
public abstract record BootstrapDecision
{
    private BootstrapDecision()
    {
    }

    /// <summary>The device is bootstrapped.</summary>
    public static BootstrapDecision Accept(BootstrapPlan plan) => new Accepted(plan);

    /// <summary>The device is not bootstrapped.</summary>
    /// <param name="code">What it is answered.</param>
    /// <param name="reason">Why, for the device's log and ours.</param>
    public static BootstrapDecision Refuse(CoapCode code, string reason) => new Refused(code, reason);

    /// <summary>The device is answered 2.04, and then the plan is carried out.</summary>
    public sealed record Accepted(BootstrapPlan Plan) : BootstrapDecision;

    /// <summary>The device is answered with an error.</summary>
    public sealed record Refused(CoapCode Code, string Reason) : BootstrapDecision;
}
