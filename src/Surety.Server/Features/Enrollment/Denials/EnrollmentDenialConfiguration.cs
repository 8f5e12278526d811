using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Enrollment;

internal sealed class EnrollmentDenialConfiguration : IEntityTypeConfiguration<EnrollmentDenial>
{
    public void Configure(EntityTypeBuilder<EnrollmentDenial> builder)
    {
        builder.ToTable("enrollment_denials");
        builder.Property(denial => denial.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(denial => denial.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(denial => new { denial.AccountId, denial.TrustedCertificateId, denial.EndpointName }).IsUnique();
        builder.HasIndex(denial => new { denial.AccountId, denial.Id });
        // The oldest go first.
        builder.HasIndex(denial => new { denial.AccountId, denial.UpdatedAt });
    }
}
