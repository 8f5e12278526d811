using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Surety.Server.Api;

/// <summary>Examples of request bodies for the OpenAPI document: the members that are required, and those that the table has a value for.</summary>
internal static class ApiExamples
{
    private const int MaxDepth = 4;
    private const string SomeId = "0176a1b2c3d400000000000100100a01";
    private const string Certificate = "-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n";

    /// <summary>By the name of the member as it is on the wire.</summary>
    private static readonly Dictionary<string, JsonNode> Values = new()
    {
        ["name"] = "Meters of the north",
        ["description"] = "For the engineers on site.",
        ["endpoint_name"] = "meter-0017",
        ["endpoint_type"] = "meter",
        ["endpoint-type"] = "meter",
        ["email"] = "ada@example.com",
        ["full_name"] = "Ada Example",
        ["username"] = "ada@example.com",
        ["password"] = "correct horse battery staple",
        ["certificate"] = Certificate,
        ["service"] = "lwm2m",
        ["category"] = "maintenance",
        ["method"] = "GET",
        ["uri"] = "/3303/0/5700",
        ["accept"] = "text/plain",
        ["url"] = "https://example.com/surety",
        ["query"] = "state__eq=registered",
        ["filter"] = "state=registered",
        ["device_filter"] = "state=registered",
        ["device_id"] = SomeId,
        ["reference"] = "LWM2M",
        ["certificate_name"] = "LWM2M",
        ["certificate_issuer_id"] = SomeId,
        ["priority"] = 10,
        ["resource-path"] = new JsonArray("/3303/*"),
        ["resource_path"] = "/3311/0/5850",
        ["value"] = "MQ==",
        ["content_type"] = "text/plain",
        ["enrollment_identity"] = "A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:44:71:93:23:22:15:43:23:12",
        ["servers"] = "kafka.example.org:9093",
        ["topic"] = "devices",
        ["custom_attributes"] = new JsonObject { ["floor"] = "3" },
        ["headers"] = new JsonObject { ["X-Secret"] = "..." },
        ["groups"] = new JsonArray(SomeId),
        ["users"] = new JsonArray(SomeId),
        ["secret_hex"] = "4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a",
        ["display_name"] = "Northern Meters",
        ["type"] = "v2",
        ["color"] = "#1f6feb",
    };

    /// <summary>An example of a body.</summary>
    /// <param name="type">What the body is read as.</param>
    /// <param name="options">How the API reads it.</param>
    public static JsonNode Of(Type type, JsonSerializerOptions options) => Of(options.GetTypeInfo(type), options, 0) ?? new JsonObject();

    private static JsonNode? Of(JsonTypeInfo info, JsonSerializerOptions options, int depth)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type.IsEnum)
            return JsonSerializer.SerializeToNode(Enum.GetValues(type).GetValue(0), type, options);
        return info.Kind switch
        {
            _ when depth > MaxDepth => null,
            JsonTypeInfoKind.Object => ObjectOf(info, options, depth),
            JsonTypeInfoKind.Enumerable => Of(options.GetTypeInfo(info.ElementType!), options, depth + 1) is { } item ? new JsonArray(item) : [],
            JsonTypeInfoKind.Dictionary => new JsonObject(),
            // The one body of another format, a signed manifest. (RFC 7515, 7.2.2)
            _ when type == typeof(JsonObject) => new JsonObject { ["payload"] = "eyJ...", ["protected"] = "eyJ...", ["signature"] = "MEUC..." },
            _ when type == typeof(string) => SomeId,
            _ when type == typeof(EntityId) => SomeId,
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) || type == typeof(long) => 1,
            _ => null,
        };
    }

    private static JsonObject ObjectOf(JsonTypeInfo info, JsonSerializerOptions options, int depth)
    {
        var example = new JsonObject();
        foreach (var property in info.Properties.Where(property => property.Set is not null))
        {
            if (Values.TryGetValue(property.Name, out var value) && Fits(property.PropertyType, value))
                example[property.Name] = value.DeepClone();
            else if (IsRequired(property))
                example[property.Name] = Of(options.GetTypeInfo(property.PropertyType), options, depth + 1);
        }

        // A body of optional members alone shows one of them.
        if (example.Count == 0 && info.Properties.FirstOrDefault(property => property.Set is not null) is { } first)
            example[first.Name] = Of(options.GetTypeInfo(first.PropertyType), options, depth + 1);
        return example;
    }

    // As the document says it: by attribute, or because the constructor wants it.
    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false } || property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) == true;

    // Members of one name may be of several types.
    private static bool Fits(Type type, JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => typeof(IEnumerable<KeyValuePair<string, string?>>).IsAssignableFrom(type) || typeof(IEnumerable<KeyValuePair<string, string>>).IsAssignableFrom(type),
        JsonValueKind.Array => typeof(IEnumerable<string>).IsAssignableFrom(type),
        JsonValueKind.Number => (Nullable.GetUnderlyingType(type) ?? type) == typeof(int),
        _ => type == typeof(string) || (Nullable.GetUnderlyingType(type) ?? type).IsEnum || (Nullable.GetUnderlyingType(type) ?? type) == typeof(EntityId),
    };
}
