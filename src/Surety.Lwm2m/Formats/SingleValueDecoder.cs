namespace Surety.Lwm2m;

/// <summary>The formats that hold one value: text/plain, application/octet-stream and application/cbor (Core TS 1.2.2, 7.5.1 to 7.5.3).</summary>
internal static class SingleValueDecoder
{
    public static bool TryDecodeText(ReadOnlySpan<byte> payload, ref ContentDecoder decoder)
    {
        if (!IsSingle(ref decoder)) return false;
        Lwm2mPath path = decoder.RequestPath;
        ResourceType type = decoder.FindModel(path)?.Type ?? ResourceType.None;
        if (type == ResourceType.None) type = ResourceType.String;
        if (ResourceValue.TryParse(type, payload, out ResourceValue value)) return decoder.AddTyped(path, value);
        return decoder.Context.KeepMistyped && ResourceValue.TryParse(ResourceType.String, payload, out value)
            ? decoder.AddTyped(path, value)
            : decoder.Fail(path, $"the text is no {type}");
    }

    public static bool TryDecodeOpaque(ReadOnlySpan<byte> payload, ref ContentDecoder decoder) =>
        IsSingle(ref decoder) && decoder.Add(decoder.RequestPath, ResourceValue.FromOpaque(payload.ToArray()));

    public static bool TryDecodeCbor(ReadOnlySpan<byte> payload, ref ContentDecoder decoder)
    {
        if (!IsSingle(ref decoder)) return false;
        CborReader reader = new(payload);
        if (!CborValues.TryReadValue(ref reader, out ResourceValue value) || value.IsNull) return decoder.Fail("CBOR: not one value of a Resource");
        if (!reader.IsAtEnd) return decoder.Fail("CBOR: octets after the value");

        // Zephyr ends object links with a NUL.
        if (value.Type == ResourceType.String && value.AsString() is [.., '\0'] text && decoder.FindModel(decoder.RequestPath) is { Type: ResourceType.ObjectLink })
            value = ResourceValue.FromString(text[..^1]);
        return decoder.Add(decoder.RequestPath, value);
    }

    private static bool IsSingle(ref ContentDecoder decoder)
    {
        if (decoder.RequestPath.Level < 3) return decoder.Fail(decoder.RequestPath, "the format holds the value of one Resource");
        return decoder.RequestPath.Level == 4 || decoder.FindModel(decoder.RequestPath) is not { IsMultiple: true }
            || decoder.Fail(decoder.RequestPath, "the format cannot hold the instances of a Resource");
    }
}
