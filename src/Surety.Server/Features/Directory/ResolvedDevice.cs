namespace Surety.Server.Features.Directory;

/// <summary>The record of a device that presented itself.</summary>
/// <param name="Id">The device id; none when the account does not exist or the name cannot be stored.</param>
/// <param name="IsBlocked">The device may not connect.</param>
/// <param name="IsNew">The record was made just now.</param>
internal readonly record struct ResolvedDevice(EntityId Id, bool IsBlocked, bool IsNew);
