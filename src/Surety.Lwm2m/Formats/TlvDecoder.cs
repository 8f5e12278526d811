using System.Buffers.Binary;

namespace Surety.Lwm2m;

/// <summary>
/// TLV, <c>application/vnd.oma.lwm2m+tlv</c> (Core TS 1.2.2, 7.5.5): Object Instances hold Resources, which hold values or Resource Instances.
/// TLV carries no types: they come from the definition, and what nobody described is opaque.
/// </summary>
internal static class TlvDecoder
{
    public static bool TryDecode(ReadOnlySpan<byte> payload, ref ContentDecoder decoder, ref CreateInstance create)
    {
        if (decoder.RequestPath.IsRoot) return decoder.Fail("TLV: cannot carry more than one Object");

        // Resources of an Object whose instance is not named belong to its only instance.
        Lwm2mPath instance = decoder.RequestPath.Level == 1 ? decoder.RequestPath.Append(0) : decoder.RequestPath.Truncate(2);
        Lwm2mPath resource = decoder.RequestPath.Level >= 3 ? decoder.RequestPath.Truncate(3) : default;
        return TryReadSequence(payload, instance, resource, TlvKind.ObjectInstance, ref decoder, ref create);
    }

    /// <summary>Reads a sequence of elements; at most three sequences lie in each other.</summary>
    /// <param name="payload">The elements.</param>
    /// <param name="instance">The Object Instance that Resources here belong to.</param>
    /// <param name="resource">The Resource that Resource Instances here belong to; the root when there is none.</param>
    /// <param name="within">Object Instance: anything may come; otherwise what the elements lie in.</param>
    /// <param name="decoder">Receives the entries.</param>
    /// <param name="create">Is told whether the outer elements name their instance.</param>
    private static bool TryReadSequence(
        ReadOnlySpan<byte> payload,
        Lwm2mPath instance,
        Lwm2mPath resource,
        TlvKind within,
        ref ContentDecoder decoder,
        ref CreateInstance create)
    {
        while (!payload.IsEmpty)
        {
            if (!TryReadElement(ref payload, out TlvKind kind, out int id, out ReadOnlySpan<byte> content))
                return decoder.Fail("TLV: an element is cut off");
            if (within == TlvKind.ObjectInstance)
            {
                create.IsNamed |= kind == TlvKind.ObjectInstance;
                create.IsUnnamed |= kind != TlvKind.ObjectInstance;
            }

            bool isRead;
            switch (kind)
            {
                case TlvKind.ObjectInstance:
                    if (within != TlvKind.ObjectInstance) return decoder.Fail("TLV: an Object Instance inside another element");
                    if (!decoder.RequestPath.Truncate(1).TryAppend(id, out Lwm2mPath inner)) return decoder.Fail("TLV: the id 65535 is reserved");
                    isRead = content.IsEmpty ? decoder.AddEmpty(inner) : TryReadSequence(content, inner, default, TlvKind.Resource, ref decoder, ref create);
                    break;
                case TlvKind.MultipleResource:
                    if (within == TlvKind.MultipleResource) return decoder.Fail("TLV: a Resource inside a Resource");
                    if (!instance.TryAppend(id, out Lwm2mPath multiple)) return decoder.Fail("TLV: the id 65535 is reserved");
                    isRead = content.IsEmpty
                        ? decoder.AddEmpty(multiple)
                        : TryReadSequence(content, instance, multiple, TlvKind.MultipleResource, ref decoder, ref create);
                    break;
                case TlvKind.Resource:
                    if (within == TlvKind.MultipleResource) return decoder.Fail("TLV: a Resource inside a Resource");
                    if (!instance.TryAppend(id, out Lwm2mPath single)) return decoder.Fail("TLV: the id 65535 is reserved");
                    isRead = TryReadValue(single, content, ref decoder);
                    break;
                default:
                    if (resource.IsRoot) return decoder.Fail("TLV: a Resource Instance outside a Resource");
                    if (!resource.TryAppend(id, out Lwm2mPath resourceInstance)) return decoder.Fail("TLV: the id 65535 is reserved");
                    isRead = TryReadValue(resourceInstance, content, ref decoder);
                    break;
            }

            if (!isRead) return false;
        }

        return true;
    }

    private static bool TryReadElement(ref ReadOnlySpan<byte> payload, out TlvKind kind, out int id, out ReadOnlySpan<byte> content)
    {
        int type = payload[0];
        kind = (TlvKind)(type >> 6);
        int idLength = (type & 0x20) == 0 ? 1 : 2;
        int lengthLength = (type >> 3) & 3;
        id = 0;
        content = default;
        if (payload.Length < 1 + idLength + lengthLength) return false;
        id = idLength == 1 ? payload[1] : BinaryPrimitives.ReadUInt16BigEndian(payload[1..]);
        ReadOnlySpan<byte> rest = payload[(1 + idLength)..];

        // Without a length field the length stands in the type; with one those bits mean nothing.
        int length = lengthLength == 0 ? type & 7 : 0;
        for (int i = 0; i < lengthLength; i++) length = (length << 8) | rest[i];
        rest = rest[lengthLength..];
        if (rest.Length < length) return false;
        content = rest[..length];
        payload = rest[length..];
        return true;
    }

    private static bool TryReadValue(Lwm2mPath path, ReadOnlySpan<byte> content, ref ContentDecoder decoder)
    {
        ResourceType type = decoder.FindModel(path)?.Type ?? ResourceType.None;
        if (type == ResourceType.None) type = ResourceType.Opaque;
        if (TryReadValue(type, content, out ResourceValue value)) return decoder.AddTyped(path, value);
        return decoder.Context.KeepMistyped
            ? decoder.AddTyped(path, ResourceValue.FromOpaque(content.ToArray()))
            : decoder.Fail(path, $"{content.Length} octets are no {type}");
    }

    private static bool TryReadValue(ResourceType type, ReadOnlySpan<byte> content, out ResourceValue value)
    {
        value = default;
        switch (type)
        {
            case ResourceType.String or ResourceType.CoreLink:
                if (!Utf8Text.TryDecode(content, out string? text)) return false;
                value = type == ResourceType.String ? ResourceValue.FromString(text) : ResourceValue.FromCoreLink(text);
                return true;
            case ResourceType.Integer:
                if (!TryReadInteger(content, out long integer)) return false;
                value = ResourceValue.FromInteger(integer);
                return true;
            case ResourceType.Time:
                if (!TryReadInteger(content, out long seconds)) return false;
                value = ResourceValue.FromTime(seconds);
                return true;
            case ResourceType.UnsignedInteger:
                if (!TryReadUnsigned(content, out ulong unsigned)) return false;
                value = ResourceValue.FromUnsigned(unsigned);
                return true;
            case ResourceType.Float when content.Length == 4:
                value = ResourceValue.FromFloat(BinaryPrimitives.ReadSingleBigEndian(content));
                return true;
            case ResourceType.Float when content.Length == 8:
                value = ResourceValue.FromFloat(BinaryPrimitives.ReadDoubleBigEndian(content));
                return true;
            case ResourceType.Boolean when content is [0 or 1]:
                value = ResourceValue.FromBoolean(content[0] == 1);
                return true;
            case ResourceType.ObjectLink when content.Length == 4:
                value = ResourceValue.FromObjectLink(new ObjectLink(
                    BinaryPrimitives.ReadUInt16BigEndian(content),
                    BinaryPrimitives.ReadUInt16BigEndian(content[2..])));
                return true;
            case ResourceType.Opaque:
                value = ResourceValue.FromOpaque(content.ToArray());
                return true;
            default:
                return false;
        }
    }

    private static bool TryReadInteger(ReadOnlySpan<byte> content, out long value)
    {
        switch (content.Length)
        {
            case 1:
                value = (sbyte)content[0];
                return true;
            case 2:
                value = BinaryPrimitives.ReadInt16BigEndian(content);
                return true;
            case 4:
                value = BinaryPrimitives.ReadInt32BigEndian(content);
                return true;
            case 8:
                value = BinaryPrimitives.ReadInt64BigEndian(content);
                return true;
            default:
                value = 0;
                return false;
        }
    }

    private static bool TryReadUnsigned(ReadOnlySpan<byte> content, out ulong value)
    {
        switch (content.Length)
        {
            case 1:
                value = content[0];
                return true;
            case 2:
                value = BinaryPrimitives.ReadUInt16BigEndian(content);
                return true;
            case 4:
                value = BinaryPrimitives.ReadUInt32BigEndian(content);
                return true;
            case 8:
                value = BinaryPrimitives.ReadUInt64BigEndian(content);
                return true;
            default:
                value = 0;
                return false;
        }
    }
}
