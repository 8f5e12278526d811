using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Surety.Server.Api;

/// <summary>Turns an exception of the JSON reader into words for the caller: which member, what was expected, and where.</summary>
internal static class JsonErrors
{
    /// <summary>
    /// Names the member and the type it must have, when the JSON is well-formed and a value has the wrong type; otherwise says at which
    /// line and column the JSON breaks.
    /// </summary>
    public static ApiException Explain(JsonException error, JsonTypeInfo root)
    {
        // The reader's own faults come as a JsonReaderException inside; a failed conversion has none.
        var isSyntax = error.InnerException is JsonException || error.Message.Contains("duplicate", StringComparison.OrdinalIgnoreCase);
        if (isSyntax || error.Path is null)
            return ApiException.Malformed($"The body is not valid JSON{Where(error)}: {Reason(error)}");
        var name = error.Path.TrimStart('$').TrimStart('.');
        if (name.Length == 0)
            return ApiException.Malformed($"The body {Expected(root.Type)}{Where(error)}.");
        return ApiException.Invalid(name, Expected(MemberType(root, name)) + Where(error));
    }

    /// <summary>What a value of <paramref name="type"/> looks like, to be read behind a name.</summary>
    private static string Expected(Type? type)
    {
        type = type is null ? typeof(object) : Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return "must be a string";
        if (type == typeof(bool))
            return "must be true or false";
        if (type == typeof(int) || type == typeof(long))
            return "must be a whole number";
        if (type == typeof(double) || type == typeof(decimal))
            return "must be a number";
        if (type == typeof(DateTimeOffset))
            return "must be a time such as 2017-05-22T12:37:55.576563Z";
        if (type == typeof(DateOnly))
            return "must be a date such as 2017-05-22";
        if (type == typeof(EntityId))
            return "must be an id of 32 hexadecimal digits";
        if (type.IsEnum)
            return $"must be one of {string.Join(", ", EnumNames.Of(type))}";
        if (type.IsAssignableTo(typeof(IReadOnlyDictionary<string, string?>)))
            return "must be an object of strings";
        if (type.IsAssignableTo(typeof(System.Collections.IEnumerable)))
            return "must be an array";
        return "must be a JSON object";
    }

    private static Type? MemberType(JsonTypeInfo root, string path)
    {
        var info = root;
        foreach (var part in path.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? part : part[..bracket];
            var member = info.Properties.FirstOrDefault(property => property.Name == name);
            var type = member?.PropertyType ?? info.ElementType;
            if (type is null)
                return null;
            info = root.Options.GetTypeInfo(type);
            if (bracket >= 0 && info.ElementType is { } element)
                info = root.Options.GetTypeInfo(element);
        }

        return info.Type;
    }

    private static string Where(JsonException error) => error.LineNumber is { } line && error.BytePositionInLine is { } column
        ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1}, column {column + 1})")
        : "";

    private static string Reason(JsonException error)
    {
        var message = error.Message;
        foreach (var tail in (ReadOnlySpan<string>)[" Path: ", " LineNumber: "])
        {
            var start = message.IndexOf(tail, StringComparison.Ordinal);
            if (start >= 0)
                message = message[..start];
        }

        return message.TrimEnd(' ', '|');
    }
}
