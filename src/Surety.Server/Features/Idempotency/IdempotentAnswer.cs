using System.Text.Json;

namespace Surety.Server.Features.Idempotency;

/// <summary>An answer as it is kept.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="RequestId">Its <c>X-Request-ID</c>, under which log and audit log know what was done.</param>
/// <param name="ContentType">The type of the body.</param>
/// <param name="Location">The header <c>Location</c>.</param>
/// <param name="Body">The body; null when it was too large to be kept.</param>
internal sealed record IdempotentAnswer(int Status, string RequestId, string? ContentType, string? Location, byte[]? Body)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static IdempotentAnswer Read(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize<IdempotentAnswer>(bytes)!;
}
