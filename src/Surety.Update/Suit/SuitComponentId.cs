using System.Formats.Cbor;
using System.Text;

namespace Surety.Update;

/// <summary>SUIT_Component_Identifier: the name of a part of the device, such as a slot of its flash; some strings of bytes.</summary>
public sealed class SuitComponentId : IEquatable<SuitComponentId>
{
    private const int MaxParts = 16;

    private readonly byte[][] _parts;

    private SuitComponentId(byte[][] parts) => _parts = parts;

    /// <summary>A name of texts.</summary>
    public static SuitComponentId Of(params IEnumerable<string> parts) => new([.. parts.Select(Encoding.UTF8.GetBytes)]);

    /// <summary>A name of bytes.</summary>
    public static SuitComponentId Of(params IEnumerable<byte[]> parts) => new([.. parts.Select(part => (byte[])part.Clone())]);

    /// <inheritdoc/>
    public bool Equals(SuitComponentId? other) =>
        other is not null && _parts.Length == other._parts.Length && _parts.Zip(other._parts).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SuitComponentId);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (byte[] part in _parts)
            hash.AddBytes(part);
        return hash.ToHashCode();
    }

    /// <summary>Its parts with slashes between them: as text where they are printable, else hexadecimal.</summary>
    public override string ToString() => string.Join('/', _parts.Select(part =>
        part.Length > 0 && part.All(value => value is > 0x20 and < 0x7f) ? Encoding.ASCII.GetString(part) : Convert.ToHexStringLower(part)));

    internal static SuitComponentId Read(CborReader reader)
    {
        List<byte[]> parts = [];
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (parts.Count == MaxParts)
                throw new CborContentException($"a component's name has more than {MaxParts} parts");
            parts.Add(reader.ReadByteString());
        }

        reader.ReadEndArray();
        return new SuitComponentId([.. parts]);
    }

    internal void Write(CborWriter writer)
    {
        writer.WriteStartArray(_parts.Length);
        foreach (byte[] part in _parts)
            writer.WriteByteString(part);
        writer.WriteEndArray();
    }
}
