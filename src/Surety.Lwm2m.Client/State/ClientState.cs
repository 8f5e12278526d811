using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Surety.Lwm2m.Client;

/// <summary>What a client must know after a restart, and its form in a file: JSON, since a person may want to look at it.</summary>
/// <param name="Servers">Registrations, attributes and observations.</param>
/// <param name="Objects">Persistent Objects.</param>
/// <param name="Configuration">The accounts that a bootstrap has written; null: those of the program count.</param>
internal sealed record ClientState(IReadOnlyList<ServerState> Servers, IReadOnlyList<ObjectState> Objects, ConfigurationState? Configuration = null)
{
    private const int Version = 1;

    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartArray("servers");
            foreach (ServerState server in Servers)
                server.Write(json);
            json.WriteEndArray();
            json.WriteStartArray("objects");
            foreach (ObjectState item in Objects)
                item.Write(json);
            json.WriteEndArray();
            Configuration?.Write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> has written; anything else is refused whole.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out ClientState? state)
    {
        state = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
                return false;
            state = new ClientState(
                [.. root.GetProperty("servers").EnumerateArray().Select(ServerState.Read)],
                [.. root.GetProperty("objects").EnumerateArray().Select(ObjectState.Read)],
                root.TryGetProperty("configuration", out JsonElement configuration) ? ConfigurationState.Read(configuration) : null);
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return false;
        }
    }

    internal static Lwm2mPath ReadPath(string? text) => Lwm2mPath.TryParse(text, out Lwm2mPath path) ? path : throw new FormatException("no path");

    internal static NotificationAttributes ReadAttributes(JsonElement queries) =>
        AttributeChange.TryParse([.. queries.EnumerateArray().Select(query => query.GetString()!)], out AttributeChange change, out string? reason)
            ? change.Set
            : throw new FormatException(reason);

    internal static void WriteAttributes(Utf8JsonWriter json, string name, NotificationAttributes attributes)
    {
        json.WriteStartArray(name);
        foreach (string query in attributes.ToQueries())
            json.WriteStringValue(query);
        json.WriteEndArray();
    }
}
