using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.DeviceEvents;

internal sealed class DeviceEventConfiguration : IEntityTypeConfiguration<DeviceEvent>
{
    public void Configure(EntityTypeBuilder<DeviceEvent> builder)
    {
        builder.ToTable("device_events");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
        // Pages of one account, in order; the events of one device; what is old enough to go.
        builder.HasIndex(row => new { row.AccountId, row.Id });
        builder.HasIndex(row => new { row.AccountId, row.DeviceId, row.Id });
        builder.HasIndex(row => row.DateTime);
    }
}
