using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Surety.Server.Api;

/// <summary>How the Service API writes JSON: snake case, UTF-8 as it is, RFC 3339 times; and how strictly it reads it.</summary>
internal static class Json
{
    /// <summary>Nesting that no request of the API needs; bounds what a hostile one costs.</summary>
    private const int MaxDepth = 16;

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = MaxDepth;
        // The answers are application/json, never a part of HTML.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new EntityIdJsonConverter());
        options.Converters.Add(new MicrosecondsJsonConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }
}
