using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Notifications;

internal sealed class ChannelConfiguration : IEntityTypeConfiguration<Channel>
{
    public void Configure(EntityTypeBuilder<Channel> builder)
    {
        builder.ToTable("notification_channels");
        builder.HasKey(channel => channel.ApplicationId);
        builder.Property(channel => channel.ApplicationId).ValueGeneratedNever();
        builder.HasOne<Subject>().WithOne().HasForeignKey<Channel>(channel => channel.ApplicationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Account>().WithMany().HasForeignKey(channel => channel.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
