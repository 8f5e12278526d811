namespace Surety.Server.Features.Echo;

/// <summary>What is wanted of a device. (connect, EchoResourceDesired; <c>content_type</c> is an addition.)</summary>
/// <param name="Value">Base64.</param>
/// <param name="ContentType">Its media type; null: what the resource has.</param>
/// <param name="DesiredAt">When it was asked for.</param>
/// <param name="Status">0 pending, 1 the device has it, 2 the device refused it, or the request ended without an answer.</param>
/// <param name="StatusUpdatedAt">When that was known.</param>
internal sealed record EchoDesiredData(byte[] Value, string? ContentType, DateTimeOffset DesiredAt, int Status, DateTimeOffset StatusUpdatedAt);
