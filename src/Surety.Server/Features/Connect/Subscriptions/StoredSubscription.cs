using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Lwm2m;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Connect;

/// <summary>A subscription made by hand.</summary>
[Audited("subscription", OnlyByCallers = true)]
internal sealed class StoredSubscription : IAccountOwned
{
    public EntityId ApplicationId { get; init; }

    public EntityId DeviceId { get; init; }

    /// <summary>Such as <c>/3303/0/5700</c>.</summary>
    public required string Path { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>The id of the outcome, until the application was told of it.</summary>
    [NotAudited("for as long as the outcome is open")]
    public string? PendingAsyncId { get; set; }

    private const int AsyncIdLength = 40;

    internal sealed class Configuration : IEntityTypeConfiguration<StoredSubscription>
    {
        public void Configure(EntityTypeBuilder<StoredSubscription> builder)
        {
            builder.ToTable("subscriptions");
            builder.HasKey(s => new { s.ApplicationId, s.DeviceId, s.Path });
            builder.HasOne<Directory.Device>().WithMany().HasForeignKey(s => s.DeviceId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Subject>().WithMany().HasForeignKey(s => s.ApplicationId).OnDelete(DeleteBehavior.Cascade);
            builder.Property(s => s.Path).HasMaxLength(Lwm2mPath.MaxTextLength);
            builder.Property(s => s.PendingAsyncId).HasMaxLength(AsyncIdLength);
        }
    }
}
