using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>A subject is in a policy group.</summary>
[Audited("policy_group_member")]
internal sealed class PolicyGroupMember : IAccountOwned
{
    public EntityId AccountId { get; init; }

    public EntityId GroupId { get; init; }

    public EntityId SubjectId { get; init; }

    public PolicyGroup Group { get; init; } = null!;

    public Subject Subject { get; init; } = null!;

    internal sealed class Configuration : IEntityTypeConfiguration<PolicyGroupMember>
    {
        public void Configure(EntityTypeBuilder<PolicyGroupMember> builder)
        {
            builder.ToTable("policy_group_members");
            builder.HasKey(member => new { member.GroupId, member.SubjectId });
            builder.HasOne(member => member.Group).WithMany(group => group.Members).HasForeignKey(member => member.GroupId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(member => member.Subject).WithMany(subject => subject.Memberships).HasForeignKey(member => member.SubjectId)
                .OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Account>().WithMany().HasForeignKey(member => member.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
