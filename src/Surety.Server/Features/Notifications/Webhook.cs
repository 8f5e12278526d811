using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Surety.Server.Features.Notifications;

/// <summary>A webhook channel: where the platform delivers events with PUT requests.</summary>
internal sealed record Webhook
{
    [Description("The URL, http or https. It must answer a PUT request with 200 or 204, without a redirection.")]
    [Required]
    public string? Url { get; init; }

    [Description("Headers of every request. URL and headers have at most 400 characters together.")]
    public IReadOnlyDictionary<string, string?>? Headers { get; init; }

    [Description("How events are written.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SerializationConfigData? Serialization { get; init; }
}
