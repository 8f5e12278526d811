using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;
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

    internal sealed class Configuration : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.ToTable("audit_log");
            builder.Property(entry => entry.Id).ValueGeneratedNever();
            builder.HasOne<Account>().WithMany().HasForeignKey(entry => entry.AccountId).OnDelete(DeleteBehavior.Cascade);
            // Pages in order; the chain, of which what is not sealed stands alone; who did it; what was done to it; what is old enough to go.
            builder.HasIndex(entry => new { entry.AccountId, entry.Id });
            builder.HasIndex(entry => new { entry.AccountId, entry.Sequence }).IsUnique();
            builder.HasIndex(entry => entry.Sequence);
            builder.HasIndex(entry => new { entry.AccountId, entry.ActorId, entry.Id });
            builder.HasIndex(entry => new { entry.AccountId, entry.EntityId, entry.Id });
            builder.HasIndex(entry => entry.CreatedAt);
        }
    }
}
