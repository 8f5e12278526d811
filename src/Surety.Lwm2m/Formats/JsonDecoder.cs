using System.Text;
using System.Text.Json;

namespace Surety.Lwm2m;

/// <summary>
/// SenML JSON (RFC 8428, 5), its ETCH form (RFC 8790), and the JSON of LwM2M 1.0 (TS 1.0.2, 6.4.4), an ancestor of the first with other field names.
/// </summary>
internal static class JsonDecoder
{
    private const ulong SupportedVersion = 10;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = CborReader.MaxDepth, AllowTrailingCommas = true };

    public static bool TryDecodeSenml(ReadOnlySpan<byte> payload, ref ContentDecoder decoder, List<Lwm2mPath>? paths)
    {
        Span<byte> name = stackalloc byte[SenmlNames.MaxName];
        Span<byte> prefix = stackalloc byte[64];
        Span<byte> scratch = stackalloc byte[2 * SenmlNames.MaxName];
        SenmlPack pack = new(new SenmlNames(decoder.Context, name, prefix), paths);
        scoped Utf8JsonReader reader = new(payload, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return decoder.Fail("SenML: not a JSON array");
            return TryReadRecords(ref reader, ref pack, ref decoder, scratch, isSenml: true)
                && (!reader.Read() || decoder.Fail("SenML: text after the array"));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The platform's reader reports malformed JSON, and invalid UTF-8 in strings, by exceptions.
            return decoder.Fail($"SenML: malformed JSON near offset {reader.BytesConsumed}");
        }
    }

    public static bool TryDecodeOma(ReadOnlySpan<byte> payload, ref ContentDecoder decoder)
    {
        Span<byte> name = stackalloc byte[SenmlNames.MaxName];
        Span<byte> scratch = stackalloc byte[2 * SenmlNames.MaxName];
        SenmlPack pack = new(new SenmlNames(default, name, default) { HasOldTimes = true, Now = decoder.Context.UnixSeconds }, paths: null)
        {
            NeedsValues = true,
            HasDataInStrings = true,
        };
        scoped Utf8JsonReader reader = new(payload, Options);
        try
        {
            return TryReadOma(ref reader, ref pack, ref decoder, scratch);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return decoder.Fail($"LwM2M JSON: malformed near offset {reader.BytesConsumed}");
        }
    }

    private static bool TryReadOma(ref Utf8JsonReader reader, ref SenmlPack pack, ref ContentDecoder decoder, Span<byte> scratch)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return decoder.Fail("LwM2M JSON: not an object");

        // Names without base name are relative to the path of the request, unless they begin at the root.
        pack.Names.SetRelativeBase(decoder.RequestPath);
        Utf8JsonReader records = default;
        bool hasRecords = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // "e" may come before "bn" and "bt", on which its names and times depend: read it last.
            if (reader.ValueTextEquals("e"u8))
            {
                if (hasRecords || !reader.Read() || reader.TokenType != JsonTokenType.StartArray) return decoder.Fail("LwM2M JSON: 'e' is not one array");
                records = reader;
                hasRecords = true;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("bn"u8))
            {
                if (!reader.Read() || !TryGetString(ref reader, scratch, out ReadOnlySpan<byte> baseName) || !pack.Names.TrySetBaseName(baseName))
                    return decoder.Fail("LwM2M JSON: 'bn' is malformed");
            }
            else if (reader.ValueTextEquals("bt"u8))
            {
                if (!reader.Read() || !TryGetDouble(ref reader, out double time) || !pack.Names.TrySetBaseTime(time))
                    return decoder.Fail("LwM2M JSON: 'bt' is malformed");
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (reader.Read()) return decoder.Fail("LwM2M JSON: text after the object");
        if (!hasRecords) return decoder.Fail("LwM2M JSON: 'e' is missing");
        return TryReadRecords(ref records, ref pack, ref decoder, scratch, isSenml: false);
    }

    private static bool TryReadRecords(ref Utf8JsonReader reader, ref SenmlPack pack, ref ContentDecoder decoder, Span<byte> scratch, bool isSenml)
    {
        for (int count = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count == Lwm2mContent.MaxEntries) return decoder.Fail($"more than {Lwm2mContent.MaxEntries} records");
            if (reader.TokenType != JsonTokenType.StartObject) return pack.FailInRecord(ref decoder, "it is not an object");

            // In LwM2M JSON a record without name means the base name itself.
            SenmlRecord record = new() { HasName = !isSenml };
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                SenmlField field = isSenml ? SenmlFieldOf(reader) : OmaFieldOf(reader);
                if (field == SenmlField.Unknown && isSenml && MustBeUnderstood(reader)) return pack.FailInRecord(ref decoder, "a field must be understood");
                if (field != SenmlField.Unknown && !record.TryMark(field)) return pack.FailInRecord(ref decoder, $"{field} occurs twice");
                if (!reader.Read() || !TryReadValue(ref reader, ref pack, ref record, field, scratch))
                    return pack.FailInRecord(ref decoder, $"{field} is malformed");
            }

            if (!pack.TryTake(ref decoder, record)) return false;
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryReadValue(ref Utf8JsonReader reader, ref SenmlPack pack, ref SenmlRecord record, SenmlField field, Span<byte> scratch)
    {
        switch (field)
        {
            case SenmlField.BaseName:
                record.HasBaseName = true;
                return TryGetString(ref reader, scratch, out ReadOnlySpan<byte> baseName) && pack.Names.TrySetBaseName(baseName);
            case SenmlField.Name:
                record.HasName = true;
                return TryGetString(ref reader, scratch[SenmlNames.MaxName..], out record.Name);
            case SenmlField.BaseTime:
                return TryGetDouble(ref reader, out double baseTime) && pack.Names.TrySetBaseTime(baseTime);
            case SenmlField.Time:
                record.HasTime = true;
                return TryGetDouble(ref reader, out record.Time);
            case SenmlField.BaseVersion:
                record.HasOtherField = true;
                return reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out ulong version) && version <= SupportedVersion;
            case SenmlField.BaseValue:
                record.HasOtherField = true;
                record.HasBaseValue = true;
                return TryGetDouble(ref reader, out record.BaseValue);
            case SenmlField.Value:
                return TryGetNumberOrNull(ref reader, out ResourceValue number) && record.TrySetValue(number);
            case SenmlField.StringValue:
                return reader.TokenType == JsonTokenType.String && record.TrySetValue(ResourceValue.FromString(reader.GetString()!));
            case SenmlField.BooleanValue:
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False && record.TrySetValue(ResourceValue.FromBoolean(reader.GetBoolean()));
            case SenmlField.DataValue:
                if (reader.TokenType != JsonTokenType.String) return false;
                byte[] base64 = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan.ToArray();
                return Base64Text.TryDecode(base64, out byte[] octets) && record.TrySetValue(ResourceValue.FromOpaque(octets));
            case SenmlField.ObjectLinkValue:
                return TryGetString(ref reader, scratch, out ReadOnlySpan<byte> link) && ObjectLinkText.TryParse(link, out ObjectLink target)
                    && record.TrySetValue(ResourceValue.FromObjectLink(target));
            default:
                record.HasOtherField |= field is not (SenmlField.Unit or SenmlField.BaseUnit);
                reader.Skip();
                return true;
        }
    }

    private static SenmlField SenmlFieldOf(in Utf8JsonReader reader) => reader.ValueSpan switch
    {
        [(byte)'n'] => SenmlField.Name,
        [(byte)'v'] => SenmlField.Value,
        [(byte)'t'] => SenmlField.Time,
        [(byte)'u'] => SenmlField.Unit,
        [(byte)'s'] => SenmlField.Sum,
        [(byte)'b', (byte)'n'] => SenmlField.BaseName,
        [(byte)'b', (byte)'t'] => SenmlField.BaseTime,
        [(byte)'b', (byte)'u'] => SenmlField.BaseUnit,
        [(byte)'b', (byte)'v'] => SenmlField.BaseValue,
        [(byte)'b', (byte)'s'] => SenmlField.BaseSum,
        [(byte)'v', (byte)'s'] => SenmlField.StringValue,
        [(byte)'v', (byte)'b'] => SenmlField.BooleanValue,
        [(byte)'v', (byte)'d'] => SenmlField.DataValue,
        [(byte)'u', (byte)'t'] => SenmlField.UpdateTime,
        [(byte)'v', (byte)'l', (byte)'o'] => SenmlField.ObjectLinkValue,
        [(byte)'b', (byte)'v', (byte)'e', (byte)'r'] => SenmlField.BaseVersion,
        _ => SenmlField.Unknown,
    };

    private static SenmlField OmaFieldOf(in Utf8JsonReader reader) => reader.ValueSpan switch
    {
        [(byte)'n'] => SenmlField.Name,
        [(byte)'v'] => SenmlField.Value,
        [(byte)'t'] => SenmlField.Time,
        [(byte)'s', (byte)'v'] => SenmlField.StringValue,
        [(byte)'b', (byte)'v'] => SenmlField.BooleanValue,
        [(byte)'o', (byte)'v'] => SenmlField.ObjectLinkValue,
        _ => SenmlField.Unknown,
    };

    // RFC 8428, 4.4.
    private static bool MustBeUnderstood(in Utf8JsonReader reader) => reader.ValueSpan is [.., (byte)'_'];

    private static bool TryGetString(scoped ref Utf8JsonReader reader, Span<byte> scratch, out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > SenmlNames.MaxName) return false;
        utf8 = reader.ValueIsEscaped ? scratch[..reader.CopyString(scratch)] : reader.ValueSpan;
        return true;
    }

    private static bool TryGetDouble(ref Utf8JsonReader reader, out double number)
    {
        number = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out number) && double.IsFinite(number);
    }

    private static bool TryGetNumberOrNull(ref Utf8JsonReader reader, out ResourceValue value)
    {
        value = ResourceValue.Null;
        if (reader.TokenType == JsonTokenType.Null) return true;
        if (reader.TokenType != JsonTokenType.Number) return false;

        // 64-bit integers whole: a double would round them.
        if (reader.TryGetInt64(out long integer)) value = ResourceValue.FromInteger(integer);
        else if (reader.TryGetUInt64(out ulong unsigned)) value = ResourceValue.FromUnsigned(unsigned);
        else if (TryGetDouble(ref reader, out double number)) value = ResourceValue.FromFloat(number);
        else return false;
        return true;
    }
}
