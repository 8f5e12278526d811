using System.Text;
using System.Text.Json.Serialization;

namespace Surety.Client;

/// <summary>What is wanted of one path.</summary>
/// <param name="ResourcePath">An instance, a resource or a resource instance.</param>
/// <param name="Value">At most 8192 bytes, as the device shall get them; null takes back what was wanted.</param>
public sealed record EchoWish(string ResourcePath, [property: JsonIgnore] byte[]? Value)
{
    // Generated code writes null bytes as the empty text, which is a value; a null text it writes as null.
    [JsonInclude]
    [JsonPropertyName("value")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    internal string? Encoded => Value is null ? null : Convert.ToBase64String(Value);

    /// <summary>The media type; without one it is text, or bytes where the object says so.</summary>
    public string? ContentType { get; init; }

    /// <summary>A value as text.</summary>
    public static EchoWish Text(string resourcePath, string value) => new(resourcePath, Encoding.UTF8.GetBytes(value)) { ContentType = "text/plain" };
}
