namespace Surety.Server.Features.Echo;

/// <summary>What a device has reported. (connect, EchoResourceReported.)</summary>
/// <param name="Value">Base64 of what it sent; null when that has more than 8192 bytes.</param>
/// <param name="ContentType">Its media type; null when the device named none.</param>
/// <param name="ReportedAt">When it came.</param>
/// <param name="ExpiresAt">Until when the device says that it holds.</param>
internal sealed record EchoReportedData(byte[]? Value, string? ContentType, DateTimeOffset ReportedAt, DateTimeOffset ExpiresAt);
