namespace Surety.Server.Features.Directory;

/// <summary>A device is known by another key (<c>device_key</c>) than before.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="Before">The key that it had; empty: none.</param>
/// <param name="After">The key that it has; empty: none.</param>
internal sealed record DeviceKeyChange(EntityId AccountId, EntityId DeviceId, string Before, string After);
