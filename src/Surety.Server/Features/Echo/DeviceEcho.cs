using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Echo;

/// <summary>That applications have wishes for a device, and which state of them is the present one.</summary>
[NotAudited("its resources are")]
internal sealed class DeviceEcho : IAccountOwned
{
    public EntityId DeviceId { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>The last change by an application; no two changes have the same.</summary>
    public DateTimeOffset Etag { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<DeviceEcho>
    {
        public void Configure(EntityTypeBuilder<DeviceEcho> builder)
        {
            builder.ToTable("device_echoes");
            builder.HasKey(echo => echo.DeviceId);
            builder.HasOne<Directory.Device>().WithMany().HasForeignKey(echo => echo.DeviceId).OnDelete(DeleteBehavior.Cascade);
            builder.Property(echo => echo.Etag).IsConcurrencyToken();
        }
    }
}
