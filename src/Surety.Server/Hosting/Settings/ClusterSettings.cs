namespace Surety.Server.Hosting.Settings;

/// <summary>Several nodes as one platform.</summary>
internal sealed record ClusterSettings
{
    /// <summary>Redis connection string. Default none: one node.</summary>
    public required string? Redis { get; init; }

    public static ClusterSettings Read(SettingsReader reader)
    {
        const string key = "Cluster:Redis";
        var redis = reader.Text(key, null, "Redis connection string; turns clustering on");
        // A setting without effect would let two nodes believe that they know of each other.
        if (redis is not null)
            reader.Mistake(key, "this version of Surety runs on one node; remove the setting");
        return new ClusterSettings { Redis = redis };
    }
}
