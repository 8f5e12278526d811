using System.Globalization;
using System.Text.Json.Serialization;
using Surety.Server.Api;
using Surety.Server.Features.IdentityProviders;

namespace Surety.Server.Features.Users;

/// <summary>A user as the API shows it.</summary>
internal sealed record UserInfoResp
{
    /// <summary>Always <c>user</c>.</summary>
    public string Object { get; init; } = "user";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required string Email { get; init; }

    /// <summary>The user has followed the link in a mail to the address.</summary>
    public required bool EmailVerified { get; init; }

    public required string? Username { get; init; }

    public required string FullName { get; init; }

    public required string Address { get; init; }

    public required string PhoneNumber { get; init; }

    public required UserStatus Status { get; init; }

    public required IReadOnlyList<EntityId> Groups { get; init; }

    /// <summary>With what the user can sign in.</summary>
    public required IReadOnlyList<LoginProfile> LoginProfiles { get; init; }

    public required bool IsGtcAccepted { get; init; }

    public required bool IsMarketingAccepted { get; init; }

    /// <summary>Whether the user signs in with a second factor.</summary>
    public bool IsTotpEnabled { get; init; }

    /// <summary>The key for the authenticator, base32; in the answer to the user's own first <c>is_totp_enabled</c>, and in no other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TotpSecret { get; init; }

    /// <summary>The same as an <c>otpauth:</c> URI, for a QR code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TotpUri { get; init; }

    /// <summary>Codes for the day the authenticator is lost; in the answer that made them, and in no other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? TotpScratchCodes { get; init; }

    /// <summary>The password that was generated, in the answer that creates the user and in no other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Password { get; init; }

    /// <summary>Who is signed in as the user, newest first; in answers about one user.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ActiveSession>? ActiveSessions { get; init; }

    /// <summary>The last five sign-ins and attempts, newest first; in answers about one user.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LoginHistory>? LoginHistory { get; init; }

    public required string Etag { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public required long CreationTime { get; init; }

    /// <summary>Milliseconds since 1970; 0 for never.</summary>
    public required long LastLoginTime { get; init; }

    /// <summary>Milliseconds since 1970; 0 for never.</summary>
    public required long PasswordChangedTime { get; init; }

    public static UserInfoResp Of(User user) => new()
    {
        Id = user.Id,
        AccountId = user.AccountId,
        Email = user.Email,
        EmailVerified = user.EmailVerified,
        Username = user.Username,
        FullName = user.FullName,
        Address = user.Address,
        PhoneNumber = user.PhoneNumber,
        Status = user.Status,
        Groups = user.Subject.GroupIds(),
        LoginProfiles = IdentityProviders.LoginProfiles.Describe(user),
        IsGtcAccepted = user.IsGtcAccepted,
        IsMarketingAccepted = user.IsMarketingAccepted,
        IsTotpEnabled = user.IsTotpEnabled,
        Etag = user.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = user.CreatedAt,
        UpdatedAt = user.UpdatedAt,
        CreationTime = user.CreatedAt.ToUnixTimeMilliseconds(),
        LastLoginTime = user.LastLoginAt?.ToUnixTimeMilliseconds() ?? 0,
        PasswordChangedTime = user.PasswordChangedAt?.ToUnixTimeMilliseconds() ?? 0,
    };
}
