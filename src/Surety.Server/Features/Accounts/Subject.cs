using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>
/// Who can call the API: a key or a user, under the same id (account-management, SubjectList). Channels and subscriptions are a subject's, and go
/// with it.
/// </summary>
[NotAudited("goes with its key or user")]
internal sealed class Subject : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

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
