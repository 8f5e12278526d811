using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Branding;

/// <summary>A colour that an account has chosen.</summary>
[Audited("branding_color", Label = nameof(Reference))]
internal sealed class BrandingColorRecord : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public BrandingTheme Theme { get; init; }

    /// <summary>One of <see cref="BrandingReferences.Colors"/>.</summary>
    public required string Reference { get; init; }

    /// <summary>The name of a colour, or <c>#rrggbb</c>.</summary>
    public required string Color { get; set; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<BrandingColorRecord>
    {
        public void Configure(EntityTypeBuilder<BrandingColorRecord> builder)
        {
            builder.ToTable("branding_colors");
            builder.Property(color => color.Id).ValueGeneratedNever();
            builder.HasIndex(color => new { color.AccountId, color.Theme, color.Reference }).IsUnique();
            builder.HasOne<Account>().WithMany().HasForeignKey(color => color.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
