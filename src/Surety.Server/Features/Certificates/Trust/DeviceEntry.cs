namespace Surety.Server.Features.Certificates;

/// <summary>A device that is known by its key, in 24 bytes.</summary>
/// <param name="Device">The device.</param>
/// <param name="Account">Its account, by <see cref="AccountNumbers"/>.</param>
internal readonly record struct DeviceEntry(EntityId Device, int Account);
