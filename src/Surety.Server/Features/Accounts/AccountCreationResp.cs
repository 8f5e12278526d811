using System.Text.Json.Serialization;

namespace Surety.Server.Features.Accounts;

/// <summary>A tenant that was made just now, with the secrets that are shown this once.</summary>
internal sealed record AccountCreationResp : AccountInfo
{
    /// <summary>The first administrator; null when none was asked for.</summary>
    public EntityId? AdminId { get; init; }

    public string? AdminEmail { get; init; }

    public string? AdminFullName { get; init; }

    public string? AdminName { get; init; }

    /// <summary>The password when it was generated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AdminPassword { get; init; }

    /// <summary>With <c>action=enroll</c> when no mail server is set: the link with which the first administrator chooses a password.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AdminLink { get; init; }

    /// <summary>An administrator key of the tenant.</summary>
    public string? AdminKey { get; init; }
}
