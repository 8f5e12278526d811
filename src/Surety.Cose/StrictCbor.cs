using System.Formats.Cbor;

namespace Surety.Cose;

/// <summary>
/// CBOR as signed messages want it (RFC 8949): read strictly and within bounds, written in one form only. Reading throws
/// <see cref="CborContentException"/>, or another exception that <see cref="IsContent"/> knows, when the bytes are not as they must be.
/// </summary>
public static class StrictCbor
{
    /// <summary>The longest message that is read, bytes. A token has some 400, a signed manifest some thousand.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>How deeply values nest at most.</summary>
    public const int MaxDepth = 8;

    /// <summary>Labels of a map, at most.</summary>
    private const int MaxLabels = 64;

    /// <summary>Opens a message for reading: well formed, valid UTF-8, no key twice (RFC 8949, 5.3).</summary>
    /// <param name="encoded">The whole message.</param>
    /// <exception cref="CborContentException">It is too long.</exception>
    public static CborReader Open(ReadOnlyMemory<byte> encoded) => encoded.Length <= MaxLength
        ? new CborReader(encoded, CborConformanceMode.Strict)
        : throw new CborContentException($"it is longer than {MaxLength} bytes");

    /// <summary>Reads a map with labels for its keys; values as they are encoded.</summary>
    /// <exception cref="CborContentException">It is none, or out of bounds.</exception>
    public static Dictionary<CoseLabel, ReadOnlyMemory<byte>> ReadLabels(CborReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> values = [];
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            CoseLabel label = ReadLabel(reader);
            if (values.Count == MaxLabels)
                throw new CborContentException($"a map has more than {MaxLabels} members");
            // The reader compares encodings: of a number that is not written in its shortest form there could be two.
            if (!values.TryAdd(label, ReadEncodedValue(reader)))
                throw new CborContentException($"label {label} is there twice");
        }

        reader.ReadEndMap();
        return values;
    }

    /// <summary>Reads a label.</summary>
    /// <exception cref="CborContentException">It is neither a number nor a text.</exception>
    public static CoseLabel ReadLabel(CborReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.PeekState() switch
        {
            CborReaderState.TextString => reader.ReadTextString(),
            CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger => ReadInt64(reader),
            _ => throw new CborContentException("a label is neither a number nor a text"),
        };
    }

    /// <summary>Reads a number of 64 bits with its sign.</summary>
    /// <exception cref="CborContentException">It is none, or larger.</exception>
    public static long ReadInt64(CborReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        try
        {
            return reader.ReadInt64();
        }
        catch (OverflowException)
        {
            throw new CborContentException("a number has more than 64 bits");
        }
    }

    /// <summary>The encoding of the next value, which nests no deeper than it may.</summary>
    public static ReadOnlyMemory<byte> ReadEncodedValue(CborReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ReadOnlyMemory<byte> value = reader.ReadEncodedValue();
        CheckDepth(new CborReader(value, CborConformanceMode.Strict), MaxDepth);
        return value;
    }

    /// <summary>Ends the reading of a message: nothing comes after it.</summary>
    public static void End(CborReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.BytesRemaining > 0)
            throw new CborContentException("bytes follow it");
    }

    /// <summary>Writes a map: keys by the bytes of their encodings (RFC 8949, 4.2.1), so that the same is always the same bytes.</summary>
    public static void WriteMap(CborWriter writer, IEnumerable<KeyValuePair<CoseLabel, ReadOnlyMemory<byte>>> values)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(values);
        List<(byte[] Key, ReadOnlyMemory<byte> Value)> members = [.. values.Select(member => (Encode(member.Key), member.Value))];
        members.Sort((left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key));
        writer.WriteStartMap(members.Count);
        foreach ((byte[] key, ReadOnlyMemory<byte> value) in members)
        {
            writer.WriteEncodedValue(key);
            writer.WriteEncodedValue(value.Span);
        }

        writer.WriteEndMap();
    }

    /// <summary>The encoding of one value.</summary>
    public static byte[] Encode(Action<CborWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        CborWriter writer = new(CborConformanceMode.Strict);
        write(writer);
        return writer.Encode();
    }

    /// <summary>Whether reading failed by what was read, not by what reads.</summary>
    public static bool IsContent(Exception error) => error is CborContentException or InvalidOperationException or OverflowException;

    private static byte[] Encode(CoseLabel label) => Encode(writer =>
    {
        if (label.Text is { } text)
            writer.WriteTextString(text);
        else
            writer.WriteInt64(label.Number);
    });

    private static void CheckDepth(CborReader reader, int depth)
    {
        if (depth == 0)
            throw new CborContentException($"values nest deeper than {MaxDepth}");
        switch (reader.PeekState())
        {
            case CborReaderState.StartArray:
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                    CheckDepth(reader, depth - 1);
                reader.ReadEndArray();
                break;
            case CborReaderState.StartMap:
                reader.ReadStartMap();
                while (reader.PeekState() != CborReaderState.EndMap)
                    CheckDepth(reader, depth - 1);
                reader.ReadEndMap();
                break;
            case CborReaderState.Tag:
                reader.ReadTag();
                CheckDepth(reader, depth - 1);
                break;
            default:
                reader.SkipValue();
                break;
        }
    }
}
