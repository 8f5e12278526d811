using System.Text.Json;

namespace Surety.Server.Features.Cluster;

/// <summary>What a node tells the others of itself, as long as it lives.</summary>
/// <param name="Node">The node; stays the same as long as its data directory does.</param>
/// <param name="Number">0 to 254: unique among the nodes that live.</param>
/// <param name="Run">Differs for each start of the program.</param>
/// <param name="Address">Where its REST API is reached; null until it serves.</param>
/// <param name="Secrets">The check value of its <c>secrets.key</c>.</param>
/// <param name="Authority">The fingerprints of its certificate authority; null until it is loaded.</param>
/// <param name="Version">The program's version.</param>
internal sealed record NodeInfo(EntityId Node, int Number, string Run, string? Address, string Secrets, string? Authority, string Version)
{
    public string ToText() => JsonSerializer.Serialize(new Wire(Node.ToString(), Number, Run, Address, Secrets, Authority, Version));

    /// <summary>Null for what is not of this form.</summary>
    public static NodeInfo? Read(string? text)
    {
        try
        {
            return text is not null && JsonSerializer.Deserialize<Wire>(text) is { } wire && EntityId.TryParse(wire.Node, out var node)
                ? new NodeInfo(node, wire.Number, wire.Run, wire.Address, wire.Secrets, wire.Authority, wire.Version)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Wire(string Node, int Number, string Run, string? Address, string Secrets, string? Authority, string Version);
}
