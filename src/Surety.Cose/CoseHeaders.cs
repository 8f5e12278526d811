using System.Formats.Cbor;

namespace Surety.Cose;

/// <summary>
/// The headers of a message (RFC 9052, 3): those that are protected along with the content, and those that are not. What decides how a message
/// is checked - the algorithm, what is critical - is taken from the protected ones alone.
/// </summary>
public sealed class CoseHeaders
{
    private const long AlgorithmLabel = 1;
    private const long CriticalLabel = 2;
    private const long ContentTypeLabel = 3;
    private const long KeyIdLabel = 4;
    private const long IvLabel = 5;

    private readonly Dictionary<CoseLabel, ReadOnlyMemory<byte>> _protected;
    private readonly Dictionary<CoseLabel, ReadOnlyMemory<byte>> _unprotected;

    private CoseHeaders(Dictionary<CoseLabel, ReadOnlyMemory<byte>> isProtected, Dictionary<CoseLabel, ReadOnlyMemory<byte>> isNot)
    {
        _protected = isProtected;
        _unprotected = isNot;
    }

    /// <summary>The algorithm; <see cref="CoseAlgorithm.None"/>: not said, or not known here.</summary>
    public CoseAlgorithm Algorithm { get; private init; }

    /// <summary>Content type: a media type, or the number of a CoAP content format as text; null: not said.</summary>
    public string? ContentType { get; private init; }

    /// <summary>Which key it is, as far as the sender says: a hint, also when it is not protected. Null: not said.</summary>
    public ReadOnlyMemory<byte>? KeyId { get; private init; }

    /// <summary>The nonce of the encryption; null: not said.</summary>
    public ReadOnlyMemory<byte>? Iv { get; private init; }

    /// <summary>The protected headers, by label; values as they are encoded.</summary>
    public IReadOnlyDictionary<CoseLabel, ReadOnlyMemory<byte>> Protected => _protected;

    /// <summary>The headers that anybody on the way could change.</summary>
    public IReadOnlyDictionary<CoseLabel, ReadOnlyMemory<byte>> Unprotected => _unprotected;

    /// <summary>The protected headers as they came: what goes into signature, tag and encryption.</summary>
    internal ReadOnlyMemory<byte> ProtectedBytes { get; private init; }

    /// <summary>Headers of a message that is made here.</summary>
    /// <param name="algorithm">How it is protected.</param>
    /// <param name="keyId">With which key, unprotected; empty: not said.</param>
    /// <param name="iv">The nonce, unprotected; empty: none.</param>
    /// <param name="contentType">What the content is, protected; null: not said.</param>
    internal static CoseHeaders Make(CoseAlgorithm algorithm, ReadOnlyMemory<byte> keyId = default, ReadOnlyMemory<byte> iv = default, string? contentType = null)
    {
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> isProtected = new() { [AlgorithmLabel] = StrictCbor.Encode(writer => writer.WriteInt32((int)algorithm)) };
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> isNot = [];
        if (contentType is not null)
            isProtected[ContentTypeLabel] = StrictCbor.Encode(writer => writer.WriteTextString(contentType));
        if (!keyId.IsEmpty)
            isNot[KeyIdLabel] = StrictCbor.Encode(writer => writer.WriteByteString(keyId.Span));
        if (!iv.IsEmpty)
            isNot[IvLabel] = StrictCbor.Encode(writer => writer.WriteByteString(iv.Span));
        return new CoseHeaders(isProtected, isNot)
        {
            Algorithm = algorithm,
            ContentType = contentType,
            KeyId = keyId.IsEmpty ? default(ReadOnlyMemory<byte>?) : keyId,
            Iv = iv.IsEmpty ? default(ReadOnlyMemory<byte>?) : iv,
            ProtectedBytes = StrictCbor.Encode(writer => StrictCbor.WriteMap(writer, isProtected)),
        };
    }

    /// <summary>Reads both kinds, which stand one after the other in every message.</summary>
    /// <exception cref="CborContentException">They are not as they must be.</exception>
    internal static CoseHeaders Read(CborReader reader)
    {
        ReadOnlyMemory<byte> bytes = reader.ReadByteString();
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> isProtected = [];
        if (!bytes.IsEmpty)
        {
            CborReader inner = StrictCbor.Open(bytes);
            isProtected = StrictCbor.ReadLabels(inner);
            StrictCbor.End(inner);
        }

        Dictionary<CoseLabel, ReadOnlyMemory<byte>> isNot = StrictCbor.ReadLabels(reader);
        foreach (CoseLabel label in isNot.Keys)
        {
            if (isProtected.ContainsKey(label))
                throw new CborContentException($"header {label} is both protected and not");
        }

        CheckCritical(isProtected, isNot);
        return new CoseHeaders(isProtected, isNot)
        {
            // RFC 9052, 3: an empty map is written as a string of no bytes, and read as that when somebody did write it.
            ProtectedBytes = isProtected.Count == 0 ? default : bytes,
            Algorithm = isProtected.TryGetValue(AlgorithmLabel, out ReadOnlyMemory<byte> algorithm) ? ReadAlgorithm(algorithm) : CoseAlgorithm.None,
            ContentType = Find(ContentTypeLabel) is { } type ? ReadContentType(type) : null,
            KeyId = Find(KeyIdLabel) is { } keyId ? new CborReader(keyId).ReadByteString() : default(ReadOnlyMemory<byte>?),
            Iv = Find(IvLabel) is { } iv ? new CborReader(iv).ReadByteString() : default(ReadOnlyMemory<byte>?),
        };

        ReadOnlyMemory<byte>? Find(CoseLabel label) =>
            isProtected.TryGetValue(label, out ReadOnlyMemory<byte> value) || isNot.TryGetValue(label, out value) ? value : default(ReadOnlyMemory<byte>?);
    }

    internal void Write(CborWriter writer)
    {
        writer.WriteByteString(ProtectedBytes.Span);
        StrictCbor.WriteMap(writer, _unprotected);
    }

    internal static CoseAlgorithm ReadAlgorithm(ReadOnlyMemory<byte> encoded)
    {
        CborReader reader = new(encoded);
        if (reader.PeekState() == CborReaderState.TextString)
            return CoseAlgorithm.None;
        long number = StrictCbor.ReadInt64(reader);
        return number is >= int.MinValue and <= int.MaxValue && Enum.IsDefined((CoseAlgorithm)number) ? (CoseAlgorithm)number : CoseAlgorithm.None;
    }

    private static string ReadContentType(ReadOnlyMemory<byte> encoded)
    {
        CborReader reader = new(encoded);
        return StrictCbor.ReadLabel(reader) is { Text: { } text } ? text : new CborReader(encoded).ReadUInt32().ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>RFC 9052, 3.1: who does not understand what is critical does not take the message. Understood is what is read above.</summary>
    private static void CheckCritical(Dictionary<CoseLabel, ReadOnlyMemory<byte>> isProtected, Dictionary<CoseLabel, ReadOnlyMemory<byte>> isNot)
    {
        if (isNot.ContainsKey(CriticalLabel))
            throw new CborContentException("what is critical is not protected");
        if (!isProtected.TryGetValue(CriticalLabel, out ReadOnlyMemory<byte> critical))
            return;
        CborReader reader = new(critical, CborConformanceMode.Strict);
        reader.ReadStartArray();
        if (reader.PeekState() == CborReaderState.EndArray)
            throw new CborContentException("the list of what is critical is empty");
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            CoseLabel label = StrictCbor.ReadLabel(reader);
            if (!isProtected.ContainsKey(label))
                throw new CborContentException($"header {label} is critical and not there");
            if (label.Text is not null || label.Number is < AlgorithmLabel or > IvLabel)
                throw new CborContentException($"header {label} is critical and not understood here");
        }
    }
}
