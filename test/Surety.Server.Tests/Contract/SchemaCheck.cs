using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Surety.Server.Tests.Contract;

/// <summary>
/// Compares a value with a schema of the contract (Swagger 2.0, the parts that the contract uses). Null is no value yet: Swagger 2.0 cannot say it, and
/// Pelion's service answered it also for members that the contract requires, such as <c>claimed_at</c>.
/// </summary>
internal static class SchemaCheck
{
    // The list of required members has it for completed_at, which the properties and the service have.
    private const string Misspelt = "completet_at";

    /// <summary>What is wrong, each with its path; nothing when the value is as the schema says.</summary>
    public static IReadOnlyList<string> Problems(JsonNode? value, JsonNode schema)
    {
        List<string> problems = [];
        Check(value, schema, "$", problems);
        return problems;
    }

    private static void Check(JsonNode? value, JsonNode reference, string path, List<string> problems)
    {
        var schema = PelionContract.Resolve(reference);
        if (value is null)
            return;
        var type = (string?)schema["type"] ?? (schema["properties"] is null ? null : "object");
        if (type is not null && !IsOf(type, value))
        {
            problems.Add($"{path} is {value.GetValueKind()} and not {type}: {value.ToJsonString()}");
            return;
        }

        switch (value)
        {
            case JsonObject members:
                CheckMembers(members, schema, path, problems);
                break;
            case JsonArray items when schema["items"] is { } of:
                for (var index = 0; index < items.Count; index++)
                    Check(items[index], of, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), problems);
                break;
            default:
                CheckText(value, schema, path, problems);
                break;
        }
    }

    private static void CheckMembers(JsonObject members, JsonNode schema, string path, List<string> problems)
    {
        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            if (!members.ContainsKey((string)required!) && (string)required! != Misspelt)
                problems.Add($"{path}.{required} is missing");
        }

        foreach (var (name, value) in members)
        {
            if ((schema["properties"]?[name] ?? schema["additionalProperties"]) is { } of)
                Check(value, of, $"{path}.{name}", problems);
        }
    }

    private static void CheckText(JsonNode value, JsonNode schema, string path, List<string> problems)
    {
        if (value.GetValueKind() != JsonValueKind.String)
            return;
        var text = (string)value!;
        if (schema["enum"] is JsonArray allowed && !allowed.Any(item => (string?)item == text))
            problems.Add($"{path} is '{text}', which is none of {allowed.ToJsonString()}");
        if (schema["maxLength"] is { } max && text.Length > (int)max)
            problems.Add($"{path} is longer than {max}");
        if ((string?)schema["pattern"] is { } pattern && text.Length > 0 && !Regex.IsMatch(text, pattern))
            problems.Add($"{path} is '{text}', which is not {pattern}");
        if ((string?)schema["format"] is "date-time" && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _))
            problems.Add($"{path} is '{text}', which is no date-time");
    }

    private static bool IsOf(string type, JsonNode value) => (type, value.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => value.AsValue().TryGetValue(out long _),
        _ => false,
    };
}
