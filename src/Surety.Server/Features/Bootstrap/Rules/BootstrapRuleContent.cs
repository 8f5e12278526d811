using System.Text.Json;

namespace Surety.Server.Features.Bootstrap;

/// <summary>What a rule asks for and gives.</summary>
internal sealed record BootstrapRuleContent
{
    public BootstrapRuleMatch Match { get; init; } = new();

    public BootstrapRuleServer Server { get; init; } = new();

    /// <summary>Further instances: path, then resource id, then value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Instances { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();

    /// <summary>What is observed of the devices from their registration on.</summary>
    public IReadOnlyList<BootstrapRuleObservation> Observations { get; init; } = [];

    /// <summary>Another bootstrap server, to which the device is sent; empty: none.</summary>
    public string Redirect { get; init; } = "";
}
