using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Enrollment;

internal sealed class DeviceEnrollmentConfiguration : IEntityTypeConfiguration<DeviceEnrollment>
{
    public void Configure(EntityTypeBuilder<DeviceEnrollment> builder)
    {
        builder.ToTable("device_enrollments");
        builder.Property(enrollment => enrollment.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(enrollment => enrollment.AccountId).OnDelete(DeleteBehavior.Cascade);
        // In all accounts: of two that claim a device at once, one wins.
        builder.HasIndex(enrollment => enrollment.Fingerprint).IsUnique();
        builder.HasIndex(enrollment => new { enrollment.AccountId, enrollment.Id });
        builder.HasIndex(enrollment => enrollment.ExpiresAt);
    }
}
