namespace Surety.Server.Features.PolicyGroups.Policies;

/// <summary>What endpoints say about who may use them. Every endpoint that needs a key says one of both; a test demands it.</summary>
internal static class FeatureConventions
{
    /// <summary>The endpoint, or a group of them, is of a feature: the caller's policies must allow the method there.</summary>
    public static T OfFeature<T>(this T endpoint, Feature feature)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new FeatureRoute(feature));

    /// <summary>Every caller may use the endpoint, whatever the policies say: it concerns the caller alone.</summary>
    public static T OfEveryCaller<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new FeatureRoute(Feature: null));
}
