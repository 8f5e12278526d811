using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Connect;

/// <summary>The rules of an application, as it sent them.</summary>
[Audited("presubscriptions", OnlyByCallers = true)]
internal sealed class StoredPresubscriptions : IAccountOwned
{
    public EntityId ApplicationId { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>A JSON array of <see cref="Presubscription"/>.</summary>
    public required string Rules { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<StoredPresubscriptions>
    {
        public void Configure(EntityTypeBuilder<StoredPresubscriptions> builder)
        {
            builder.ToTable("presubscriptions");
            builder.HasKey(s => s.ApplicationId);
            builder.HasOne<Subject>().WithMany().HasForeignKey(s => s.ApplicationId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
