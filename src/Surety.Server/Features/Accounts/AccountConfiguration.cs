using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Surety.Server.Features.Accounts;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.Property(account => account.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(account => account.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.ComplexProperty(account => account.Profile);
    }
}
