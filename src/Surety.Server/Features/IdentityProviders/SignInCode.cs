using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>What a browser brings back from a provider and exchanges for a session, once and soon.</summary>
[NotAudited("the sign-in is an entry of its own")]
internal sealed class SignInCode : IEntity, IAccountOwned
{
    /// <summary>A page exchanges it as soon as it is loaded.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId UserId { get; init; }

    public EntityId ProviderId { get; init; }

    /// <summary>SHA-256 of the code in the URL and of the text in the browser's cookie, together: neither is worth anything alone.</summary>
    [Secret]
    public required string Hash { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
