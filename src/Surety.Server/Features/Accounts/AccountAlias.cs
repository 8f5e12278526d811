using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>Another id of an account: no two accounts have the same, in any case of letters.</summary>
[NotAudited("the account has them")]
internal sealed class AccountAlias : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>In lower case.</summary>
    public required string Name { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AccountAlias>
    {
        public void Configure(EntityTypeBuilder<AccountAlias> builder)
        {
            builder.ToTable("account_aliases");
            builder.Property(alias => alias.Id).ValueGeneratedNever();
            builder.HasIndex(alias => alias.Name).IsUnique();
            builder.HasOne<Account>().WithMany().HasForeignKey(alias => alias.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
