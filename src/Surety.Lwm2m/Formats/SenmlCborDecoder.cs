namespace Surety.Lwm2m;

/// <summary>SenML CBOR, <c>application/senml+cbor</c> (RFC 8428, 6), and its ETCH form (RFC 8790).</summary>
internal static class SenmlCborDecoder
{
    // A version that is higher than ours changes the meaning of fields (RFC 8428, 4.4).
    private const ulong SupportedVersion = 10;

    public static bool TryDecode(ReadOnlySpan<byte> payload, ref ContentDecoder decoder, List<Lwm2mPath>? paths)
    {
        Span<byte> name = stackalloc byte[SenmlNames.MaxName];
        Span<byte> prefix = stackalloc byte[64];
        SenmlPack pack = new(new SenmlNames(decoder.Context, name, prefix), paths);
        scoped CborReader reader = new(payload);
        if (!reader.TryReadItem(out CborItem array) || array.MajorType != CborOutput.Array) return decoder.Fail("SenML: not a CBOR array");

        for (int count = 0; ; count++)
        {
            if (!reader.TryGoOn(array, count, out bool goesOn)) return decoder.Fail(Malformed(reader));
            if (!goesOn) break;
            if (count == Lwm2mContent.MaxEntries) return decoder.Fail($"more than {Lwm2mContent.MaxEntries} records");
            if (!TryReadRecord(ref reader, ref pack, ref decoder)) return decoder.Fail(Malformed(reader));
        }

        return reader.IsAtEnd || decoder.Fail("SenML: octets after the array");
    }

    private static string Malformed(CborReader reader) => $"SenML: malformed CBOR at offset {reader.Position}";

    private static bool TryReadRecord(ref CborReader reader, ref SenmlPack pack, ref ContentDecoder decoder)
    {
        if (!reader.TryReadItem(out CborItem map) || map.MajorType != CborOutput.Map) return pack.FailInRecord(ref decoder, "it is not a map");
        SenmlRecord record = default;
        for (int count = 0; ; count++)
        {
            if (!reader.TryGoOn(map, count, out bool goesOn)) return false;
            if (!goesOn) break;
            if (!TryReadField(ref reader, out SenmlField field)) return pack.FailInRecord(ref decoder, "a label is malformed or must be understood");
            if (field != SenmlField.Unknown && !record.TryMark(field)) return pack.FailInRecord(ref decoder, $"{field} occurs twice");
            if (!TryReadValue(ref reader, ref pack, ref record, field)) return pack.FailInRecord(ref decoder, $"{field} is malformed");
        }

        return pack.TryTake(ref decoder, record);
    }

    private static bool TryReadField(ref CborReader reader, out SenmlField field)
    {
        field = SenmlField.Unknown;
        if (!reader.TryReadItem(out CborItem label)) return false;
        switch (label.MajorType)
        {
            case CborOutput.Unsigned:
                field = label.Argument switch
                {
                    0 => SenmlField.Name,
                    1 => SenmlField.Unit,
                    2 => SenmlField.Value,
                    3 => SenmlField.StringValue,
                    4 => SenmlField.BooleanValue,
                    5 => SenmlField.Sum,
                    6 => SenmlField.Time,
                    7 => SenmlField.UpdateTime,
                    8 => SenmlField.DataValue,
                    _ => SenmlField.Unknown,
                };
                return true;
            case CborOutput.Negative:
                field = label.Argument switch
                {
                    0 => SenmlField.BaseVersion,
                    1 => SenmlField.BaseName,
                    2 => SenmlField.BaseTime,
                    3 => SenmlField.BaseUnit,
                    4 => SenmlField.BaseValue,
                    5 => SenmlField.BaseSum,
                    _ => SenmlField.Unknown,
                };
                return true;
            case CborOutput.Text:
                if (!reader.TryReadContent(label, out ReadOnlySpan<byte> text)) return false;
                if (text.SequenceEqual("vlo"u8)) field = SenmlField.ObjectLinkValue;
                // RFC 8428, 4.4: a label that ends with "_" must be understood.
                return text.IsEmpty || text[^1] != (byte)'_';
            default:
                return false;
        }
    }

    private static bool TryReadValue(ref CborReader reader, ref SenmlPack pack, ref SenmlRecord record, SenmlField field)
    {
        switch (field)
        {
            case SenmlField.BaseName:
                record.HasBaseName = true;
                return TryReadText(ref reader, out ReadOnlySpan<byte> baseName) && pack.Names.TrySetBaseName(baseName);
            case SenmlField.Name:
                record.HasName = true;
                return TryReadText(ref reader, out record.Name);
            case SenmlField.BaseTime:
                return CborValues.TryReadNumber(ref reader, out double baseTime) && pack.Names.TrySetBaseTime(baseTime);
            case SenmlField.Time:
                record.HasTime = true;
                return CborValues.TryReadNumber(ref reader, out record.Time) && double.IsFinite(record.Time);
            case SenmlField.BaseVersion:
                record.HasOtherField = true;
                return reader.TryReadItem(out CborItem version) && version.MajorType == CborOutput.Unsigned && version.Argument <= SupportedVersion;
            case SenmlField.BaseValue:
                record.HasOtherField = true;
                record.HasBaseValue = true;
                return CborValues.TryReadNumber(ref reader, out record.BaseValue);
            case SenmlField.Value:
                return CborValues.TryReadNumberOrNull(ref reader, out ResourceValue number) && record.TrySetValue(number);
            case SenmlField.StringValue:
                return TryReadText(ref reader, out ReadOnlySpan<byte> text) && Utf8Text.TryDecode(text, out string? value)
                    && record.TrySetValue(ResourceValue.FromString(value));
            case SenmlField.BooleanValue:
                return reader.TryReadItem(out CborItem boolean) && boolean.Initial is CborItem.True or CborItem.False
                    && record.TrySetValue(ResourceValue.FromBoolean(boolean.Initial == CborItem.True));
            case SenmlField.DataValue:
                return reader.TryReadItem(out CborItem data) && data.MajorType == CborOutput.Bytes
                    && reader.TryReadString(data, out ReadOnlySpan<byte> octets) && record.TrySetValue(ResourceValue.FromOpaque(octets.ToArray()));
            case SenmlField.ObjectLinkValue:
                return TryReadText(ref reader, out ReadOnlySpan<byte> link) && ObjectLinkText.TryParse(link, out ObjectLink target)
                    && record.TrySetValue(ResourceValue.FromObjectLink(target));
            case SenmlField.Unit or SenmlField.BaseUnit:
                return reader.TrySkip();
            default:
                record.HasOtherField = true;
                return reader.TrySkip();
        }
    }

    private static bool TryReadText(scoped ref CborReader reader, out ReadOnlySpan<byte> text)
    {
        text = default;
        return reader.TryReadItem(out CborItem item) && item.MajorType == CborOutput.Text && reader.TryReadString(item, out text);
    }
}
