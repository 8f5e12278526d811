namespace Surety.Client;

/// <summary>What a device has reported.</summary>
/// <param name="Value">As it came; null when it has more than 8192 bytes.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="ReportedAt">When it came.</param>
/// <param name="ExpiresAt">Until when the device says that it holds.</param>
public sealed record EchoReported(byte[]? Value, string? ContentType, DateTimeOffset? ReportedAt, DateTimeOffset? ExpiresAt);
