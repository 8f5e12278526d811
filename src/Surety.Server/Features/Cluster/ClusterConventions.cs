namespace Surety.Server.Features.Cluster;

/// <summary>What endpoints say about which node is to answer.</summary>
internal static class ClusterConventions
{
    /// <summary>The request goes to the node that the device is registered at.</summary>
    /// <param name="endpoint">The endpoint, or a group of them.</param>
    /// <param name="parameter">The route parameter with the device's id; endpoints of a group that have none are not concerned.</param>
    public static T AtDevice<T>(this T endpoint, string parameter)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new DeviceRoute(parameter));

    /// <summary>The request goes to the node that holds the caller's channel.</summary>
    public static T AtChannel<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new ChannelRoute(IsUse: false));

    /// <summary>The same, and who calls it wants to have a channel: where no node holds it, this one does from now on.</summary>
    public static T UsingChannel<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new ChannelRoute(IsUse: true));
}
