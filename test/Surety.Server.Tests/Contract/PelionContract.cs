using System.Globalization;
using System.Text.Json.Nodes;

namespace Surety.Server.Tests.Contract;

/// <summary>Pelion's public contract of October 2020 as names, types, bounds and statuses: <c>pelion.json</c>, made by <c>eng/extract-contract.py</c>.</summary>
internal static class PelionContract
{
    private static readonly JsonNode Source = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contract", "pelion.json")))!;

    public static IReadOnlyList<ContractOperation> Operations { get; } = [.. Source["operations"]!.AsArray().Select(node => new ContractOperation(
        node!.Text("id"),
        node!.Text("method"),
        node!.Text("path").TrimEnd('/'),
        node!["body"],
        node!["responses"]!.AsObject().ToDictionary(response => int.Parse(response.Key, CultureInfo.InvariantCulture), response => response.Value)))];

    /// <summary>The schema itself, if this one only names it.</summary>
    public static JsonNode Resolve(JsonNode schema) => schema["ref"] is { } name ? Source["schemas"]![(string)name!]! : schema;
}
