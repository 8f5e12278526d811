namespace Surety.Update;

/// <summary>What a device downloads.</summary>
/// <param name="Format">What it is.</param>
/// <param name="Digest">SHA-256 of it.</param>
/// <param name="Size">Its length, bytes.</param>
/// <param name="Uri">Where it is; empty: it comes with the manifest.</param>
public sealed record PelionPayload(PelionPayloadFormat Format, ReadOnlyMemory<byte> Digest, long Size, string Uri);
