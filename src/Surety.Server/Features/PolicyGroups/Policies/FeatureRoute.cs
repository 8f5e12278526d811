namespace Surety.Server.Features.PolicyGroups.Policies;

/// <summary>Metadata: which feature an endpoint is of.</summary>
/// <param name="Feature">The feature; null for what every caller may do, such as ending the own session.</param>
internal sealed record FeatureRoute(Feature? Feature);
