using System.Globalization;

namespace Surety.Lwm2m;

/// <summary>A SenML pack while it is read: takes whole records from the JSON or CBOR reader and makes entries or paths of them.</summary>
internal ref struct SenmlPack
{
    private readonly List<Lwm2mPath>? _paths;
    private int _record;

    private double _baseValue;
    private bool _hasBaseValue;

    /// <summary>Starts a pack.</summary>
    /// <param name="names">Resolves the names.</param>
    /// <param name="paths">Receives the paths when the pack is a path list; null when it carries values.</param>
    public SenmlPack(SenmlNames names, List<Lwm2mPath>? paths)
    {
        Names = names;
        _paths = paths;
    }

    public SenmlNames Names;

    /// <summary>Whether a record must have a value: LwM2M 1.0 JSON.</summary>
    public bool NeedsValues { get; init; }

    /// <summary>Whether a string in the place of opaque data is base64: LwM2M 1.0 JSON, which has no field for data.</summary>
    public bool HasDataInStrings { get; init; }

    /// <summary>Takes a record that is read to its end.</summary>
    public bool TryTake(ref ContentDecoder decoder, scoped in SenmlRecord record)
    {
        _record++;
        if (record.HasBaseValue)
        {
            _baseValue = record.BaseValue;
            _hasBaseValue = true;
        }

        // A record of base fields alone only sets them for the records that follow.
        if (!record.HasName && !record.HasValue && _paths is null) return true;
        if (!Names.TryGetPath(record.Name, out Lwm2mPath path)) return Fail(ref decoder, "its name is no path of this device");
        if (_paths is not null) return TakePath(ref decoder, record, path);

        double? time = Names.GetTime(record.Time, record.HasTime);
        if (!record.HasValue)
        {
            // Without a value: the node is there and empty.
            return path.Level is 2 or 3 && !NeedsValues ? decoder.AddEmpty(path) : Fail(ref decoder, "it has no value");
        }

        if (record.Value.IsNull && !decoder.AllowsNull) return Fail(ref decoder, "null is a value in SenML-ETCH only");
        ResourceValue value = record.Value;
        if (HasDataInStrings && value.Type == ResourceType.String && decoder.FindModel(path) is { Type: ResourceType.Opaque }
            && !ResourceValue.TryParse(ResourceType.Opaque, value.AsString(), out value))
        {
            return Fail(ref decoder, "its data is not base64");
        }

        if (_hasBaseValue && value.TryGetNumber(out double number)) value = ResourceValue.FromFloat(_baseValue + number);
        return decoder.Add(path, value, time);
    }

    public readonly bool Fail(ref ContentDecoder decoder, string what) =>
        decoder.Fail(string.Create(CultureInfo.InvariantCulture, $"SenML record {_record}: {what}"));

    /// <summary>A fault in the record that is just being read.</summary>
    public readonly bool FailInRecord(ref ContentDecoder decoder, string what) =>
        decoder.Fail(string.Create(CultureInfo.InvariantCulture, $"SenML record {_record + 1}: {what}"));

    private readonly bool TakePath(ref ContentDecoder decoder, scoped in SenmlRecord record, Lwm2mPath path)
    {
        // RFC 8790, 3.1 allows times and units to select records; LwM2M has nothing that they could select.
        if (record.HasValue || record.HasTime || (record.HasOtherField && decoder.AllowsNull))
            return Fail(ref decoder, "a path list holds names and nothing else");
        if (_paths!.Count == Lwm2mContent.MaxEntries) return decoder.Fail($"more than {Lwm2mContent.MaxEntries} paths");
        _paths.Add(path);
        return true;
    }
}
