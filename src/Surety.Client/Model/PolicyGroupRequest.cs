namespace Surety.Client;

/// <summary>What a policy group is to be, as it is on the wire.</summary>
internal sealed record PolicyGroupRequest(string Name, IReadOnlyList<FeaturePolicy>? Policies = null);
