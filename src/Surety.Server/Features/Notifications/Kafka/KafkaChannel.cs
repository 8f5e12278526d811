using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Surety.Server.Features.Notifications.Kafka;

/// <summary>A Kafka channel: the topic that gets a message for each event. Not in Pelion.</summary>
internal sealed record KafkaChannel
{
    [Description("The cluster's bootstrap servers, host:port with commas. The operator must permit each of them.")]
    [Required]
    [MaxLength(1024)]
    public string? Servers { get; init; }

    [Description("The topic: 1 to 249 letters, digits, '.', '_' and '-'.")]
    [Required]
    public string? Topic { get; init; }

    [Description("How the connection is protected: tls or plaintext; tls when absent.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Security { get; init; }

    [Description("Authorities that the brokers' certificates are checked against, PEM; the system's when absent.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MaxLength(65_536)]
    public string? Ca { get; init; }

    [Description("How the server signs in: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; needs username and password.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Mechanism { get; init; }

    [Description("The name that it signs in with.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MaxLength(255)]
    public string? Username { get; init; }

    [Description("The password; it is kept encrypted, and never shown.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MaxLength(1024)]
    public string? Password { get; init; }

    [Description("How events are written; max_chunk_size is without effect, since each event is a message of its own.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SerializationConfigData? Serialization { get; init; }
}
