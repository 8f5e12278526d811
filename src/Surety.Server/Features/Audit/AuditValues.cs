using System.Globalization;
using Surety.Server.Api;

namespace Surety.Server.Features.Audit;

/// <summary>Values of members as the log writes them.</summary>
internal static class AuditValues
{
    /// <summary>Stands for a secret.</summary>
    public const string Secret = "(secret)";

    // A certificate fits in whole.
    private const int MaxLength = 4096;

    /// <summary>The text of a value; null for none.</summary>
    public static string? Format(object? value) => value switch
    {
        null => null,
        string text => Shorten(WithoutSecrets(text)),
        bool flag => flag ? "true" : "false",
        Enum choice => EnumNames.Of(choice),
        byte[] bytes => Shorten(Convert.ToBase64String(bytes)),
        DateTimeOffset time => MicrosecondsJsonConverter.Format(time),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IEnumerable<string> texts => Shorten(string.Join(", ", texts)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Shorten(value.ToString() ?? ""),
    };

    private static string Shorten(string text) => text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "...");

    // Addresses of webhooks carry tokens in their query, and passwords before the host.
    private static string WithoutSecrets(string text)
    {
        if (!text.StartsWith("http", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
            return text;
        return uri.UserInfo.Length == 0 && uri.Query.Length == 0
            ? text
            : $"{uri.Scheme}://{(uri.UserInfo.Length == 0 ? "" : Secret + "@")}{uri.Authority}{uri.AbsolutePath}{(uri.Query.Length == 0 ? "" : "?" + Secret)}";
    }
}
