using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.PreSharedKeys;

internal sealed class PreSharedKeyConfiguration : IEntityTypeConfiguration<PreSharedKey>
{
    public void Configure(EntityTypeBuilder<PreSharedKey> builder)
    {
        builder.ToTable("device_shared_keys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(key => key.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(key => key.EndpointName).IsUnique();
        builder.HasIndex(key => new { key.AccountId, key.Id });
    }
}
