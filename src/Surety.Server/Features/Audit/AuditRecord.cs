namespace Surety.Server.Features.Audit;

/// <summary>What was done, as those say who record it by hand.</summary>
/// <param name="AccountId">In whose log.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="EntityType">What kind of thing.</param>
/// <param name="EntityId">Which.</param>
internal sealed record AuditRecord(EntityId AccountId, string Action, string EntityType, string? EntityId)
{
    /// <summary>What people call it.</summary>
    public string EntityName { get; init; } = "";

    /// <summary>How many things it is about.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The HTTP status that it amounts to.</summary>
    public int? Status { get; init; }

    public IReadOnlyList<AuditChange> Changes { get; init; } = [];

    /// <summary>The line of the log.</summary>
    public AuditEntry ToEntry(EntityId id, AuditActor actor, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = AccountId,
        CreatedAt = now,
        ActorType = actor.Type,
        ActorId = actor.Id,
        ActorName = actor.Name,
        Action = Action,
        EntityType = EntityType,
        EntityId = EntityId,
        EntityName = EntityName,
        Count = Count,
        Status = Status,
        Changes = AuditEntry.Write(Changes),
        Address = actor.Address,
        RequestId = actor.RequestId,
    };
}
