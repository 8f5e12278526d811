using System.Text.Json;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>What is saved of an observation.</summary>
internal sealed record ObservationState(CoapToken Token, IReadOnlyList<Lwm2mPath> Paths, bool IsComposite, ContentFormat Format, NotificationAttributes Parameters, uint Sequence)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("token", Token.ToString());
        json.WriteStartArray("paths");
        foreach (Lwm2mPath path in Paths)
            json.WriteStringValue(path.ToString());
        json.WriteEndArray();
        json.WriteBoolean("composite", IsComposite);
        json.WriteNumber("format", Format.Value);
        ClientState.WriteAttributes(json, "parameters", Parameters);
        json.WriteNumber("sequence", Sequence);
        json.WriteEndObject();
    }

    public static ObservationState Read(JsonElement json)
    {
        byte[] token = Convert.FromHexString(json.GetProperty("token").GetString() ?? "");
        Lwm2mPath[] paths = [.. json.GetProperty("paths").EnumerateArray().Select(path => ClientState.ReadPath(path.GetString()))];
        bool isComposite = json.GetProperty("composite").GetBoolean();
        if (paths.Length == 0 || (!isComposite && (paths.Length > 1 || paths[0].IsRoot)))
            throw new FormatException("an observation without a path");
        return new ObservationState(
            new CoapToken(token), paths, isComposite, new ContentFormat(json.GetProperty("format").GetUInt16()),
            ClientState.ReadAttributes(json.GetProperty("parameters")), json.GetProperty("sequence").GetUInt32());
    }
}
