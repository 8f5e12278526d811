using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Directory;

internal sealed class DeviceGroupConfiguration : IEntityTypeConfiguration<DeviceGroup>
{
    public void Configure(EntityTypeBuilder<DeviceGroup> builder)
    {
        builder.ToTable("device_groups");
        builder.Property(group => group.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(group => group.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(group => new { group.AccountId, group.Name }).IsUnique();
        builder.HasIndex(group => new { group.AccountId, group.Id });
        builder.OwnsMany(group => group.CustomAttributes, attributes =>
        {
            attributes.ToTable("device_group_custom_attributes");
            attributes.WithOwner().HasForeignKey("GroupId");
            attributes.HasKey("GroupId", nameof(DeviceAttribute.Key));
        });
    }
}
