using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Notifications;

/// <summary>
/// A channel as an application has set it up. Channels of long polls have no row: there is nothing to keep, and they go
/// when nobody polls.
/// </summary>
[Audited("notification_channel")]
internal sealed class Channel : IAccountOwned
{
    /// <summary>The API key; an application has one channel.</summary>
    public EntityId ApplicationId { get; init; }

    public EntityId AccountId { get; init; }

    public ChannelType Type { get; set; }

    /// <summary>Where a webhook delivers.</summary>
    public string? Url { get; set; }

    /// <summary>A webhook's headers: a JSON object of strings.</summary>
    [Secret]
    public string? Headers { get; set; }

    /// <summary>How events are written: <see cref="SerializationConfigData"/> as JSON.</summary>
    public string? Serialization { get; set; }

    /// <summary>Where a Kafka channel delivers: JSON, encrypted, since it has a password.</summary>
    [Secret]
    public byte[]? Kafka { get; set; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }
}
