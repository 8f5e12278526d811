using Surety.Coap;

namespace Surety.Lwm2m.Server.Tests.Bootstrap;

/// <summary>Gives every device the same.</summary>
internal sealed class TestPolicy : IBootstrapPolicy
{
    public List<BootstrapRequest> Requests { get; } = [];

    /// <summary>The plan; null refuses.</summary>
    public BootstrapPlan? Plan { get; set; }

    public Func<BootstrapRequest, CancellationToken, ValueTask<BootstrapDecision>>? Decide { get; set; }

    public Func<BootstrapRequest, BootstrapPackDecision>? Pack { get; set; }

    public void Plans(params BootstrapOperation[] operations) => Plan = new BootstrapPlan(operations);

    public ValueTask<BootstrapDecision> DecideAsync(BootstrapRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        if (Decide is not null)
            return Decide(request, cancellationToken);
        return new(Plan is null ? BootstrapDecision.Refuse(CoapCode.BadRequest, "nobody knows this device") : BootstrapDecision.Accept(Plan));
    }

    ValueTask<BootstrapPackDecision> IBootstrapPolicy.DecidePackAsync(BootstrapRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return new(Pack?.Invoke(request) ?? BootstrapPackDecision.Refuse(CoapCode.NotImplemented, "no packs"));
    }
}
