using Surety.Coap;

namespace Surety.Server.Features.Certificates;

/// <summary>Who asks for a certificate.</summary>
/// <param name="AccountId">Whose device it is.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="EndpointName">Its endpoint name.</param>
/// <param name="Identity">What it has proven on this connection.</param>
internal sealed record EstClient(EntityId AccountId, EntityId DeviceId, string EndpointName, PeerIdentity Identity);
