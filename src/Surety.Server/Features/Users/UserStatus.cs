using System.Text.Json.Serialization;

namespace Surety.Server.Features.Users;

/// <summary>What a user can do. (account-management, UserInfoResp, <c>status</c>.)</summary>
internal enum UserStatus
{
    /// <summary>Is being enrolled with the account.</summary>
    [JsonStringEnumMemberName("ENROLLING")]
    Enrolling,

    /// <summary>Has not accepted the invitation yet.</summary>
    [JsonStringEnumMemberName("INVITED")]
    Invited,

    /// <summary>Can sign in.</summary>
    [JsonStringEnumMemberName("ACTIVE")]
    Active,

    /// <summary>Can sign in, and then do nothing but change the password.</summary>
    [JsonStringEnumMemberName("RESET")]
    Reset,

    /// <summary>Cannot sign in.</summary>
    [JsonStringEnumMemberName("INACTIVE")]
    Inactive,
}
