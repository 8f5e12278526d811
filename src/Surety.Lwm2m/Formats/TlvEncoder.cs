using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Surety.Lwm2m;

/// <summary>Writes TLV (Core TS 1.2.2, 7.5.5): ids and lengths in the fewest octets, integers in 1, 2, 4 or 8, floats in 8.</summary>
internal static class TlvEncoder
{
    // The length field has 24 bits at most.
    private const int MaxLength = (1 << 24) - 1;

    /// <summary>Writes entries in tree order, without conflicts, all at or below the path.</summary>
    public static bool TryEncode(Lwm2mPath requestPath, ReadOnlySpan<ResourceEntry> entries, bool isUnnamed, IBufferWriter<byte> output)
    {
        // An Object Instance is written when the request does not name it (Core TS 1.2.2, 7.5.5).
        int level = isUnnamed ? 2 : Math.Max(requestPath.Level, 1);
        if (requestPath.Level >= 3) level = requestPath.Level - 1;
        if (entries.Length == 1 && entries[0].Value.IsNone && entries[0].Path.Level <= level) return true;
        return MeasureSequence(entries, level) <= MaxLength && TryWriteSequence(entries, level, output);
    }

    /// <summary>Octets of a value, or more than any length field can say when TLV cannot carry it.</summary>
    private static long MeasureValue(ResourceValue value) => value.Type switch
    {
        ResourceType.String or ResourceType.CoreLink => Encoding.UTF8.GetByteCount(value.AsString()),
        ResourceType.Integer => MeasureInteger(value.AsInteger()),
        ResourceType.UnsignedInteger => MeasureUnsigned(value.AsUnsigned()),
        ResourceType.Float => 8,
        ResourceType.Boolean => 1,
        ResourceType.Opaque => value.AsOpaque().Length,
        ResourceType.Time when value.TryGetWholeTime(out long seconds) => MeasureInteger(seconds),
        ResourceType.ObjectLink => 4,
        _ => MaxLength + 1L,
    };

    private static int MeasureInteger(long value) =>
        value == (sbyte)value ? 1 : value == (short)value ? 2 : value == (int)value ? 4 : 8;

    private static int MeasureUnsigned(ulong value) => value <= byte.MaxValue ? 1 : value <= ushort.MaxValue ? 2 : value <= uint.MaxValue ? 4 : 8;

    private static long MeasureElement(ushort id, long length) =>
        1 + (id > byte.MaxValue ? 2 : 1) + (length < 8 ? 0 : length <= byte.MaxValue ? 1 : length <= ushort.MaxValue ? 2 : 3) + length;

    private static long MeasureSequence(ReadOnlySpan<ResourceEntry> entries, int level)
    {
        long total = 0;
        while (!entries.IsEmpty)
        {
            ReadOnlySpan<ResourceEntry> child = EntryOrder.TakeChild(ref entries, level);
            long length = MeasureContent(child, level);
            if (length > MaxLength) return length;
            total += MeasureElement(child[0].Path[level], length);
        }

        return total;
    }

    private static long MeasureContent(ReadOnlySpan<ResourceEntry> child, int level)
    {
        ref readonly ResourceEntry first = ref child[0];
        if (first.Path.Level > level + 1) return MeasureSequence(child, level + 1);
        return first.Value.IsNone ? 0 : MeasureValue(first.Value);
    }

    private static bool TryWriteSequence(ReadOnlySpan<ResourceEntry> entries, int level, IBufferWriter<byte> output)
    {
        while (!entries.IsEmpty)
        {
            ReadOnlySpan<ResourceEntry> child = EntryOrder.TakeChild(ref entries, level);
            ref readonly ResourceEntry first = ref child[0];
            bool isLeaf = first.Path.Level == level + 1 && !first.Value.IsNone;
            TlvKind kind = level switch
            {
                1 => TlvKind.ObjectInstance,
                2 when isLeaf => TlvKind.Resource,
                2 => TlvKind.MultipleResource,
                _ => TlvKind.ResourceInstance,
            };
            if (isLeaf != kind is TlvKind.Resource or TlvKind.ResourceInstance) return false;
            WriteHead(kind, first.Path[level], (int)MeasureContent(child, level), output);
            if (isLeaf) WriteValue(first.Value, output);
            else if (first.Path.Level > level + 1 && !TryWriteSequence(child, level + 1, output)) return false;
        }

        return true;
    }

    private static void WriteHead(TlvKind kind, ushort id, int length, IBufferWriter<byte> output)
    {
        Span<byte> span = output.GetSpan(6);
        int lengthLength = length < 8 ? 0 : length <= byte.MaxValue ? 1 : length <= ushort.MaxValue ? 2 : 3;
        span[0] = (byte)(((int)kind << 6) | (id > byte.MaxValue ? 0x20 : 0) | (lengthLength << 3) | (lengthLength == 0 ? length : 0));
        int at = 1;
        if (id > byte.MaxValue) span[at++] = (byte)(id >> 8);
        span[at++] = (byte)id;
        for (int i = lengthLength - 1; i >= 0; i--) span[at++] = (byte)(length >> (8 * i));
        output.Advance(at);
    }

    private static void WriteValue(ResourceValue value, IBufferWriter<byte> output)
    {
        int length = (int)MeasureValue(value);
        Span<byte> span = output.GetSpan(Math.Max(length, 8));
        switch (value.Type)
        {
            case ResourceType.String or ResourceType.CoreLink:
                Encoding.UTF8.GetBytes(value.AsString(), span);
                break;
            case ResourceType.Integer:
                WriteInteger(value.AsInteger(), length, span);
                break;
            case ResourceType.UnsignedInteger:
                WriteInteger((long)value.AsUnsigned(), length, span);
                break;
            case ResourceType.Float:
                BinaryPrimitives.WriteDoubleBigEndian(span, value.AsFloat());
                break;
            case ResourceType.Boolean:
                span[0] = value.AsBoolean() ? (byte)1 : (byte)0;
                break;
            case ResourceType.Opaque:
                value.AsOpaque().Span.CopyTo(span);
                break;
            case ResourceType.Time:
                WriteInteger(value.AsTime(), length, span);
                break;
            case ResourceType.ObjectLink:
                ObjectLink link = value.AsObjectLink();
                BinaryPrimitives.WriteUInt16BigEndian(span, link.ObjectId);
                BinaryPrimitives.WriteUInt16BigEndian(span[2..], link.InstanceId);
                break;
        }

        output.Advance(length);
    }

    private static void WriteInteger(long value, int length, Span<byte> span)
    {
        for (int i = 0; i < length; i++) span[i] = (byte)(value >> (8 * (length - 1 - i)));
    }
}
