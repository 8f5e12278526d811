using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Audit;

/// <summary>Who does something, from where, and in which request.</summary>
/// <param name="Type">What kind of actor.</param>
/// <param name="Id">The user or key; none for the platform and for strangers.</param>
/// <param name="Name">The name as it is now; of the platform, what is at work.</param>
/// <param name="Address">The address that the request came from; empty for the platform.</param>
/// <param name="RequestId">The id that the answer carries in <c>X-Request-ID</c>; null for the platform.</param>
internal sealed record AuditActor(AuditActorType Type, EntityId? Id, string Name, string Address, string? RequestId)
{
    /// <summary>The platform, at work that no caller has asked for.</summary>
    public static AuditActor Platform { get; } = OfPlatform("platform");

    /// <summary>A part of the platform: <c>first run</c>.</summary>
    public static AuditActor OfPlatform(string work) => new(AuditActorType.Platform, null, work, "", null);

    /// <summary>Who makes a request, when authentication is through.</summary>
    public static AuditActor Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var requestId = context.TraceIdentifier;
        return context.Features.Get<Caller>() switch
        {
            { UserId: { } user } caller => new AuditActor(AuditActorType.User, user, caller.Name, address, requestId),
            { } caller => new AuditActor(AuditActorType.ApiKey, caller.KeyId, caller.Name, address, requestId),
            _ => new AuditActor(AuditActorType.Anonymous, null, "", address, requestId),
        };
    }
}
