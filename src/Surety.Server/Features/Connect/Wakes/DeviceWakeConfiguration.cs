using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Surety.Server.Features.Connect;

internal sealed class DeviceWakeConfiguration : IEntityTypeConfiguration<DeviceWake>
{
    public void Configure(EntityTypeBuilder<DeviceWake> builder)
    {
        builder.ToTable("device_wakes");
        builder.Property(wake => wake.Id).ValueGeneratedNever();
        builder.Property(wake => wake.Intervals).HasMaxLength(128);
        builder.HasOne<Directory.Device>().WithOne().HasForeignKey<DeviceWake>(wake => wake.Id).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(wake => new { wake.AccountId, wake.Id });
    }
}
