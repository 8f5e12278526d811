namespace Surety.Client;

/// <summary>What is wanted of a device.</summary>
/// <param name="Value">The value.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="DesiredAt">When it was asked for.</param>
/// <param name="Status">0 pending, 1 the device has it, 2 failed.</param>
/// <param name="StatusUpdatedAt">When that was known.</param>
public sealed record EchoDesired(byte[]? Value, string? ContentType, DateTimeOffset? DesiredAt, int Status, DateTimeOffset? StatusUpdatedAt);
