using System.Formats.Cbor;
using System.Globalization;
using System.Text.Json;

namespace Surety.Conformance.Tests;

/// <summary>
/// SenML as text, <c>/1/0/0=1 /1/0/7="U"</c>, read by the platform's CBOR and JSON and by nothing of the code under test (RFC 8428, 4 to 6;
/// for object links LwM2M Core 7.4.5). Base name and name are joined; a record without value is its name.
/// </summary>
internal static class SenmlText
{
    // RFC 8428, table 4.
    private static readonly string[] LabelsBelowZero = ["bn", "bt", "bu", "bv", "bs"];
    private static readonly string[] Labels = ["n", "u", "v", "vs", "vb", "s", "t", "ut", "vd"];

    public static string FromJson(byte[] payload)
    {
        using JsonDocument document = JsonDocument.Parse(payload);
        return Join(document.RootElement.EnumerateArray().Select(record => record.EnumerateObject().Select(field => (field.Name, field.Value.ValueKind switch
        {
            JsonValueKind.String when field.Name is "bn" or "n" => field.Value.GetString()!,
            JsonValueKind.String => $"\"{field.Value.GetString()}\"",
            _ => field.Value.GetRawText(),
        }))));
    }

    public static string FromCbor(byte[] payload)
    {
        var reader = new CborReader(payload);
        var records = new List<List<(string, string)>>();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            var record = new List<(string, string)>();
            reader.ReadStartMap();
            while (reader.PeekState() != CborReaderState.EndMap)
            {
                string label = reader.PeekState() == CborReaderState.TextString ? reader.ReadTextString() : LabelOf(reader.ReadInt32());
                record.Add((label, ReadValue(reader, isName: label is "bn" or "n")));
            }

            reader.ReadEndMap();
            records.Add(record);
        }

        reader.ReadEndArray();
        Assert.Equal(0, reader.BytesRemaining);
        return Join(records);
    }

    private static string LabelOf(int label) => label < 0 ? LabelsBelowZero[-label - 2] : Labels[label];

    private static string ReadValue(CborReader reader, bool isName) => reader.PeekState() switch
    {
        CborReaderState.TextString => isName ? reader.ReadTextString() : $"\"{reader.ReadTextString()}\"",
        CborReaderState.ByteString => $"h'{Convert.ToHexString(reader.ReadByteString())}'",
        CborReaderState.Boolean => reader.ReadBoolean() ? "true" : "false",
        CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger => reader.ReadInt64().ToString(CultureInfo.InvariantCulture),
        _ => reader.ReadDouble().ToString(CultureInfo.InvariantCulture),
    };

    private static string Join(IEnumerable<IEnumerable<(string Label, string Value)>> records)
    {
        string baseName = "";
        var texts = new List<string>();
        foreach (IEnumerable<(string Label, string Value)> record in records)
        {
            string name = "";
            string value = "";
            foreach ((string label, string item) in record)
            {
                if (label == "bn")
                    baseName = item;
                else if (label == "n")
                    name = item;
                else
                    value += "=" + item;
            }

            texts.Add(baseName + name + value);
        }

        return string.Join(' ', texts);
    }
}
