namespace Surety.Server.Features.Cluster;

/// <summary>Metadata of an endpoint that concerns the caller's channel, which one node of the cluster has.</summary>
/// <param name="IsUse">Who calls it wants to have a channel.</param>
internal sealed record ChannelRoute(bool IsUse);
