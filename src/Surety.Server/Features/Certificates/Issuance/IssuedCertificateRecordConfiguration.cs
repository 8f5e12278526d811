using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Certificates;

internal sealed class IssuedCertificateRecordConfiguration : IEntityTypeConfiguration<IssuedCertificateRecord>
{
    public void Configure(EntityTypeBuilder<IssuedCertificateRecord> builder)
    {
        builder.ToTable("issued_certificates");
        builder.Property(record => record.Id).ValueGeneratedNever();
        builder.Property(record => record.Fingerprint).HasMaxLength(IssuedCertificateRecord.FingerprintLength);
        builder.HasOne<Account>().WithMany().HasForeignKey(record => record.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(record => record.Fingerprint).IsUnique();
        builder.Property(record => record.IssuerKeyId).HasMaxLength(IssuedCertificateRecord.FingerprintLength);
        builder.HasIndex(record => record.SerialNumber);
        builder.HasIndex(record => new { record.IssuerKeyId, record.WithdrawnAt });
        builder.HasIndex(record => new { record.DeviceId, record.CertificateName });
        builder.HasIndex(record => new { record.AccountId, record.NotAfter });
    }
}
