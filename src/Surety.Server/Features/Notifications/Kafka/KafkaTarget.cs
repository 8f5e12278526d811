using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Notifications.Kafka;

/// <summary>Where a Kafka channel delivers. Has a password: never logged.</summary>
/// <param name="Servers">Bootstrap servers, <c>host:port</c> with commas.</param>
/// <param name="Topic">The topic.</param>
/// <param name="IsPlaintext">Without TLS.</param>
/// <param name="Ca">Authorities as PEM; null for the system's.</param>
/// <param name="Mechanism">SASL mechanism; null without signing in.</param>
/// <param name="Username">For SASL.</param>
/// <param name="Password">For SASL.</param>
internal sealed partial record KafkaTarget(string Servers, string Topic, bool IsPlaintext, string? Ca, string? Mechanism, string? Username, string? Password)
{
    // An event of 4 MiB in base64, and what stands beside it.
    private const int MaxMessage = 8 * 1024 * 1024;

    private const int MaxServers = 16;

    /// <summary>Checks what an application sent.</summary>
    /// <param name="channel">What it sent.</param>
    /// <param name="permitted">The servers that the operator permits.</param>
    /// <param name="target">The target.</param>
    /// <param name="reason">What is wrong, for the application.</param>
    public static bool TryCreate(
        KafkaChannel channel, IReadOnlyList<string> permitted, [NotNullWhen(true)] out KafkaTarget? target, [NotNullWhen(false)] out string? reason)
    {
        target = null;
        reason = Mistake(channel, permitted);
        if (reason is not null)
            return false;
        var servers = string.Join(',', Split(channel.Servers!));
        target = new KafkaTarget(servers, channel.Topic!, channel.Security == "plaintext", channel.Ca, channel.Mechanism, channel.Username, channel.Password);
        return true;
    }

    /// <summary>As an application may see it: without the password.</summary>
    public KafkaChannel ToChannel(SerializationConfigData? serialization) => new()
    {
        Servers = Servers,
        Topic = Topic,
        Security = IsPlaintext ? "plaintext" : "tls",
        Ca = Ca,
        Mechanism = Mechanism,
        Username = Username,
        Serialization = serialization,
    };

    /// <summary>What librdkafka is told.</summary>
    /// <param name="timeout">How long a message may take to be acknowledged.</param>
    public ProducerConfig ToConfig(TimeSpan timeout)
    {
        var isSigningIn = Mechanism is not null;
        return new ProducerConfig
        {
            BootstrapServers = Servers,
            ClientId = "surety",
            SecurityProtocol = (IsPlaintext, isSigningIn) switch
            {
                (true, false) => SecurityProtocol.Plaintext,
                (true, true) => SecurityProtocol.SaslPlaintext,
                (false, false) => SecurityProtocol.Ssl,
                (false, true) => SecurityProtocol.SaslSsl,
            },
            SslCaPem = Ca,
            SaslMechanism = Mechanism switch
            {
                "PLAIN" => Confluent.Kafka.SaslMechanism.Plain,
                "SCRAM-SHA-256" => Confluent.Kafka.SaslMechanism.ScramSha256,
                "SCRAM-SHA-512" => Confluent.Kafka.SaslMechanism.ScramSha512,
                _ => null,
            },
            SaslUsername = Username,
            SaslPassword = Password,
            // A message counts when all replicas in sync have it, and the retries of the library neither repeat nor reorder it.
            Acks = Acks.All,
            EnableIdempotence = true,
            MessageTimeoutMs = (int)timeout.TotalMilliseconds,
            MessageMaxBytes = MaxMessage,
            QueueBufferingMaxKbytes = 4 * MaxMessage / 1024,
            CompressionType = CompressionType.Lz4,
            LingerMs = 2,
            AllowAutoCreateTopics = true,
            LogConnectionClose = false,
        };
    }

    private static string[] Split(string servers) => servers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? Mistake(KafkaChannel channel, IReadOnlyList<string> permitted)
    {
        if (permitted.Count == 0)
            return "Kafka channels are turned off; the operator turns them on with the setting Surety:Notifications:KafkaServers";
        var servers = Split(channel.Servers!);
        if (servers.Length is 0 or > MaxServers || !servers.All(ServerAddress.IsValid))
            return $"servers: must be 1 to {MaxServers} servers as host:port, with commas between them";
        if (!permitted.Contains("*") && Array.Find(servers, server => !permitted.Contains(server, StringComparer.OrdinalIgnoreCase)) is { } foreign)
            return $"servers: the operator does not permit {foreign} (Surety:Notifications:KafkaServers)";
        if (!TopicPattern().IsMatch(channel.Topic!) || channel.Topic is "." or "..")
            return "topic: must be 1 to 249 letters, digits, '.', '_' and '-'";
        if (channel.Security is not (null or "tls" or "plaintext"))
            return "security: must be tls or plaintext";
        if (channel.Ca is { } ca && !ca.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
            return "ca: must be certificates in PEM";
        if (channel.Mechanism is not (null or "PLAIN" or "SCRAM-SHA-256" or "SCRAM-SHA-512"))
            return "mechanism: must be PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512";
        // RFC 4616, 6: without TLS everybody on the way would read the password. SCRAM does not send it.
        if (channel is { Mechanism: "PLAIN", Security: "plaintext" })
            return "mechanism: PLAIN sends the password as it is; use security tls, or one of the SCRAM mechanisms";
        if (channel.Mechanism is null != string.IsNullOrEmpty(channel.Username) || channel.Mechanism is null != string.IsNullOrEmpty(channel.Password))
            return "mechanism, username and password: must be there together, or none of them";
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._\-]{1,249}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TopicPattern();
}
