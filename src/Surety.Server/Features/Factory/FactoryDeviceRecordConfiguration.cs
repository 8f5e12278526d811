using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Directory;

namespace Surety.Server.Features.Factory;

internal sealed class FactoryDeviceRecordConfiguration : IEntityTypeConfiguration<FactoryDeviceRecord>
{
    public void Configure(EntityTypeBuilder<FactoryDeviceRecord> builder)
    {
        builder.ToTable("factory_devices");
        builder.Property(device => device.Id).ValueGeneratedNever();
        builder.Property(device => device.EndpointName).HasMaxLength(DeviceIdentity.MaxNameLength);
        builder.Property(device => device.SerialNumber).HasMaxLength(64);
        builder.Property(device => device.Fingerprint).HasMaxLength(64);
        builder.HasOne<FactoryManifestRecord>().WithMany().HasForeignKey(device => device.ManifestId).OnDelete(DeleteBehavior.Cascade);
        // Not unique: one certificate from two places is what is looked for.
        builder.HasIndex(device => device.Fingerprint);
        builder.HasIndex(device => new { device.AccountId, device.EndpointName });
    }
}
