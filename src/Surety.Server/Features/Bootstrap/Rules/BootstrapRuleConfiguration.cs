using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Bootstrap;

internal sealed class BootstrapRuleConfiguration : IEntityTypeConfiguration<BootstrapRule>
{
    public void Configure(EntityTypeBuilder<BootstrapRule> builder)
    {
        builder.ToTable("bootstrap_rules");
        builder.Property(rule => rule.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(rule => rule.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(rule => new { rule.AccountId, rule.Priority });
    }
}
