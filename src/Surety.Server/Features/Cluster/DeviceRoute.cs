namespace Surety.Server.Features.Cluster;

/// <summary>Metadata of an endpoint whose request concerns one device, which only the node can answer that the device is registered at.</summary>
/// <param name="Parameter">The route parameter with the device's id.</param>
internal sealed record DeviceRoute(string Parameter);
