using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Enrollment;

internal sealed class BulkJobConfiguration : IEntityTypeConfiguration<BulkJob>, IEntityTypeConfiguration<BulkBatch>
{
    public void Configure(EntityTypeBuilder<BulkJob> builder)
    {
        builder.ToTable("enrollment_bulk_jobs");
        builder.Property(job => job.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(job => job.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(job => new { job.AccountId, job.Id });
        builder.HasIndex(job => job.Status);
    }

    public void Configure(EntityTypeBuilder<BulkBatch> builder)
    {
        builder.ToTable("enrollment_bulk_batches");
        builder.HasKey(batch => new { batch.JobId, batch.Ordinal });
        builder.HasOne<BulkJob>().WithMany().HasForeignKey(batch => batch.JobId).OnDelete(DeleteBehavior.Cascade);
    }
}
