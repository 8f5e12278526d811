using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Lwm2m;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Echo;

/// <summary>What a device has reported last of one of its paths, and what an application wants there.</summary>
[Audited("device_echo", OnlyByCallers = true)]
internal sealed class EchoResource : IAccountOwned
{
    private const int MaxContentType = 100;

    public EntityId DeviceId { get; init; }

    /// <summary>Such as <c>/3303/0/5700</c>.</summary>
    public required string Path { get; init; }

    public EntityId AccountId { get; init; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>As the device sent it; null: never, or longer than <see cref="EchoLimits.MaxValue"/>.</summary>
    [NotAudited("said by the device")]
    public byte[]? Reported { get; set; }

    [NotAudited("said by the device")]
    public string? ReportedType { get; set; }

    [NotAudited("said by the device")]
    public DateTimeOffset? ReportedAt { get; set; }

    /// <summary>When the value is not fresh any more (RFC 7252, 5.6.1).</summary>
    [NotAudited("said by the device")]
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>What is wanted; null: nothing.</summary>
    [Secret]
    public byte[]? Desired { get; set; }

    /// <summary>Its media type; null: what the resource has.</summary>
    public string? DesiredType { get; set; }

    [NotAudited("goes with every change")]
    public DateTimeOffset? DesiredAt { get; set; }

    [NotAudited("said by the device")]
    public EchoStatus Status { get; set; }

    [NotAudited("said by the device")]
    public DateTimeOffset? StatusUpdatedAt { get; set; }

    /// <summary>It is kept until the device takes or refuses it. A device request has a life of its own.</summary>
    [NotAudited("goes with the desired value")]
    public bool IsHeld { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<EchoResource>
    {
        public void Configure(EntityTypeBuilder<EchoResource> builder)
        {
            builder.ToTable("device_echo_resources");
            builder.HasKey(resource => new { resource.DeviceId, resource.Path });
            builder.HasOne<Directory.Device>().WithMany().HasForeignKey(resource => resource.DeviceId).OnDelete(DeleteBehavior.Cascade);
            builder.Property(resource => resource.Path).HasMaxLength(Lwm2mPath.MaxTextLength);
            builder.Property(resource => resource.ReportedType).HasMaxLength(MaxContentType);
            builder.Property(resource => resource.DesiredType).HasMaxLength(MaxContentType);
            builder.HasIndex(resource => resource.DeviceId).HasFilter("is_held");
        }
    }
}
