using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Surety.Server.Tests.Contract;

/// <summary>An operation of Pelion's contract.</summary>
/// <param name="Id">Its <c>operationId</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The template of the path, without a slash at its end.</param>
/// <param name="Body">The schema of the body; null when it has none, or a form.</param>
/// <param name="Responses">The schema of the body for each status; null for a status without body.</param>
internal sealed partial record ContractOperation(string Id, string Method, string Path, JsonNode? Body, IReadOnlyDictionary<int, JsonNode?> Responses)
{
    private const string TenantPrefix = "/v3/accounts/{}";

    /// <summary>The path with nameless parameters: names differ between the contract and us, and between its own operations.</summary>
    public string Shape { get; } = ShapeOf(Path);

    /// <summary>The operation is on an account below the caller's.</summary>
    public bool IsOfTenant => Shape.StartsWith(TenantPrefix + "/", StringComparison.Ordinal);

    /// <summary>The shape of the same operation on the caller's own account.</summary>
    public string OwnShape => IsOfTenant ? string.Concat("/v3", Shape.AsSpan(TenantPrefix.Length)) : Shape;

    /// <summary>What has no parameter names and no slash at its end.</summary>
    public static string ShapeOf(string path) => Parameter().Replace(path, "{}").TrimEnd('/');

    public override string ToString() => $"{Method} {Path}";

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
