using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Directory;

/// <summary>
/// A map of custom attributes: at most <paramref name="maximum"/> keys that begin with a letter, keys and values of at most 128 characters.
/// (device-directory, custom_attributes. The contract's pattern for values is not enforced: its text speaks of keys only.)
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CustomAttributesAttribute(int maximum) : ValidationAttribute(
    $"must have at most {maximum} keys that begin with a letter, and strings as values, each of at most {MaxLength} characters")
{
    private const int MaxLength = 128;

    public int Maximum { get; } = maximum;

    public override bool IsValid(object? value)
    {
        if (value is not IReadOnlyDictionary<string, string?> map)
            return value is null;
        return map.Count <= Maximum && map.All(pair =>
            pair.Key.Length is > 0 and <= MaxLength && char.IsAsciiLetter(pair.Key[0]) && pair.Value is { Length: <= MaxLength });
    }
}
