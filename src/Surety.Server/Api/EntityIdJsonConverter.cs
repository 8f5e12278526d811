using System.Text.Json;
using System.Text.Json.Serialization;

namespace Surety.Server.Api;

/// <summary>An id as 32 hexadecimal digits.</summary>
internal sealed class EntityIdJsonConverter : JsonConverter<EntityId>
{
    public override EntityId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EntityId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, EntityId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Format(stackalloc char[EntityId.TextLength]));
}
