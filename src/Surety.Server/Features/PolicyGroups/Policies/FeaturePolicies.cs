using System.Text.Json;
using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.PolicyGroups.Policies;

/// <summary>Reads, keeps and shows the policies of policy groups.</summary>
internal static class FeaturePolicies
{
    /// <summary>What a group without policies keeps.</summary>
    public const string Empty = "[]";

    private const string Field = "policies";
    private const string ResourceFeature = "resource";
    private const string FromTemplate = "template";
    private const int MaxCount = 100;
    private const int MaxResourceLength = 500;

    private static readonly JsonSerializerOptions Stored = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Nobody embeds it in a page, and the audit log shows it to people.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What the policies that a caller has sent are kept as.</summary>
    /// <exception cref="ApiException">400, with every member that is wrong.</exception>
    public static string Read(IReadOnlyList<FeaturePolicy> policies)
    {
        if (policies.Count > MaxCount)
            throw ApiException.Invalid(Field, $"must have at most {MaxCount} entries");
        var errors = new List<ErrorField>();
        var read = policies.Select((policy, index) => Read(policy, $"{Field}[{index}]", errors)).ToList();
        return errors.Count == 0 ? JsonSerializer.Serialize(read, Stored) : throw ApiException.Invalid(errors);
    }

    /// <summary>The policies of a group: what an administrator has given it, or what its kind stands for.</summary>
    public static IReadOnlyList<FeaturePolicy> Of(PolicyGroup group) => group.Kind switch
    {
        PolicyGroupKind.Administrators => [Inherited(FeatureActions.All) with { Resource = "/" }],
        PolicyGroupKind.ReadOnly => [Inherited(FeatureActions.Get) with { Resource = "/" }],
        PolicyGroupKind.Developers =>
        [
            .. PlatformFeatures.All.Where(feature => feature.Developers != FeatureActions.None).Select(feature => Inherited(feature.Developers) with { Feature = feature.Name }),
        ],
        _ => JsonSerializer.Deserialize<List<FeaturePolicy>>(group.Policies, Stored) ?? [],
    };

    /// <summary>The policies of an account: it has every feature.</summary>
    public static IReadOnlyList<FeaturePolicy> OfAccount() =>
        [.. PlatformFeatures.All.Select(feature => Inherited(FeatureActions.All) with { Feature = feature.Name })];

    /// <summary>The actions that a policy names; null when it names something else.</summary>
    public static FeatureActions? ParseActions(string? text)
    {
        var actions = FeatureActions.None;
        foreach (var name in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var action = ActionOf(name);
            if (action == FeatureActions.None)
                return null;
            actions |= action;
        }

        return actions == FeatureActions.None ? FeatureActions.All : actions;
    }

    /// <summary>The action of an HTTP method; none for a method that no policy can allow.</summary>
    public static FeatureActions ActionOf(string method) => method switch
    {
        _ when HttpMethods.IsGet(method) || HttpMethods.IsHead(method) => FeatureActions.Get,
        _ when HttpMethods.IsPost(method) => FeatureActions.Post,
        _ when HttpMethods.IsPut(method) => FeatureActions.Put,
        _ when HttpMethods.IsDelete(method) => FeatureActions.Delete,
        _ when HttpMethods.IsPatch(method) => FeatureActions.Patch,
        _ => FeatureActions.None,
    };

    private static FeaturePolicy Read(FeaturePolicy? policy, string at, List<ErrorField> errors)
    {
        if (policy is null)
        {
            errors.Add(new ErrorField(at, "must be a policy"));
            return new FeaturePolicy();
        }

        if (policy.Allow is null)
            errors.Add(new ErrorField($"{at}.allow", "is required"));
        var actions = ParseActions(policy.Action);
        if (actions is null)
            errors.Add(new ErrorField($"{at}.action", "must be a comma-separated list of GET, POST, PUT, DELETE and PATCH, or empty for all"));
        var resource = string.IsNullOrEmpty(policy.Resource) ? null : policy.Resource;
        var feature = string.IsNullOrEmpty(policy.Feature) || (resource is not null && policy.Feature == ResourceFeature) ? null : policy.Feature;
        if ((feature is null) == (resource is null))
            errors.Add(new ErrorField($"{at}.feature", "or 'resource' is required, and only one of both"));
        else if (feature is not null)
            CheckFeature(feature, policy.Allow == true, actions, at, errors);
        else if (resource is not ['/', ..] || resource.Length > MaxResourceLength || resource.Contains('\0'))
            errors.Add(new ErrorField($"{at}.resource", $"must be a path that begins with '/' and has at most {MaxResourceLength} characters"));
        return new FeaturePolicy { Action = Format(actions ?? FeatureActions.All), Allow = policy.Allow, Feature = feature, Resource = resource };
    }

    private static void CheckFeature(string name, bool allow, FeatureActions? actions, string at, List<ErrorField> errors)
    {
        if (PlatformFeatures.Find(name) is not { } feature)
            errors.Add(new ErrorField($"{at}.feature", $"has '{ApiException.Shorten(name)}', which is no feature; GET /v3/accounts/me?include=policies lists them"));
        else if (allow && actions is { } wanted && (wanted & ~feature.Grantable) != 0)
            errors.Add(new ErrorField($"{at}.action", $"can be GET alone to allow '{name}': who changes it gives rights, and that only administrators do"));
    }

    private static string Format(FeatureActions actions) => actions == FeatureActions.All
        ? ""
        : string.Join(',', Enum.GetValues<FeatureActions>().Where(action => int.IsPow2((int)action) && actions.HasFlag(action)).Select(action => action.ToString().ToUpperInvariant()));

    private static FeaturePolicy Inherited(FeatureActions actions) =>
        new() { Action = Format(actions), Allow = true, Inherited = true, InheritedType = FromTemplate };
}
