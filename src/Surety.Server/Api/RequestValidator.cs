using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Surety.Server.Api;

/// <summary>
/// Checks a request body by the validation attributes of its members, the same that the OpenAPI document shows, and names every member that
/// is wrong as the caller wrote it. No text may contain NUL: PostgreSQL cannot store it.
/// </summary>
internal static class RequestValidator
{
    private static readonly ConcurrentDictionary<Type, Rule[]> Rules = [];

    /// <exception cref="ApiException">400, with all that is wrong.</exception>
    public static void Validate(object value, JsonTypeInfo info)
    {
        var errors = new List<ErrorField>();
        foreach (var rule in Rules.GetOrAdd(info.Type, static (_, info) => [.. RulesOf(info)], info))
            Check(rule, rule.Get(value), errors);
        if (errors.Count > 0)
            throw ApiException.Invalid(errors);
    }

    private static IEnumerable<Rule> RulesOf(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            if (property.Get is { } get)
            {
                var attributes = property.AttributeProvider?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true) ?? [];
                yield return new Rule(property.Name, get, [.. attributes.Cast<ValidationAttribute>()]);
            }
        }
    }

    private static void Check(Rule rule, object? value, List<ErrorField> errors)
    {
        if (value is null)
        {
            if (rule.Attributes.Any(attribute => attribute is RequiredAttribute))
                errors.Add(new ErrorField(rule.Name, "is required"));
            return;
        }

        if (HasNul(value))
        {
            errors.Add(new ErrorField(rule.Name, "must not contain the character NUL"));
            return;
        }

        foreach (var attribute in rule.Attributes)
        {
            if (!IsValid(attribute, value))
                errors.Add(new ErrorField(rule.Name, Message(attribute)));
        }
    }

    private static bool IsValid(ValidationAttribute attribute, object value) => (attribute, value) switch
    {
        // JSON Schema counts characters, not UTF-16 units.
        (MaxLengthAttribute maximum, string text) => text.Length <= maximum.Length || Characters(text) <= maximum.Length,
        _ => attribute.IsValid(value),
    };

    private static string Message(ValidationAttribute attribute) => attribute switch
    {
        MaxLengthAttribute maximum => $"must have at most {maximum.Length} characters",
        RequiredAttribute => "must not be empty",
        AllowedValuesAttribute allowed => $"must be one of {string.Join(", ", allowed.Values)}",
        RangeAttribute range => $"must be from {range.Minimum} to {range.Maximum}",
        _ => attribute.ErrorMessage ?? attribute.FormatErrorMessage("it"),
    };

    private static bool HasNul(object value) => value switch
    {
        string text => text.Contains('\0', StringComparison.Ordinal),
        IReadOnlyDictionary<string, string?> map => map.Any(pair => HasNul(pair.Key) || HasNul(pair.Value ?? "")),
        IEnumerable<string?> texts => texts.Any(text => HasNul(text ?? "")),
        _ => false,
    };

    private static int Characters(string text)
    {
        var count = 0;
        foreach (Rune _ in text.EnumerateRunes())
            count++;
        return count;
    }

    private sealed record Rule(string Name, Func<object, object?> Get, IReadOnlyList<ValidationAttribute> Attributes);
}
