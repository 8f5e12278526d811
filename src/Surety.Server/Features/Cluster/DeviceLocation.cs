namespace Surety.Server.Features.Cluster;

/// <summary>Which node a device is registered at.</summary>
/// <param name="Node">The node; null: none, or this one.</param>
/// <param name="Info">How that node is reached; null while it does not live.</param>
internal readonly record struct DeviceLocation(EntityId? Node, NodeInfo? Info)
{
    /// <summary>The device is registered at another node, which may live or not.</summary>
    public bool IsElsewhere => Node is not null;
}
