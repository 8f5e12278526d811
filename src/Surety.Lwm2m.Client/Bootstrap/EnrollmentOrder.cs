using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>What a bootstrap has left to be enrolled.</summary>
/// <param name="Accounts">The accounts of security mode 4; at least one.</param>
/// <param name="BootstrapServer">The connection on which the bootstrap has finished.</param>
/// <param name="FinishQueries">The queries of the Bootstrap-Finish: Pelion's servers tell <c>iep</c> there.</param>
public sealed record EnrollmentOrder(IReadOnlyList<SecurityInstance> Accounts, CoapPeer BootstrapServer, IReadOnlyList<string> FinishQueries);
