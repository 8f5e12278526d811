using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Applications;

/// <summary>What an access key is to be. Of a change, members that are absent or null stay as they are.</summary>
internal sealed record AccessKeyReq
{
    [Description("The display name of the key.")]
    [Required]
    [MaxLength(100)]
    public string? Name { get; init; }

    [Description("What the key is for.")]
    [MaxLength(500)]
    public string? Description { get; init; }

    [Description("From then on the key authenticates nobody; absent for never. UTC, RFC 3339.")]
    [JsonConverter(typeof(SecondsJsonConverter))]
    public DateTimeOffset? Expiration { get; init; }

    [Description("ACTIVE or INACTIVE. EXPIRED follows from the expiration and cannot be set.")]
    public AccessKeyStatus? Status { get; init; }
}
