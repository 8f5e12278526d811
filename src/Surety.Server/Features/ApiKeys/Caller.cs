using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.ApiKeys;

/// <summary>Who makes a request: a key or a user. Handlers take it as a parameter; it is there behind authentication only.</summary>
/// <param name="AccountId">The account whose data the caller sees: the caller's own or, on a route of tenants, the tenant's.</param>
/// <param name="KeyId">The API key or access key; none for a user.</param>
/// <param name="IsAdministrator">Member of the policy group <c>Administrators</c>.</param>
internal sealed record Caller(EntityId AccountId, EntityId KeyId, bool IsAdministrator) : IBindableFromHttpContext<Caller>
{
    /// <summary>What people call the key or user.</summary>
    public string Name { get; init; } = "";

    /// <summary>The user who has signed in; null for a key.</summary>
    public EntityId? UserId { get; init; }

    /// <summary>The session of the user; null for a key.</summary>
    public EntityId? SessionId { get; init; }

    /// <summary>The caller is of the account's parent, on a route of tenants.</summary>
    public bool IsOfParent { get; init; }

    /// <summary>The user may do nothing before the password has been changed.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>The user may do nothing before a second factor has been set up.</summary>
    public bool MustSetUpSecondFactor { get; init; }

    /// <summary>The application that an access key is of; null for others.</summary>
    public EntityId? KeyOwner { get; init; }

    /// <summary>What the policies allow, for <see cref="FeatureGuard"/>.</summary>
    public AccessRights Rights { get; init; } = IsAdministrator ? AccessRights.Administrator : AccessRights.None;

    /// <summary>The application: the owner of notification channels and subscriptions. An API key is one, and so is a user; access keys share theirs.</summary>
    public EntityId ApplicationId => UserId ?? KeyOwner ?? KeyId;

    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter) => new(context.Features.GetRequiredFeature<Caller>());
}
