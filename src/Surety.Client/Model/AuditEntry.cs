namespace Surety.Client;

/// <summary>Who has changed what. (<c>/v3/audit-log</c>)</summary>
public sealed record AuditEntry
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary><c>user</c>, <c>api_key</c>, <c>platform</c> and the like.</summary>
    public string? ActorType { get; init; }

    /// <summary>The user or key.</summary>
    public string? ActorId { get; init; }

    /// <summary>The name of the actor at that time.</summary>
    public string? ActorName { get; init; }

    /// <summary>Such as <c>create</c>, <c>update</c>, <c>delete</c>, <c>sign_in</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The kind of the thing, such as <c>device</c>.</summary>
    public string? EntityType { get; init; }

    /// <summary>Which; null when the entry is about several.</summary>
    public string? EntityId { get; init; }

    /// <summary>What people call it.</summary>
    public string? EntityName { get; init; }

    /// <summary>How many things the entry is about.</summary>
    public int Count { get; init; }

    /// <summary>The members before and after.</summary>
    public IReadOnlyList<AuditChange>? Changes { get; init; }

    /// <summary>Where the request came from.</summary>
    public string? Address { get; init; }

    /// <summary>The id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The number in the chain of the account.</summary>
    public long? Sequence { get; init; }

    /// <summary>Depends on this entry and all before it.</summary>
    public string? Seal { get; init; }
}
