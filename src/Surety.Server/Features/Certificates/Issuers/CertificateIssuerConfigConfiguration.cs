using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Certificates;

internal sealed class CertificateIssuerConfigConfiguration : IEntityTypeConfiguration<CertificateIssuerConfig>
{
    public void Configure(EntityTypeBuilder<CertificateIssuerConfig> builder)
    {
        builder.ToTable("certificate_issuer_configurations");
        builder.Property(config => config.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(config => config.AccountId).OnDelete(DeleteBehavior.Cascade);
        // An issuer that is in use stays.
        builder.HasOne<CertificateIssuer>().WithMany().HasForeignKey(config => config.IssuerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(config => new { config.AccountId, config.Reference }).IsUnique();
    }
}
