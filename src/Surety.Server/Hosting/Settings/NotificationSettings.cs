namespace Surety.Server.Hosting.Settings;

/// <summary>Where notifications may go.</summary>
internal sealed record NotificationSettings
{
    /// <summary>
    /// Webhooks may have addresses of private networks, of this machine and of the link. Default false: applications name the URL and the server
    /// calls it, which must not be a way to what only the server can reach.
    /// </summary>
    public required bool AllowPrivateWebhooks { get; init; }

    /// <summary>
    /// The Kafka clusters that channels may deliver to, each as its bootstrap server <c>host:port</c>; <c>*</c> is any. Default none, and no
    /// channel delivers to Kafka: a cluster names its brokers itself, and the server connects to all of them.
    /// </summary>
    public required IReadOnlyList<string> KafkaServers { get; init; }

    public static NotificationSettings Read(SettingsReader reader) => new()
    {
        AllowPrivateWebhooks = reader.Flag("Notifications:AllowPrivateWebhooks", false, "webhooks may have addresses of private networks and of this machine"),
        KafkaServers = ReadServers(reader),
    };

    private static string[] ReadServers(SettingsReader reader)
    {
        const string key = "Notifications:KafkaServers";
        var text = reader.Text(key, null, "Kafka servers that channels may deliver to, host:port with commas, or *; none turns Kafka off");
        if (text is null || text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return [];
        string[] servers = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        foreach (var server in servers)
        {
            if (server != "*" && !ServerAddress.IsValid(server))
                reader.Mistake(key, $"'{server}' is not host:port, such as kafka.example.org:9093, nor *");
        }

        return servers;
    }
}
