using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Surety.Server.Api;

/// <summary>
/// A time in UTC with six digits of fraction, <c>2017-05-22T12:37:55.576563Z</c>, as directory and update write it. Always six: clients
/// parse it with a fixed pattern.
/// </summary>
internal sealed class MicrosecondsJsonConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>The time as it is written.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rfc3339.TryParse(reader.GetString(), out var time) ? time : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        // Seven digits of fraction and Z; the last digit goes.
        Span<byte> text = stackalloc byte[28];
        value.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[26] = (byte)'Z';
        writer.WriteStringValue(text[..27]);
    }
}
