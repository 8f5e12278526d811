using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Bootstrap;

internal sealed class BootstrapKeyConfiguration : IEntityTypeConfiguration<BootstrapKey>
{
    public void Configure(EntityTypeBuilder<BootstrapKey> builder)
    {
        builder.ToTable("bootstrap_keys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Identity).HasMaxLength(BootstrapKey.IdentityLength);
        builder.HasOne<Account>().WithMany().HasForeignKey(key => key.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(key => key.Identity).IsUnique();
        builder.HasIndex(key => key.DeviceId);
    }
}
