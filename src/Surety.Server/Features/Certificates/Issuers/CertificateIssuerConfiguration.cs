using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Certificates;

internal sealed class CertificateIssuerConfiguration : IEntityTypeConfiguration<CertificateIssuer>
{
    public void Configure(EntityTypeBuilder<CertificateIssuer> builder)
    {
        builder.ToTable("certificate_issuers");
        builder.Property(issuer => issuer.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(issuer => issuer.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(issuer => new { issuer.AccountId, issuer.Name }).IsUnique();
    }
}
