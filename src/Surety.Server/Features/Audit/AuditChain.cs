using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;
using Surety.Server.Storage;

namespace Surety.Server.Features.Audit;

/// <summary>Both ends of the chain of an account's audit log.</summary>
[NotAudited("the log itself")]
internal sealed class AuditChain : IAccountOwned
{
    public EntityId AccountId { get; init; }

    /// <summary>The number of the entry that was sealed last.</summary>
    public long LastSequence { get; set; }

    /// <summary>Its seal.</summary>
    public required byte[] LastSeal { get; set; }

    /// <summary>The number of the last entry that was dropped for its age; 0 when none was.</summary>
    public long DroppedSequence { get; set; }

    /// <summary>Its seal, to which the oldest entry is chained.</summary>
    public required byte[] DroppedSeal { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AuditChain>
    {
        public void Configure(EntityTypeBuilder<AuditChain> builder)
        {
            builder.ToTable("audit_chains");
            builder.HasKey(chain => chain.AccountId);
            builder.HasOne<Account>().WithMany().HasForeignKey(chain => chain.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
