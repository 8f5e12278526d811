using System.Text.Json.Serialization;

namespace Surety.Server.Features.ApiKeys;

/// <summary>The status of a key. An inactive key authenticates nobody.</summary>
internal enum ApiKeyStatus
{
    [JsonStringEnumMemberName("ACTIVE")]
    Active,

    [JsonStringEnumMemberName("INACTIVE")]
    Inactive,
}
