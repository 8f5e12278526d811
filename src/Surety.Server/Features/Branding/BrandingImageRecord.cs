using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Branding;

/// <summary>An image that an account has uploaded. Another one in its place has another id, so that caches may keep it.</summary>
[Audited("branding_image", Label = nameof(Reference))]
internal sealed class BrandingImageRecord : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public BrandingTheme Theme { get; init; }

    /// <summary>One of <see cref="BrandingReferences.Images"/>.</summary>
    public required string Reference { get; init; }

    /// <summary><c>image/png</c> or <c>image/jpeg</c>, as the content says.</summary>
    public required string ContentType { get; init; }

    [NotAudited("too large for the log")]
    public required byte[] Content { get; init; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset UpdatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<BrandingImageRecord>
    {
        public void Configure(EntityTypeBuilder<BrandingImageRecord> builder)
        {
            builder.ToTable("branding_images");
            builder.Property(image => image.Id).ValueGeneratedNever();
            builder.HasIndex(image => new { image.AccountId, image.Theme, image.Reference }).IsUnique();
            builder.HasOne<Account>().WithMany().HasForeignKey(image => image.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
