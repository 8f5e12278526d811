namespace Surety.Server.Hosting.Settings;

/// <summary>Settings that have their place, and nothing in this version that they could set: whoever gives one is told so.</summary>
internal static class SettingsWithoutEffect
{
    private static readonly (string Key, string Reason)[] All =
    [
        ("Bootstrap:Coaps", "this version has no bootstrap server"),
        ("Bootstrap:CoapsTcp", "this version has no bootstrap server"),
    ];

    /// <summary>A sentence for each that is given.</summary>
    public static IEnumerable<string> In(IConfiguration configuration) =>
        from setting in All
        let key = $"{SettingsReader.Root}:{setting.Key}"
        where configuration[key] is { Length: > 0 } value && !value.Equals("none", StringComparison.OrdinalIgnoreCase)
        select $"{key} has no effect: {setting.Reason}.";
}
