using System.Text.Json.Serialization;

namespace Surety.Server.Features.Accounts;

/// <summary>The status of an account.</summary>
internal enum AccountStatus
{
    [JsonStringEnumMemberName("ENROLLING")]
    Enrolling,

    [JsonStringEnumMemberName("ACTIVE")]
    Active,

    [JsonStringEnumMemberName("RESTRICTED")]
    Restricted,

    [JsonStringEnumMemberName("SUSPENDED")]
    Suspended,
}
