using System.Text.Json.Serialization;

namespace Surety.Server.Features.Applications;

/// <summary>The status of an access key as the API shows it.</summary>
internal enum AccessKeyStatus
{
    [JsonStringEnumMemberName("ACTIVE")]
    Active,

    [JsonStringEnumMemberName("INACTIVE")]
    Inactive,

    /// <summary>Its time is over. Follows from the expiration, and cannot be set.</summary>
    [JsonStringEnumMemberName("EXPIRED")]
    Expired,
}
