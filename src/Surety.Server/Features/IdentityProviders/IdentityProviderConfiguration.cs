using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.IdentityProviders;

internal sealed class IdentityProviderConfiguration : IEntityTypeConfiguration<IdentityProvider>
{
    public void Configure(EntityTypeBuilder<IdentityProvider> builder)
    {
        builder.ToTable("identity_providers");
        builder.Property(provider => provider.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(provider => provider.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(provider => new { provider.AccountId, provider.Name }).IsUnique();
    }
}
