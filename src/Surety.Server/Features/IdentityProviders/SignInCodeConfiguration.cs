using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Users;

namespace Surety.Server.Features.IdentityProviders;

internal sealed class SignInCodeConfiguration : IEntityTypeConfiguration<SignInCode>
{
    public void Configure(EntityTypeBuilder<SignInCode> builder)
    {
        builder.ToTable("sign_in_codes");
        builder.Property(code => code.Id).ValueGeneratedNever();
        builder.HasOne<User>().WithMany().HasForeignKey(code => code.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<IdentityProvider>().WithMany().HasForeignKey(code => code.ProviderId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(code => code.Hash).IsUnique();
        builder.HasIndex(code => code.ExpiresAt);
    }
}
