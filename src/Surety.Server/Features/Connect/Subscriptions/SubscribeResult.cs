namespace Surety.Server.Features.Connect;

/// <summary>What came of a subscription made by hand.</summary>
/// <param name="IsAccepted">False when too many requests wait for the device.</param>
/// <param name="AsyncId">The id of the outcome to come; null when the device reports the path already.</param>
internal readonly record struct SubscribeResult(bool IsAccepted, string? AsyncId);
