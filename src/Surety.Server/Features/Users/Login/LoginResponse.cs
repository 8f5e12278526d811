using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Users;

/// <summary>What a user gets who has signed in. (account-management, "Login and session".)</summary>
internal sealed record LoginResponse
{
    /// <summary>The accounts in which the name and the password are those of a user.</summary>
    public required IReadOnlyList<LoginAccount> Accounts { get; init; }

    /// <summary>The account that the token is for.</summary>
    public required EntityId AccountId { get; init; }

    public required EntityId UserId { get; init; }

    /// <summary>For <c>Authorization: Bearer</c>.</summary>
    public required string Token { get; init; }

    /// <summary>After so many seconds without a request the token is worth nothing.</summary>
    public required int ExpiresIn { get; init; }

    /// <summary>The policy group that says most.</summary>
    public required string Role { get; init; }

    /// <summary>The policy groups of the user.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>RESET: nothing can be done before the password has been changed.</summary>
    public required UserStatus Status { get; init; }

    /// <summary>Whether the account demands a second factor.</summary>
    public required MfaStatus MfaStatus { get; init; }
}

/// <summary>An account in the answer to a sign-in. (account-management, AccountResponse.)</summary>
internal sealed record LoginAccount(EntityId Id, string? Alias, string DisplayName, AccountStatus Status, EntityId? ParentId);
