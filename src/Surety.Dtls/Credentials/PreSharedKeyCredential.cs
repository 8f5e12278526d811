namespace Surety.Dtls;

/// <summary>A client's identity and key (RFC 4279).</summary>
/// <param name="Identity">Sent in the clear; at most 128 bytes.</param>
/// <param name="Key">At most 64 bytes; at least 16 random ones, to be worth something (RFC 7925, 4.2).</param>
public sealed record PreSharedKeyCredential(ReadOnlyMemory<byte> Identity, ReadOnlyMemory<byte> Key);
