namespace Surety.Server.Hosting.Settings;

/// <summary>
/// All settings below <c>Surety</c>, read and checked once at start. A feature that has settings adds its own record here.
/// </summary>
internal sealed record SuretySettings
{
    /// <summary>Directory of the SQLite file, keys and blobs. Default <c>data</c>, below the working directory.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// Host name in the URIs and certificates that devices are given. Default: the machine's name, because devices must be able to resolve
    /// it.
    /// </summary>
    public required string PublicHost { get; init; }

    public required DatabaseSettings Database { get; init; }

    public required ClusterSettings Cluster { get; init; }

    public required Lwm2mSettings Lwm2m { get; init; }

    public required BootstrapSettings Bootstrap { get; init; }

    public required CertificatesSettings Certificates { get; init; }

    public required DeviceEventsSettings DeviceEvents { get; init; }

    public required EnrollmentSettings Enrollment { get; init; }

    public required EstSettings Est { get; init; }

    public required FirstRunSettings FirstRun { get; init; }

    public required MailSettings Mail { get; init; }

    public required NotificationSettings Notifications { get; init; }

    public required AuditSettings Audit { get; init; }

    public required RestSettings Rest { get; init; }

    public required SimulatedDevicesSettings SimulatedDevices { get; init; }

    public required TelemetrySettings Telemetry { get; init; }

    /// <exception cref="StartupException">A value cannot be used or a key is unknown; the message names every mistake.</exception>
    public static SuretySettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = Read(reader);
        reader.ThrowIfMistaken();
        return settings;
    }

    /// <summary>What can be set, for <c>--help</c>.</summary>
    public static IReadOnlyList<SettingDescription> Describe()
    {
        var reader = new SettingsReader(new ConfigurationBuilder().Build());
        Read(reader);
        return reader.Known;
    }

    private static SuretySettings Read(SettingsReader reader)
    {
        var dataDirectory = reader.Text("DataDirectory", "data", "directory of the database, keys and blobs")!;
        var database = DatabaseSettings.Read(reader);
        var cluster = ClusterSettings.Read(reader, database);
        var settings = new SuretySettings
        {
            DataDirectory = dataDirectory,
            Database = database,
            Cluster = cluster,
            Lwm2m = Lwm2mSettings.Read(reader),
            Bootstrap = BootstrapSettings.Read(reader),
            Est = EstSettings.Read(reader),
            DeviceEvents = DeviceEventsSettings.Read(reader),
            Enrollment = EnrollmentSettings.Read(reader),
            PublicHost = ReadPublicHost(reader),
            Certificates = CertificatesSettings.Read(reader),
            FirstRun = FirstRunSettings.Read(reader),
            Mail = MailSettings.Read(reader),
            Notifications = NotificationSettings.Read(reader),
            Audit = AuditSettings.Read(reader),
            Rest = RestSettings.Read(reader),
            SimulatedDevices = SimulatedDevicesSettings.Read(reader, cluster),
            Telemetry = TelemetrySettings.Read(reader),
        };
        ListenConflicts.Check(settings, reader);
        return settings;
    }

    private static string ReadPublicHost(SettingsReader reader)
    {
        const string key = "PublicHost";
        var host = reader.Text(key, Environment.MachineName, "host name in the URIs and certificates that devices are given")!;
        if (host != Environment.MachineName && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            reader.Mistake(key, $"'{host}' is not a host name or IP address (no scheme, no port)");
        return host;
    }
}
