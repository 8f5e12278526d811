namespace Surety.Server.Hosting.Settings;

/// <summary>The audit log.</summary>
internal sealed record AuditSettings
{
    /// <summary>How long entries are kept. Default 365 days; 1 to 36500.</summary>
    public required TimeSpan Retention { get; init; }

    public static AuditSettings Read(SettingsReader reader) => new()
    {
        Retention = TimeSpan.FromDays(reader.Number("Audit:RetentionDays", 365, 1, 36_500, "days that entries of the audit log are kept")),
    };
}
