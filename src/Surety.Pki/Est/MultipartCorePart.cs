namespace Surety.Pki;

/// <summary>One representation in a collection (RFC 8710, 2).</summary>
/// <param name="ContentFormat">Its Content-Format.</param>
/// <param name="Content">Its bytes; null when there is none.</param>
public readonly record struct MultipartCorePart(ushort ContentFormat, ReadOnlyMemory<byte>? Content);
