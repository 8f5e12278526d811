using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Surety.Server.Features.Certificates;

internal sealed class CertificateCampaignDeviceConfiguration : IEntityTypeConfiguration<CertificateCampaignDevice>
{
    public void Configure(EntityTypeBuilder<CertificateCampaignDevice> builder)
    {
        builder.ToTable("certificate_campaign_devices");
        builder.Property(device => device.Id).ValueGeneratedNever();
        builder.HasOne<CertificateCampaign>().WithMany().HasForeignKey(device => device.CampaignId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Directory.Device>().WithMany().HasForeignKey(device => device.DeviceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(device => new { device.CampaignId, device.State, device.Ordinal });
    }
}
