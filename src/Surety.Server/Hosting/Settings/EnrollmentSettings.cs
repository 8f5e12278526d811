namespace Surety.Server.Hosting.Settings;

/// <summary>First-to-claim.</summary>
internal sealed record EnrollmentSettings
{
    /// <summary>
    /// How long an enrollment waits for its device. Default 365 days, since devices lie in warehouses; 1 to 3650. Pelion does not tell its own.
    /// </summary>
    public required TimeSpan ClaimPeriod { get; init; }

    public static EnrollmentSettings Read(SettingsReader reader) => new()
    {
        ClaimPeriod = TimeSpan.FromDays(reader.Number("Enrollment:ClaimDays", 365, 1, 3650, "days that an enrollment waits for its device")),
    };
}
