using Surety.Server.Features.Connect;

namespace Surety.Server.Features.Cluster;

/// <summary>The devices that are registered at other nodes.</summary>
internal interface IPeerEndpoints
{
    /// <summary>Those of an account, of an endpoint type if one is given.</summary>
    /// <exception cref="Api.ApiException">503: a node does not answer.</exception>
    Task<IReadOnlyList<EndpointInfo>> ListAsync(EntityId account, string? type, CancellationToken cancellationToken);
}
