namespace Surety.Server.Features.Directory;

/// <summary>A device that may not be connected any more: its registration and its session must go.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="EndpointName">Its endpoint name; null when the record had none.</param>
/// <param name="Reason">Why.</param>
internal sealed record DeviceWithdrawal(EntityId AccountId, EntityId DeviceId, string? EndpointName, DeviceWithdrawalReason Reason);
