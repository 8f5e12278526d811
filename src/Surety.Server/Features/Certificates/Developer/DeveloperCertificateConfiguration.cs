using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Surety.Server.Features.Certificates;

internal sealed class DeveloperCertificateConfiguration : IEntityTypeConfiguration<DeveloperCertificate>
{
    public void Configure(EntityTypeBuilder<DeveloperCertificate> builder)
    {
        builder.ToTable("developer_certificates");
        builder.Property(certificate => certificate.Id).ValueGeneratedNever();
        builder.HasOne<TrustedCertificate>().WithOne().HasForeignKey<DeveloperCertificate>(certificate => certificate.Id).OnDelete(DeleteBehavior.Cascade);
    }
}
