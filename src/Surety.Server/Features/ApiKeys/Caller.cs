using System.Reflection;
using Microsoft.AspNetCore.Http.Features;

namespace Surety.Server.Features.ApiKeys;

/// <summary>Who makes a request. Handlers take it as a parameter; it is there behind authentication only.</summary>
/// <param name="AccountId">The account whose data the caller sees.</param>
/// <param name="KeyId">The API key.</param>
/// <param name="IsAdministrator">Member of the policy group <c>Administrators</c>.</param>
internal sealed record Caller(EntityId AccountId, EntityId KeyId, bool IsAdministrator) : IBindableFromHttpContext<Caller>
{
    /// <summary>The application: the owner of notification channels and subscriptions. One application has one key for now.</summary>
    public EntityId ApplicationId => KeyId;

    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter) => new(context.Features.GetRequiredFeature<Caller>());
}
