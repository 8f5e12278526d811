using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Surety.Update;

/// <summary>The version of an image in a manifest of version 3: 0.0.1 to 999.999.999.</summary>
/// <param name="Major">0 to 999.</param>
/// <param name="Minor">0 to 999.</param>
/// <param name="Patch">0 to 999.</param>
public readonly record struct PelionVersion(int Major, int Minor, int Patch) : IComparable<PelionVersion>
{
    private const int Max = 999;

    /// <summary>Reads <c>major.minor.patch</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="version">The version.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryParse(string? text, out PelionVersion version, [NotNullWhen(false)] out string? problem)
    {
        version = default;
        string[] parts = text?.Split('.') ?? [];
        if (parts.Length == 3 && TryParsePart(parts[0], out int major) && TryParsePart(parts[1], out int minor) && TryParsePart(parts[2], out int patch)
            && (major, minor, patch) != (0, 0, 0))
        {
            version = new PelionVersion(major, minor, patch);
            problem = null;
            return true;
        }

        problem = $"'{(text is { Length: > 40 } ? text[..40] : text)}' is no version: three numbers of 0 to {Max} with dots between them, 0.0.1 or later";
        return false;
    }

    /// <inheritdoc/>
    public int CompareTo(PelionVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>Whether one is older than another.</summary>
    public static bool operator <(PelionVersion left, PelionVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether one is newer than another.</summary>
    public static bool operator >(PelionVersion left, PelionVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether one is not newer than another.</summary>
    public static bool operator <=(PelionVersion left, PelionVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one is not older than another.</summary>
    public static bool operator >=(PelionVersion left, PelionVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static bool TryParsePart(string text, out int part) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out part) && part <= Max && (text.Length == 1 || text[0] != '0');
}
