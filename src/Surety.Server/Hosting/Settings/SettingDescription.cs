namespace Surety.Server.Hosting.Settings;

/// <summary>What <c>--help</c> says about a setting.</summary>
/// <param name="Key">The key below <c>Surety</c>.</param>
/// <param name="Default">The value when it is not set, as the operator would write it.</param>
/// <param name="Meaning">One line.</param>
internal sealed record SettingDescription(string Key, string Default, string Meaning);
