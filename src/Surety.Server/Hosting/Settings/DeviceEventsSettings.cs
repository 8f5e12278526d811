namespace Surety.Server.Hosting.Settings;

/// <summary>What happened to devices.</summary>
internal sealed record DeviceEventsSettings
{
    /// <summary>How long device events are kept, 1 to 3650 days. Default 90: a quarter of a year to look back on, and some 500 bytes a row.</summary>
    public required TimeSpan Retention { get; init; }

    public static DeviceEventsSettings Read(SettingsReader reader) => new()
    {
        Retention = TimeSpan.FromDays(reader.Number("DeviceEvents:RetentionDays", 90, 1, 3650, "days that device events are kept")),
    };
}
