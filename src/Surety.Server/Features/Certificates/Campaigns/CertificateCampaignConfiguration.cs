using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Certificates;

internal sealed class CertificateCampaignConfiguration : IEntityTypeConfiguration<CertificateCampaign>
{
    public void Configure(EntityTypeBuilder<CertificateCampaign> builder)
    {
        builder.ToTable("certificate_campaigns");
        builder.Property(campaign => campaign.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(campaign => campaign.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(campaign => campaign.State);
    }
}
