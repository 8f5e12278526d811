namespace Surety.Server.Features.Bootstrap;

/// <summary>A device as rules see it.</summary>
/// <param name="EndpointName">Its endpoint name.</param>
/// <param name="EndpointType"><c>endpoint_type</c> of its record; empty when not known.</param>
/// <param name="DeviceClass"><c>device_class</c> of its record; empty when not known.</param>
/// <param name="TrustedCertificateId">The trusted certificate that vouches for it, if one does.</param>
/// <param name="Groups">The device groups it is in.</param>
/// <param name="IsPelionClient">It is one of Pelion's clients.</param>
internal sealed record BootstrapCandidate(
    string EndpointName, string EndpointType, string DeviceClass, EntityId? TrustedCertificateId, IReadOnlyList<EntityId> Groups, bool IsPelionClient);
