namespace Surety.Server.Hosting.Settings;

/// <summary>What the platform's own authority issues.</summary>
internal sealed record CertificatesSettings
{
    /// <summary>
    /// How long a device's certificate is valid, 1 to 7300 days; it ends with its authority at the latest. Default 365: long enough for devices
    /// that sleep for months, short enough that a lost key does not live for ever.
    /// </summary>
    public required TimeSpan DeviceLifetime { get; init; }

    /// <summary>
    /// Where the REST address is reached from outside, for those who verify devices: issued certificates then say where revocation lists and the
    /// OCSP responder are. Default none: they say nothing, and are 200 bytes shorter.
    /// </summary>
    public required Uri? PublicUrl { get; init; }

    public static CertificatesSettings Read(SettingsReader reader) => new()
    {
        DeviceLifetime = TimeSpan.FromDays(reader.Number("Certificates:DeviceLifetimeDays", 365, 1, 7300, "days that a device's certificate is valid")),
        PublicUrl = reader.HttpUri("Certificates:PublicUrl", "URL of this server in issued certificates, for CRL and OCSP"),
    };
}
