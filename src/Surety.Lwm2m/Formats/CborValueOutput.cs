using System.Buffers;

namespace Surety.Lwm2m;

/// <summary>Writes values of resources in CBOR (Core TS 1.2.2, Table C-2).</summary>
internal static class CborValueOutput
{
    public static void Write(IBufferWriter<byte> output, ResourceValue value)
    {
        switch (value.Type)
        {
            case ResourceType.String or ResourceType.CoreLink:
                CborOutput.WriteText(output, value.AsString());
                break;
            case ResourceType.Integer:
                CborOutput.WriteInteger(output, value.AsInteger());
                break;
            case ResourceType.UnsignedInteger:
                CborOutput.WriteHead(output, CborOutput.Unsigned, value.AsUnsigned());
                break;
            case ResourceType.Float:
                CborOutput.WriteFloat(output, value.AsFloat());
                break;
            case ResourceType.Boolean:
                CborOutput.WriteSimple(output, value.AsBoolean() ? CborItem.True : CborItem.False);
                break;
            case ResourceType.Opaque:
                CborOutput.WriteBytes(output, value.AsOpaque().Span);
                break;
            case ResourceType.Time:
                if (value.TryGetWholeTime(out long seconds)) CborOutput.WriteInteger(output, seconds);
                else CborOutput.WriteFloat(output, value.AsTimeSeconds());
                break;
            case ResourceType.ObjectLink:
                Span<byte> link = stackalloc byte[ObjectLink.MaxTextLength];
                value.AsObjectLink().TryFormat(link, out int length);
                CborOutput.WriteText(output, link[..length]);
                break;
            default:
                CborOutput.WriteSimple(output, CborItem.Null);
                break;
        }
    }
}
