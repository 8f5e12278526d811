using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Users;

namespace Surety.Server.Features.IdentityProviders;

internal sealed class UserLoginProfileConfiguration : IEntityTypeConfiguration<UserLoginProfile>
{
    public void Configure(EntityTypeBuilder<UserLoginProfile> builder)
    {
        builder.ToTable("user_login_profiles");
        builder.Property(profile => profile.Id).ValueGeneratedNever();
        builder.HasOne<User>().WithMany(user => user.LoginProfiles).HasForeignKey(profile => profile.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(profile => profile.Provider).WithMany().HasForeignKey(profile => profile.ProviderId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(profile => new { profile.UserId, profile.ProviderId }).IsUnique();
        // Somebody at the provider is one user (OpenID Connect Core, 5.7: issuer and subject together).
        builder.HasIndex(profile => new { profile.ProviderId, profile.Issuer, profile.ForeignId }).IsUnique();
    }
}
