using System.Buffers;
using System.Text.Json;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>What is saved of a persistent Object: its instances, and the values that servers can write.</summary>
internal sealed record ObjectState(ushort Id, IReadOnlyList<ushort> Instances, IReadOnlyList<ResourceEntry> Values)
{
    public void Write(Utf8JsonWriter json)
    {
        var content = new ArrayBufferWriter<byte>();
        if (Values.Count > 0)
            Lwm2mContent.TryEncode(ContentFormat.SenmlCbor, Lwm2mPath.Root, [.. Values], default, content, out _);
        json.WriteStartObject();
        json.WriteNumber("id", Id);
        json.WriteStartArray("instances");
        foreach (ushort instance in Instances)
            json.WriteNumberValue(instance);
        json.WriteEndArray();
        json.WriteBase64String("senml_cbor", content.WrittenSpan);
        json.WriteEndObject();
    }

    public static ObjectState Read(JsonElement json)
    {
        var values = new List<ResourceEntry>();
        byte[] content = json.GetProperty("senml_cbor").GetBytesFromBase64();
        // Types come from the encoding here; the Object's definition, which may have changed, has its say when they are written.
        if (content.Length > 0 && !Lwm2mContent.TryDecode(ContentFormat.SenmlCbor, content, Lwm2mPath.Root, default, values, out string? reason))
            throw new FormatException(reason);
        ushort[] instances = [.. json.GetProperty("instances").EnumerateArray().Select(instance => instance.GetUInt16())];
        return instances.Contains(Lwm2mPath.ReservedId)
            ? throw new FormatException("65535 is no instance")
            : new ObjectState(json.GetProperty("id").GetUInt16(), instances, values);
    }
}
