using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Surety.Server.Api;

/// <summary>The names that the Service API gives to the values of an enumeration.</summary>
internal static class EnumNames
{
    /// <summary>The names, in the order of the declaration.</summary>
    public static IEnumerable<string> Of(Type type) => Enum.GetNames(type).Select(name => Of(type, name));

    /// <summary>The name of a value.</summary>
    public static string Of(Enum value) => Of(value.GetType(), value.ToString());

    /// <summary>Reads a name in any case.</summary>
    public static bool TryParse<T>(string text, out T value)
        where T : struct, Enum
    {
        foreach (var name in Enum.GetNames<T>())
        {
            if (Of(typeof(T), name).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                value = Enum.Parse<T>(name);
                return true;
            }
        }

        value = default;
        return false;
    }

    private static string Of(Type type, string name) =>
        type.GetField(name)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
