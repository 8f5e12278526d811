using System.Globalization;

namespace Surety.Server.Api;

/// <summary>Reads the times and dates that clients send. (Device directory, "Date values".)</summary>
internal static class Rfc3339
{
    private const int LongestTime = 64;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyyMMdd'T'HHmmss.FFFFFFFK",
        "yyyyMMdd'T'HHmmssK",
        "yyyy-MM-dd",
    ];

    /// <summary>
    /// An RFC 3339 time with any number of fraction digits (beyond 100 ns they are cut), the compact form <c>20161130T162512Z</c>, or a
    /// date, which means its midnight. Without an offset it is UTC.
    /// </summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is null || text.Length > LongestTime)
            return false;
        // A plus sign that was not escaped in a query arrives as a blank.
        var normal = CutFraction(text.Trim()).ToUpperInvariant();
        if (normal.Length > 6 && normal[^6] == ' ' && normal[^3] == ':')
            normal = string.Concat(normal.AsSpan(0, normal.Length - 6), "+", normal.AsSpan(normal.Length - 5));
        return DateTimeOffset.TryParseExact(
            normal, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    /// <summary>A date <c>2017-05-22</c>, or the date of a time in UTC.</summary>
    public static bool TryParseDate(string? text, out DateOnly date)
    {
        var isTime = TryParse(text, out var time);
        date = DateOnly.FromDateTime(time.UtcDateTime);
        return isTime;
    }

    private static string CutFraction(string text)
    {
        const int kept = 7;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return text;
        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end - dot - 1 <= kept ? text : string.Concat(text.AsSpan(0, dot + 1 + kept), text.AsSpan(end));
    }
}
