using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Somebody was asked to become a user, and has not yet. It goes with the user, who has the status INVITED until then.</summary>
[Audited("user_invitation")]
internal sealed class UserInvitation : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId UserId { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<UserInvitation>
    {
        public void Configure(EntityTypeBuilder<UserInvitation> builder)
        {
            builder.ToTable("user_invitations");
            builder.Property(invitation => invitation.Id).ValueGeneratedNever();
            builder.HasOne<User>().WithMany().HasForeignKey(invitation => invitation.UserId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
