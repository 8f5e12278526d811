using Surety.Dtls;
using Surety.Server.Features.DeviceEvents;

namespace Surety.Server.Features.Certificates;

/// <summary>Why a peer is not believed, and who is to hear of it.</summary>
/// <param name="Type">The event.</param>
/// <param name="Alert">What the peer is told over DTLS.</param>
/// <param name="Reason">In words.</param>
/// <param name="Accounts">The accounts concerned: that of the device, or those whose authority vouched. None: the log alone tells.</param>
/// <param name="DeviceId">The device; null when it is not known.</param>
/// <param name="Subject">The name or key that it came with.</param>
internal sealed record TrustRefusal(
    DeviceEventType Type, AlertDescription Alert, string Reason, IReadOnlyList<EntityId> Accounts, EntityId? DeviceId, string Subject);
