using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Storage;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>A policy group: users, API keys and applications with the same rights. (account-management, GroupSummary.)</summary>
[Audited("policy_group", Label = nameof(Name))]
internal sealed class PolicyGroup : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>Unique in its account.</summary>
    public required string Name { get; set; }

    public PolicyGroupKind Kind { get; init; }

    /// <summary>The policies of a group of kind <see cref="PolicyGroupKind.Custom"/>, as JSON; see <see cref="FeaturePolicies"/>.</summary>
    public string Policies { get; set; } = FeaturePolicies.Empty;

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }

    public List<PolicyGroupMember> Members { get; init; } = [];

    /// <summary>The groups of a new account.</summary>
    public static IReadOnlyList<PolicyGroup> OfNewAccount(EntityIdGenerator ids, EntityId accountId, DateTimeOffset now) =>
    [
        .. new[] { PolicyGroupKind.Administrators, PolicyGroupKind.Developers, PolicyGroupKind.ReadOnly }.Select(kind => new PolicyGroup
        {
            Id = ids.Next(),
            AccountId = accountId,
            Name = kind.ToString(),
            Kind = kind,
            CreatedAt = now,
            UpdatedAt = now,
        }),
    ];

    internal sealed class Configuration : IEntityTypeConfiguration<PolicyGroup>
    {
        public void Configure(EntityTypeBuilder<PolicyGroup> builder)
        {
            builder.ToTable("policy_groups");
            builder.Property(group => group.Id).ValueGeneratedNever();
            builder.HasIndex(group => new { group.AccountId, group.Name }).IsUnique();
            builder.HasOne<Account>().WithMany().HasForeignKey(group => group.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
