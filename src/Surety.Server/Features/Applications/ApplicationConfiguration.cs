using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Applications;

internal sealed class ApplicationConfiguration : IEntityTypeConfiguration<Application>, IEntityTypeConfiguration<AccessKey>
{
    public void Configure(EntityTypeBuilder<Application> builder)
    {
        builder.ToTable("applications");
        builder.Property(application => application.Id).ValueGeneratedNever();
        builder.HasOne(application => application.Subject).WithOne().HasForeignKey<Application>(application => application.Id).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Account>().WithMany().HasForeignKey(application => application.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AccessKey> builder)
    {
        builder.ToTable("access_keys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.HasOne(key => key.Application).WithMany(application => application.Keys).HasForeignKey(key => key.ApplicationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Account>().WithMany().HasForeignKey(key => key.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
