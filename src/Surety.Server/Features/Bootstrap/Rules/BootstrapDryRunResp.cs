namespace Surety.Server.Features.Bootstrap;

/// <summary>What a device would get, and why.</summary>
internal sealed record BootstrapDryRunResp
{
    /// <summary>Always <c>bootstrap-dry-run</c>.</summary>
    public string Object { get; init; } = "bootstrap-dry-run";

    public required string EndpointName { get; init; }

    /// <summary>The rule that matches; null: the built-in one.</summary>
    public required EntityId? RuleId { get; init; }

    public required string RuleName { get; init; }

    /// <summary>The rules in the order in which they are asked.</summary>
    public required IReadOnlyList<ConsideredRule> Rules { get; init; }

    /// <summary>What is done with the device, one operation after the other, without secrets.</summary>
    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>What is observed whenever the device registers, with the attributes that are written first: <c>/3303/0/5700?pmin=10&amp;gt=30</c>.</summary>
    public required IReadOnlyList<string> Observations { get; init; }

    /// <summary>A rule, and whether it is for the device.</summary>
    /// <param name="Id">The rule.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Priority">Its place.</param>
    /// <param name="Matches">It is for the device.</param>
    /// <param name="Reason">Why it is not the one that counts; empty for the one that does.</param>
    internal sealed record ConsideredRule(EntityId Id, string Name, int Priority, bool Matches, string Reason);
}
