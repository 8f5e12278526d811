using System.Text.Encodings.Web;
using System.Text.Json;
using Surety.Server.Storage;

namespace Surety.Server.Features.Audit;

/// <summary>
/// One line of the audit log of an account. It is written once; later the sealer numbers it and chains it to the one before
/// (<see cref="AuditSeal"/>).
/// </summary>
[NotAudited("the log itself")]
internal sealed class AuditEntry : IEntity, IAccountOwned
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public AuditActorType ActorType { get; init; }

    public EntityId? ActorId { get; init; }

    public required string ActorName { get; init; }

    /// <summary>One of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>What kind of thing: <c>api_key</c>.</summary>
    public required string EntityType { get; init; }

    /// <summary>Which; null when there are several.</summary>
    public string? EntityId { get; init; }

    /// <summary>What people call it.</summary>
    public string EntityName { get; init; } = "";

    /// <summary>How many things the entry is about.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The HTTP status that the action amounts to, where it is known.</summary>
    public int? Status { get; init; }

    /// <summary>JSON, an array of <see cref="AuditChange"/>.</summary>
    public required string Changes { get; init; }

    public required string Address { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The number in the account, from 1; null until it is sealed.</summary>
    public long? Sequence { get; set; }

    /// <summary>See <see cref="AuditSeal"/>; null until it is sealed.</summary>
    public byte[]? Seal { get; set; }

    public static string Write(IReadOnlyList<AuditChange> changes) => JsonSerializer.Serialize(changes, Options);

    public IReadOnlyList<AuditChange> ReadChanges() => JsonSerializer.Deserialize<List<AuditChange>>(Changes, Options) ?? [];

    internal sealed class Configuration : Microsoft.EntityFrameworkCore.IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<AuditEntry> builder) => AuditTables.Configure(builder);
    }
}
