using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Factory;

internal sealed class FactoryManifestRecordConfiguration : IEntityTypeConfiguration<FactoryManifestRecord>
{
    public void Configure(EntityTypeBuilder<FactoryManifestRecord> builder)
    {
        builder.ToTable("factory_manifests");
        builder.Property(manifest => manifest.Id).ValueGeneratedNever();
        builder.Property(manifest => manifest.Factory).HasMaxLength(FactoryManifestRecord.MaxName);
        builder.Property(manifest => manifest.Batch).HasMaxLength(FactoryManifestRecord.MaxName);
        builder.Property(manifest => manifest.Quota).HasMaxLength(FactoryManifestRecord.MaxName);
        builder.HasOne<Account>().WithMany().HasForeignKey(manifest => manifest.AccountId).OnDelete(DeleteBehavior.Cascade);
        // A batch is imported once.
        builder.HasIndex(manifest => new { manifest.AccountId, manifest.Factory, manifest.Batch }).IsUnique();
    }
}
