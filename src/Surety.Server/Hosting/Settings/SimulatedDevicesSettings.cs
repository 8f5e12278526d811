namespace Surety.Server.Hosting.Settings;

/// <summary>Simulated devices in this process, which people start from the console.</summary>
internal sealed record SimulatedDevicesSettings
{
    /// <summary>The key, below <c>Surety</c>.</summary>
    public const string Key = "SimulatedDevices:PerAccount";

    /// <summary>What <c>--demo</c> sets where nothing else is set.</summary>
    public const int OfDemo = 20;

    /// <summary>
    /// How many an account may have. Default 0: a platform in production must not make devices of its own. 20 with <c>--demo</c>; at most 100, since they
    /// share the process with those who serve devices.
    /// </summary>
    public required int PerAccount { get; init; }

    public static SimulatedDevicesSettings Read(SettingsReader reader, ClusterSettings cluster)
    {
        var count = (int)reader.Number(Key, 0, 0, 100, "simulated devices that an account may start in this process; 20 with --demo");
        if (count > 0 && cluster.Redis is not null)
            reader.Mistake(Key, "simulated devices are in the process of one node, and the others do not know them: set it to 0 in a cluster");
        return new SimulatedDevicesSettings { PerAccount = count };
    }
}
