using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Surety.Server.Features.Directory;

internal sealed class DeviceGroupMemberConfiguration : IEntityTypeConfiguration<DeviceGroupMember>
{
    public void Configure(EntityTypeBuilder<DeviceGroupMember> builder)
    {
        builder.ToTable("device_group_members");
        // In this order, the devices of a group are read in the order of their ids.
        builder.HasKey(member => new { member.GroupId, member.DeviceId });
        builder.HasIndex(member => member.DeviceId);
        builder.HasOne<DeviceGroup>().WithMany(group => group.Members).HasForeignKey(member => member.GroupId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Device>().WithMany(device => device.Memberships).HasForeignKey(member => member.DeviceId).OnDelete(DeleteBehavior.Cascade);
    }
}
