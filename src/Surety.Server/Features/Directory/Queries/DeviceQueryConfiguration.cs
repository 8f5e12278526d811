using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Directory;

internal sealed class DeviceQueryConfiguration : IEntityTypeConfiguration<DeviceQuery>
{
    public void Configure(EntityTypeBuilder<DeviceQuery> builder)
    {
        builder.ToTable("device_queries");
        builder.Property(query => query.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(query => query.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(query => new { query.AccountId, query.Id });
    }
}
