using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Surety.Server.Features.Certificates;

internal sealed class CertificateEnrollmentConfiguration : IEntityTypeConfiguration<CertificateEnrollment>
{
    public void Configure(EntityTypeBuilder<CertificateEnrollment> builder)
    {
        builder.ToTable("certificate_enrollments");
        builder.Property(enrollment => enrollment.Id).ValueGeneratedNever();
        builder.HasOne<Directory.Device>().WithMany().HasForeignKey(enrollment => enrollment.DeviceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(enrollment => new { enrollment.AccountId, enrollment.Id });
        // One renewal of a certificate at a time, whoever orders it. The names are those of both databases.
        builder.HasIndex(enrollment => new { enrollment.DeviceId, enrollment.CertificateName }).IsUnique().HasFilter("status = 0");
    }
}
