using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Surety.Server.Api;

/// <summary>A time in UTC without a fraction, <c>2018-02-13T09:35:20Z</c>, as account management writes it.</summary>
internal sealed class SecondsJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rfc3339.TryParse(reader.GetString(), out var time) ? time : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
