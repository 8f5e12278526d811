namespace Surety.Server.Hosting;

/// <summary>
/// The command line: switches of ours, and <c>--Key value</c> or <c>--Key=value</c> for the configuration. A key that nobody reads is a
/// mistake: left alone it would silently do nothing.
/// </summary>
internal sealed record CommandLine(IReadOnlyList<string> Configuration, bool Demo, bool Help, bool Version)
{
    // Sections and keys that ASP.NET Core and Kestrel read.
    private static readonly string[] Roots =
    [
        Settings.SettingsReader.Root, "Urls", "Http_Ports", "Https_Ports", "Kestrel", "Logging", "AllowedHosts", "Environment", "ContentRoot",
        "ShutdownTimeoutSeconds",
    ];

    /// <exception cref="StartupException">An argument is not understood.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var configuration = new List<string>();
        var switches = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            var argument = args[i];
            if (argument is "--demo" or "--help" or "-h" or "--version")
            {
                switches.Add(argument);
                continue;
            }

            if (!argument.StartsWith("--", StringComparison.Ordinal))
                throw new StartupException($"'{argument}' is not understood; settings are written --Surety:Key value. See --help.");
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? argument[2..] : argument[2..equals];
            RequireKnownRoot(key);
            configuration.Add($"--{key}={(equals < 0 ? ValueAfter(args, ref i) : argument[(equals + 1)..])}");
        }

        return new CommandLine(
            configuration, switches.Contains("--demo"), switches.Contains("--help") || switches.Contains("-h"), switches.Contains("--version"));
    }

    private static string ValueAfter(IReadOnlyList<string> args, ref int index)
    {
        if (index + 1 >= args.Count || args[index + 1].StartsWith("--", StringComparison.Ordinal))
            throw new StartupException($"{args[index]} has no value.");
        return args[++index];
    }

    private static void RequireKnownRoot(string key)
    {
        var root = key.Split(':')[0];
        if (Roots.Contains(root, StringComparer.OrdinalIgnoreCase))
            return;
        var known = Settings.SuretySettings.Describe()
            .Select(setting => $"{Settings.SettingsReader.Root}:{setting.Key}")
            .Concat(Roots[1..])
            .Append("demo");
        throw new StartupException($"--{key} is not an option; the nearest is --{known.MinBy(candidate => Distance(key, candidate))}.");
    }

    // Somebody who forgets the section means the key behind it.
    private static int Distance(string key, string candidate) => Math.Min(
        Settings.EditDistance.Between(key, candidate),
        Settings.EditDistance.Between($"{Settings.SettingsReader.Root}:{key}", candidate));
}
