using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>That a user may sign in with a provider, or has done so. (account-management, LoginProfile.)</summary>
[Audited("login_profile", Label = nameof(ForeignId))]
internal sealed class UserLoginProfile : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId UserId { get; init; }

    /// <summary>Null: the password.</summary>
    public EntityId? ProviderId { get; init; }

    public IdentityProvider? Provider { get; init; }

    /// <summary>
    /// The user has been told to sign in with this. Once a user has one such profile, those are all there is; without one, the password and every provider
    /// of the account are good.
    /// </summary>
    public bool IsAssigned { get; set; }

    /// <summary>The issuer whose <see cref="ForeignId"/> it is; null before the first sign-in.</summary>
    public string? Issuer { get; set; }

    /// <summary>The user at the provider, the claim <c>sub</c>; null before the first sign-in.</summary>
    public string? ForeignId { get; set; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }
}
