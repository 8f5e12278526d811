using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Audit;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>
/// Who can call the API: a user, a key or an application, under the same id (account-management, SubjectList). Channels, subscriptions and
/// memberships of policy groups are a subject's, and go with it.
/// </summary>
[NotAudited("goes with its key or user")]
internal sealed class Subject : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public SubjectKind Kind { get; init; }

    /// <summary>The policy groups the subject belongs to.</summary>
    public List<PolicyGroupMember> Memberships { get; init; } = [];

    /// <summary>The ids of the policy groups, in order; <see cref="Memberships"/> must have been read.</summary>
    public IReadOnlyList<EntityId> GroupIds() => [.. Memberships.Select(member => member.GroupId).Order()];

    /// <summary>Member of <c>Administrators</c>; <see cref="Memberships"/> and their groups must have been read.</summary>
    public bool IsAdministrator() => Memberships.Exists(member => member.Group.Kind == PolicyGroupKind.Administrators);

    internal sealed class Configuration : IEntityTypeConfiguration<Subject>
    {
        public void Configure(EntityTypeBuilder<Subject> builder)
        {
            builder.ToTable("subjects");
            builder.Property(subject => subject.Id).ValueGeneratedNever();
            builder.HasOne<Account>().WithMany().HasForeignKey(subject => subject.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
