namespace Surety.Server.Features.Cluster;

/// <summary>What endpoints say about which node is to answer.</summary>
internal static class ClusterConventions
{
    /// <summary>The request goes to the node that the device is registered at.</summary>
    /// <param name="endpoint">The endpoint, or a group of them.</param>
    /// <param name="parameter">The route parameter with the device's id; endpoints of a group that have none are not concerned.</param>
    public static T AtDevice<T>(this T endpoint, string parameter)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new DeviceRoute(parameter));
}
