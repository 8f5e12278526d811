namespace Surety.Pki;

/// <summary>What a log was at some time: whoever keeps it notices when the log is changed later.</summary>
/// <param name="Size">Entries.</param>
/// <param name="Root">Merkle tree hash over them, 32 bytes (RFC 6962, 2.1).</param>
public readonly record struct TreeHead(int Size, ReadOnlyMemory<byte> Root);
