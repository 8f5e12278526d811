using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Features.IdentityProviders;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>A person in an account. (account-management, UserInfoResp.) The same person in two accounts is two users with one address.</summary>
[Audited("user", Label = nameof(Email))]
internal sealed class User : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>What stands for the user where others stand as well, and belongs to policy groups.</summary>
    public required Subject Subject { get; init; }

    /// <summary>Unique in its account, in any case.</summary>
    public required string Email { get; set; }

    /// <summary>Another name to sign in with, unique in its account in any case; null: the address alone.</summary>
    public string? Username { get; set; }

    public string FullName { get; set; } = "";

    public string Address { get; set; } = "";

    public string PhoneNumber { get; set; } = "";

    public UserStatus Status { get; set; } = UserStatus.Active;

    /// <summary>Whether the user can sign in at all, and be signed in.</summary>
    public bool CanSignIn => Status is UserStatus.Active or UserStatus.Reset;

    /// <summary>The user has followed the link in a mail to the address.</summary>
    public bool EmailVerified { get; set; }

    public bool IsGtcAccepted { get; set; }

    public bool IsMarketingAccepted { get; set; }

    /// <summary>See <see cref="Passwords"/>; null when there is none yet.</summary>
    [Secret]
    public string? PasswordHash { get; set; }

    [NotAudited("goes with every change")]
    public DateTimeOffset? PasswordChangedAt { get; set; }

    [NotAudited("signing in is an entry of its own")]
    public DateTimeOffset? LastLoginAt { get; set; }

    /// <summary>Signs in with a one-time password besides the password.</summary>
    public bool IsTotpEnabled { get; set; }

    /// <summary>The key of the authenticator, encrypted; null: none. Not in use before <see cref="IsTotpEnabled"/>.</summary>
    [Secret]
    public byte[]? SealedTotpKey { get; set; }

    /// <summary>The time step of the last one-time password that was used: none is good twice.</summary>
    [NotAudited("signing in is an entry of its own")]
    public long TotpStep { get; set; }

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The address and the name as they are compared: lower case, so that both databases find them alike.</summary>
    [NotAudited("as the address")]
    public string EmailKey { get; set; } = "";

    /// <inheritdoc cref="EmailKey"/>
    [NotAudited("as the name")]
    public string? UsernameKey { get; set; }

    /// <summary>With what the user may sign in; see <see cref="IdentityProviders.LoginProfiles"/>.</summary>
    public List<UserLoginProfile> LoginProfiles { get; } = [];

    /// <summary>How names and addresses are compared.</summary>
    public static string KeyOf(string text) => text.ToLowerInvariant();
}
