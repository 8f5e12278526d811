namespace Surety.Update;

/// <summary>What is installed in the end, where that is not the payload itself: when it is a patch, or encrypted.</summary>
/// <param name="Digest">SHA-256 of the image.</param>
/// <param name="Size">Its length, bytes.</param>
/// <param name="Precursor">SHA-256 of the image that a patch is for; null: it is none.</param>
public sealed record PelionInstalledImage(ReadOnlyMemory<byte> Digest, long Size, ReadOnlyMemory<byte>? Precursor);
