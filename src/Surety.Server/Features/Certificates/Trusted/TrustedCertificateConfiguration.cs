using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Certificates;

internal sealed class TrustedCertificateConfiguration : IEntityTypeConfiguration<TrustedCertificate>
{
    public void Configure(EntityTypeBuilder<TrustedCertificate> builder)
    {
        builder.ToTable("trusted_certificates");
        builder.Property(certificate => certificate.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(certificate => certificate.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(certificate => new { certificate.AccountId, certificate.Name }).IsUnique();
        // A subject has at most TrustedChain.MaxSubjectLength characters: PostgreSQL indexes no longer rows.
        builder.HasIndex(certificate => new { certificate.AccountId, certificate.Subject }).IsUnique();
        builder.HasIndex(certificate => certificate.Fingerprint);
    }
}
