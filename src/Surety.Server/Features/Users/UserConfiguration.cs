using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Users;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.Property(user => user.Id).ValueGeneratedNever();
        builder.HasIndex(user => new { user.AccountId, user.EmailKey }).IsUnique();
        builder.HasIndex(user => new { user.AccountId, user.UsernameKey }).IsUnique();
        // Who signs in does not say in which account.
        builder.HasIndex(user => user.EmailKey);
        builder.HasIndex(user => user.UsernameKey);
        builder.HasOne(user => user.Subject).WithOne().HasForeignKey<User>(user => user.Id).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Account>().WithMany().HasForeignKey(user => user.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
