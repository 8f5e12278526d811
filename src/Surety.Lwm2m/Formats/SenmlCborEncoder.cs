using System.Buffers;

namespace Surety.Lwm2m;

/// <summary>Writes SenML CBOR (RFC 8428, 6), definite lengths, in the layout of the example in Core TS 1.2.2, 7.5.7.</summary>
internal static class SenmlCborEncoder
{
    // Labels of RFC 8428, table 6, as they lie in the payload.
    private const byte BaseTimeLabel = 0x22;
    private const byte BaseNameLabel = 0x21;
    private const byte NameLabel = 0;
    private const byte ValueLabel = 2;
    private const byte StringValueLabel = 3;
    private const byte BooleanValueLabel = 4;
    private const byte TimeLabel = 6;
    private const byte DataValueLabel = 8;

    public static void Encode(ReadOnlySpan<ResourceEntry> entries, string alternatePath, IBufferWriter<byte> output)
    {
        CborOutput.WriteHead(output, CborOutput.Array, (ulong)entries.Length);
        if (entries.IsEmpty) return;
        Span<byte> buffer = stackalloc byte[SenmlNames.MaxName + Lwm2mPath.MaxTextLength];
        SenmlLayout layout = new(entries, alternatePath, buffer);
        for (int i = 0; i < entries.Length; i++)
        {
            ref readonly ResourceEntry entry = ref entries[i];
            bool isFirst = i == 0;
            double time = layout.HasBaseTime ? entry.Timestamp.GetValueOrDefault() - layout.BaseTime : entry.Timestamp.GetValueOrDefault();
            bool hasTime = entry.Timestamp is not null && time != 0;
            int fields = 1 + (layout.HasNames ? 1 : 0) + (hasTime ? 1 : 0);
            if (isFirst) fields += layout.HasBaseTime ? 2 : 1;
            CborOutput.WriteHead(output, CborOutput.Map, (ulong)fields);
            if (isFirst)
            {
                CborOutput.WriteSimple(output, BaseNameLabel);
                CborOutput.WriteText(output, layout.BaseName);
                if (layout.HasBaseTime)
                {
                    CborOutput.WriteSimple(output, BaseTimeLabel);
                    CborOutput.WriteSeconds(output, layout.BaseTime);
                }
            }

            if (layout.HasNames)
            {
                CborOutput.WriteSimple(output, NameLabel);
                CborOutput.WriteText(output, layout.GetName(entry.Path));
            }

            if (hasTime)
            {
                CborOutput.WriteSimple(output, TimeLabel);
                CborOutput.WriteSeconds(output, time);
            }

            WriteValue(output, entry.Value);
        }
    }

    public static void EncodePaths(ReadOnlySpan<Lwm2mPath> paths, string alternatePath, IBufferWriter<byte> output)
    {
        CborOutput.WriteHead(output, CborOutput.Array, (ulong)paths.Length);
        Span<byte> name = stackalloc byte[SenmlNames.MaxName];
        foreach (Lwm2mPath path in paths)
        {
            CborOutput.WriteHead(output, CborOutput.Map, 1);
            CborOutput.WriteSimple(output, NameLabel);
            CborOutput.WriteText(output, name[..SenmlNames.Format(path, alternatePath, name)]);
        }
    }

    private static void WriteValue(IBufferWriter<byte> output, ResourceValue value)
    {
        switch (value.Type)
        {
            case ResourceType.String or ResourceType.CoreLink:
                CborOutput.WriteSimple(output, StringValueLabel);
                break;
            case ResourceType.Boolean:
                CborOutput.WriteSimple(output, BooleanValueLabel);
                break;
            case ResourceType.Opaque:
                CborOutput.WriteSimple(output, DataValueLabel);
                break;
            case ResourceType.ObjectLink:
                CborOutput.WriteText(output, "vlo"u8);
                break;
            default:
                CborOutput.WriteSimple(output, ValueLabel);
                break;
        }

        CborValueOutput.Write(output, value);
    }
}
