using System.Globalization;
using System.Net;

namespace Surety.Server.Hosting.Settings;

/// <summary>
/// Reads the settings below <c>Surety</c> into typed values. It collects every mistake, so that the operator sees all of them at once, and
/// remembers every key that was asked for: whatever else stands in the configuration is a mistake too.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    /// <summary>The section that holds Surety's settings.</summary>
    public const string Root = "Surety";

    private readonly List<SettingDescription> _known = [];
    private readonly List<string> _mistakes = [];

    /// <summary>The settings that were asked for, in that order.</summary>
    public IReadOnlyList<SettingDescription> Known => _known;

    /// <summary>A text; null when it is not set and has no default.</summary>
    public string? Text(string key, string? defaultValue, string meaning)
    {
        var value = Value(key, defaultValue ?? "none", meaning);
        return string.IsNullOrWhiteSpace(value) ? defaultValue : value;
    }

    /// <summary>A whole number between <paramref name="minimum"/> and <paramref name="maximum"/>.</summary>
    public long Number(string key, long defaultValue, long minimum, long maximum, string meaning)
    {
        var value = Value(key, defaultValue.ToString(CultureInfo.InvariantCulture), meaning);
        if (string.IsNullOrWhiteSpace(value))
            return defaultValue;
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum)
        {
            return number;
        }

        Mistake(key, string.Create(CultureInfo.InvariantCulture, $"'{value}' is not a whole number from {minimum} to {maximum}"));
        return defaultValue;
    }

    /// <summary><c>true</c> or <c>false</c>, in any case.</summary>
    public bool Flag(string key, bool defaultValue, string meaning)
    {
        var value = Value(key, defaultValue ? "true" : "false", meaning);
        if (string.IsNullOrWhiteSpace(value))
            return defaultValue;
        if (bool.TryParse(value, out var flag))
            return flag;
        Mistake(key, $"'{value}' is not true or false");
        return defaultValue;
    }

    /// <summary>One of the names of <typeparamref name="T"/>, in any case.</summary>
    public T Choice<T>(string key, T defaultValue, string meaning)
        where T : struct, Enum
    {
        var value = Value(key, defaultValue.ToString(), meaning);
        if (string.IsNullOrWhiteSpace(value))
            return defaultValue;
        // Enum.TryParse alone would also take numbers.
        if (Enum.GetNames<T>().Contains(value, StringComparer.OrdinalIgnoreCase) && Enum.TryParse<T>(value, ignoreCase: true, out var choice))
            return choice;
        Mistake(key, $"'{value}' is not one of {string.Join(", ", Enum.GetNames<T>())}");
        return defaultValue;
    }

    /// <summary>An absolute URI with scheme http or https; null when it is not set.</summary>
    public Uri? HttpUri(string key, string meaning)
    {
        var value = Value(key, "none", meaning);
        if (string.IsNullOrWhiteSpace(value))
            return null;
        if (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            return uri;
        Mistake(key, $"'{value}' is not a URI like http://localhost:4317");
        return null;
    }

    /// <summary>An address and port to listen on; null when it is <c>none</c> or empty.</summary>
    public IPEndPoint? Listen(string key, string defaultValue, string meaning)
    {
        var value = Value(key, defaultValue, meaning) ?? defaultValue;
        if (ListenAddress.TryParse(value, out var address, out var reason))
            return address;
        Mistake(key, reason);
        return null;
    }

    /// <summary>
    /// Notes that the value of <paramref name="key"/> cannot be used; <paramref name="reason"/> says why, without a full stop.
    /// </summary>
    public void Mistake(string key, string reason) => _mistakes.Add($"{Root}:{key}: {reason}.");

    /// <exception cref="StartupException">A value cannot be used, or a key is unknown.</exception>
    public void ThrowIfMistaken()
    {
        foreach (var key in UnknownKeys())
            _mistakes.Add($"{key} is not a setting; the nearest is {Root}:{Nearest(key)}.");
        if (_mistakes.Count > 0)
            throw new StartupException(string.Join(Environment.NewLine, _mistakes));
    }

    private string? Value(string key, string defaultValue, string meaning)
    {
        _known.Add(new SettingDescription(key, defaultValue, meaning));
        return configuration[$"{Root}:{key}"]?.Trim();
    }

    private IEnumerable<string> UnknownKeys()
    {
        var known = _known.Select(setting => $"{Root}:{setting.Key}").ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in configuration.GetSection(Root).AsEnumerable())
        {
            // A section has no value of its own; its members are listed too.
            var isSection = value is null && configuration.GetSection(key).GetChildren().Any();
            if (!isSection && !key.Equals(Root, StringComparison.OrdinalIgnoreCase) && !known.Contains(key))
                yield return key;
        }
    }

    private string Nearest(string key)
    {
        var wanted = key[(Root.Length + 1)..];
        return _known.Select(setting => setting.Key).MinBy(candidate => EditDistance.Between(wanted, candidate))!;
    }
}
