using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.Directory;

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("devices");
        builder.Property(device => device.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(device => device.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(device => new { device.AccountId, device.EndpointName }).IsUnique();
        // Pages of one account, in order, without reading the rows of the others.
        builder.HasIndex(device => new { device.AccountId, device.Id });
        builder.OwnsMany(device => device.CustomAttributes, attributes => Configure(attributes, "device_custom_attributes"));
        builder.OwnsMany(device => device.ComponentAttributes, attributes => Configure(attributes, "device_component_attributes"));
    }

    private static void Configure(OwnedNavigationBuilder<Device, DeviceAttribute> attributes, string table)
    {
        attributes.ToTable(table);
        attributes.WithOwner().HasForeignKey("DeviceId");
        attributes.HasKey("DeviceId", nameof(DeviceAttribute.Key));
        attributes.HasIndex(attribute => new { attribute.Key, attribute.Value });
    }
}
