using System.Buffers;

namespace Surety.Lwm2m;

/// <summary>Writes SenML JSON (RFC 8428, 5) and the JSON of LwM2M 1.0, in the layouts of the examples in Core TS 1.2.2, 7.5.6.</summary>
internal static class JsonEncoder
{
    public static void EncodeSenml(ReadOnlySpan<ResourceEntry> entries, string alternatePath, IBufferWriter<byte> output)
    {
        output.Write("["u8);
        if (!entries.IsEmpty)
        {
            Span<byte> buffer = stackalloc byte[SenmlNames.MaxName + Lwm2mPath.MaxTextLength];
            WriteRecords(entries, new SenmlLayout(entries, alternatePath, buffer), output);
        }

        output.Write("]"u8);
    }

    public static void EncodePaths(ReadOnlySpan<Lwm2mPath> paths, string alternatePath, IBufferWriter<byte> output)
    {
        output.Write("["u8);
        Span<byte> name = stackalloc byte[SenmlNames.MaxName];
        for (int i = 0; i < paths.Length; i++)
        {
            output.Write(i == 0 ? "{\"n\":"u8 : ",{\"n\":"u8);
            JsonOutput.WriteAscii(output, name[..SenmlNames.Format(paths[i], alternatePath, name)]);
            output.Write("}"u8);
        }

        output.Write("]"u8);
    }

    public static void EncodeOma(Lwm2mPath requestPath, ReadOnlySpan<ResourceEntry> entries, IBufferWriter<byte> output)
    {
        Span<byte> buffer = stackalloc byte[SenmlNames.MaxName + Lwm2mPath.MaxTextLength];
        output.Write("{\"bn\":"u8);
        if (entries.IsEmpty)
        {
            requestPath.TryFormat(buffer, out int length);
            JsonOutput.WriteAscii(output, buffer[..length]);
            output.Write(",\"e\":[]}"u8);
            return;
        }

        SenmlLayout layout = new(entries, "", buffer);
        JsonOutput.WriteAscii(output, layout.BaseName);
        output.Write(",\"e\":["u8);
        for (int i = 0; i < entries.Length; i++)
        {
            output.Write(i == 0 ? "{"u8 : ",{"u8);
            if (layout.HasNames)
            {
                output.Write("\"n\":"u8);
                JsonOutput.WriteAscii(output, layout.GetName(entries[i].Path));
                output.Write(","u8);
            }

            WriteOmaValue(output, entries[i].Value);
            WriteTime(output, entries[i].Timestamp, 0);
            output.Write("}"u8);
        }

        output.Write("]}"u8);
    }

    private static void WriteRecords(ReadOnlySpan<ResourceEntry> entries, SenmlLayout layout, IBufferWriter<byte> output)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            output.Write(i == 0 ? "{\"bn\":"u8 : ",{"u8);
            if (i == 0)
            {
                JsonOutput.WriteAscii(output, layout.BaseName);
                output.Write(","u8);
                if (layout.HasBaseTime)
                {
                    output.Write("\"bt\":"u8);
                    JsonOutput.WriteSeconds(output, layout.BaseTime);
                    output.Write(","u8);
                }
            }

            if (layout.HasNames)
            {
                output.Write("\"n\":"u8);
                JsonOutput.WriteAscii(output, layout.GetName(entries[i].Path));
                output.Write(","u8);
            }

            WriteSenmlValue(output, entries[i].Value);
            WriteTime(output, entries[i].Timestamp, layout.BaseTime);
            output.Write("}"u8);
        }
    }

    private static void WriteTime(IBufferWriter<byte> output, double? timestamp, double baseTime)
    {
        if (timestamp is not double time || time == baseTime) return;
        output.Write(",\"t\":"u8);
        JsonOutput.WriteSeconds(output, time - baseTime);
    }

    private static void WriteSenmlValue(IBufferWriter<byte> output, ResourceValue value)
    {
        switch (value.Type)
        {
            case ResourceType.String or ResourceType.CoreLink:
                output.Write("\"vs\":"u8);
                JsonOutput.WriteString(output, value.AsString());
                break;
            case ResourceType.Boolean:
                output.Write("\"vb\":"u8);
                output.Write(value.AsBoolean() ? "true"u8 : "false"u8);
                break;
            case ResourceType.Opaque:
                output.Write("\"vd\":"u8);
                JsonOutput.WriteBase64Url(output, value.AsOpaque().Span);
                break;
            case ResourceType.ObjectLink:
                output.Write("\"vlo\":"u8);
                JsonOutput.WriteString(output, value.ToString());
                break;
            default:
                WriteNumber(output, value);
                break;
        }
    }

    private static void WriteOmaValue(IBufferWriter<byte> output, ResourceValue value)
    {
        switch (value.Type)
        {
            case ResourceType.String or ResourceType.CoreLink:
                output.Write("\"sv\":"u8);
                JsonOutput.WriteString(output, value.AsString());
                break;
            case ResourceType.Boolean:
                output.Write("\"bv\":"u8);
                output.Write(value.AsBoolean() ? "true"u8 : "false"u8);
                break;
            case ResourceType.Opaque:
                output.Write("\"sv\":"u8);
                JsonOutput.WriteBase64(output, value.AsOpaque().Span);
                break;
            case ResourceType.ObjectLink:
                output.Write("\"ov\":"u8);
                JsonOutput.WriteString(output, value.ToString());
                break;
            default:
                WriteNumber(output, value);
                break;
        }
    }

    private static void WriteNumber(IBufferWriter<byte> output, ResourceValue value)
    {
        output.Write("\"v\":"u8);
        switch (value.Type)
        {
            case ResourceType.Integer:
                JsonOutput.WriteInteger(output, value.AsInteger());
                break;
            case ResourceType.UnsignedInteger:
                JsonOutput.WriteUnsigned(output, value.AsUnsigned());
                break;
            case ResourceType.Float:
                JsonOutput.WriteFloat(output, value.AsFloat());
                break;
            case ResourceType.Time when value.TryGetWholeTime(out long seconds):
                JsonOutput.WriteInteger(output, seconds);
                break;
            case ResourceType.Time:
                JsonOutput.WriteFloat(output, value.AsTimeSeconds());
                break;
            default:
                output.Write("null"u8);
                break;
        }
    }
}
