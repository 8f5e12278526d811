using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Audit;

/// <summary>How the log is stored.</summary>
internal static class AuditTables
{
    public static void Configure(EntityTypeBuilder<AuditEntry> builder)
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

    public static void Configure(EntityTypeBuilder<AuditChain> builder)
    {
        builder.ToTable("audit_chains");
        builder.HasKey(chain => chain.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(chain => chain.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
