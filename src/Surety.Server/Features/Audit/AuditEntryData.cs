using System.ComponentModel;
using Surety.Server.Api.Filters;

namespace Surety.Server.Features.Audit;

/// <summary>One line of the audit log as the API shows it.</summary>
internal sealed record AuditEntryData
{
    /// <summary>The filters of the list and of the export.</summary>
    public static readonly FilterSet<AuditEntry> Filters = new FilterSet<AuditEntry>()
        .Text("action", entry => entry.Action)
        .OptionalId("actor_id", entry => entry.ActorId)
        .Choice("actor_type", entry => entry.ActorType)
        .Text("address", entry => entry.Address)
        .Time("created_at", entry => entry.CreatedAt)
        .OptionalText("entity_id", entry => entry.EntityId)
        .Text("entity_name", entry => entry.EntityName, like: true)
        .Text("entity_type", entry => entry.EntityType)
        .OptionalText("request_id", entry => entry.RequestId);

    /// <summary>Always <c>audit-log-entry</c>.</summary>
    public string Object { get; init; } = "audit-log-entry";

    public required EntityId Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required AuditActorType ActorType { get; init; }

    [Description("The user or API key; null for the platform, and for somebody who has not signed in.")]
    public required EntityId? ActorId { get; init; }

    [Description("The name of the actor at that time.")]
    public required string ActorName { get; init; }

    [Description("create, update, delete, sign_in, sign_in_failed, sign_out, device_request, device_response.")]
    public required string Action { get; init; }

    [Description("What kind of thing: api_key, user, device, ...")]
    public required string EntityType { get; init; }

    [Description("Which; null when the entry is about several, whose ids are in changes.")]
    public required string? EntityId { get; init; }

    public required string EntityName { get; init; }

    [Description("How many things the entry is about.")]
    public required int Count { get; init; }

    [Description("The HTTP status that a sign-in or a request to a device amounts to.")]
    public required int? Status { get; init; }

    public required IReadOnlyList<AuditChange> Changes { get; init; }

    [Description("The address that the request came from.")]
    public required string Address { get; init; }

    [Description("X-Request-ID of the answer to the request that did it.")]
    public required string? RequestId { get; init; }

    [Description("The number in the chain of the account; null for a second after it was written.")]
    public required long? Sequence { get; init; }

    [Description("64 hexadecimal digits that depend on this entry and all before it.")]
    public required string? Seal { get; init; }

    public static AuditEntryData Of(AuditEntry entry) => new()
    {
        Id = entry.Id,
        CreatedAt = entry.CreatedAt,
        ActorType = entry.ActorType,
        ActorId = entry.ActorId,
        ActorName = entry.ActorName,
        Action = entry.Action,
        EntityType = entry.EntityType,
        EntityId = entry.EntityId,
        EntityName = entry.EntityName,
        Count = entry.Count,
        Status = entry.Status,
        Changes = entry.ReadChanges(),
        Address = entry.Address,
        RequestId = entry.RequestId,
        Sequence = entry.Sequence,
        Seal = entry.Seal is { } seal ? Convert.ToHexStringLower(seal) : null,
    };
}
