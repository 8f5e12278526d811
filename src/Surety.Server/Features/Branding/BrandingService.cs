using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Mail;
using Surety.Server.Storage;

namespace Surety.Server.Features.Branding;

/// <summary>Colours and images of an account. Every caller may read them; an administrator may change them.</summary>
internal sealed partial class BrandingService(SuretyDbFactory databases, Mails links, AuditTrail audit, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>Where images are served to everybody.</summary>
    public const string StaticPath = "/branding";

    /// <summary>The colours that were chosen.</summary>
    public async Task<IReadOnlyList<BrandingColor>> ListColorsAsync(Caller caller, BrandingTheme theme, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return [.. (await db.Set<BrandingColorRecord>().AsNoTracking().Where(color => color.Theme == theme).OrderBy(color => color.Id).ToListAsync(cancellationToken)).Select(BrandingColor.Of)];
    }

    /// <exception cref="ApiException">404: nothing can be coloured by that name.</exception>
    public async Task<BrandingColor> GetColorAsync(Caller caller, BrandingTheme theme, string reference, CancellationToken cancellationToken)
    {
        RequireColor(reference);
        await using var db = databases.Open(caller.AccountId);
        var color = await db.Set<BrandingColorRecord>().AsNoTracking().SingleOrDefaultAsync(color => color.Theme == theme && color.Reference == reference, cancellationToken);
        return color is null ? new BrandingColor { Reference = reference } : BrandingColor.Of(color);
    }

    /// <summary>Sets colours, all or none; a null one is reset to the default.</summary>
    /// <exception cref="ApiException">400 or 404.</exception>
    public async Task SetColorsAsync(Caller caller, BrandingTheme theme, IReadOnlyList<BrandingColor> colors, CancellationToken cancellationToken)
    {
        foreach (var color in colors)
        {
            if (color?.Reference is not { } reference || !BrandingReferences.Colors.Contains(reference))
                throw ApiException.Invalid("reference", $"must be one of {string.Join(", ", BrandingReferences.Colors)}");
            if (color.Color is { } value && !ColorForm().IsMatch(value))
                throw ApiException.Invalid("color", "must be the name of a colour or #rrggbb");
        }

        await using var db = databases.Open(caller.AccountId);
        var known = await db.Set<BrandingColorRecord>().Where(color => color.Theme == theme).ToDictionaryAsync(color => color.Reference, cancellationToken);
        // Of a colour that is there twice the last one counts.
        foreach (var color in colors.GroupBy(color => color.Reference!).Select(group => group.Last()))
        {
            var old = known.GetValueOrDefault(color.Reference!);
            if (color.Color is null && old is not null)
                db.Remove(old);
            else if (old is not null && old.Color != color.Color)
                (old.Color, old.UpdatedAt) = (color.Color!, time.GetInstant());
            else if (old is null && color.Color is not null)
                db.Add(new BrandingColorRecord { Id = ids.Next(), AccountId = caller.AccountId, Theme = theme, Reference = color.Reference!, Color = color.Color, UpdatedAt = time.GetInstant() });
        }

        await SaveAsync(db, cancellationToken);
    }

    /// <summary>Resets colours to the default: one, those of a theme, or all.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task ResetColorsAsync(Caller caller, BrandingTheme? theme, string? reference, CancellationToken cancellationToken)
    {
        if (reference is not null)
            RequireColor(reference);
        await using var db = databases.Open(caller.AccountId);
        var colors = db.Set<BrandingColorRecord>().Where(color => (theme == null || color.Theme == theme) && (reference == null || color.Reference == reference));
        await audit.DeleteAsync(db, colors, cancellationToken);
    }

    public async Task<IReadOnlyList<BrandingImage>> ListImagesAsync(Caller caller, BrandingTheme theme, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var images = await db.Set<BrandingImageRecord>().Where(image => image.Theme == theme).OrderBy(image => image.Reference)
            .Select(image => new { image.Id, image.Reference, image.UpdatedAt }).ToListAsync(cancellationToken);
        return [.. images.Select(image => ToWire(image.Id, image.Reference, image.UpdatedAt))];
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<BrandingImage> GetImageAsync(Caller caller, BrandingTheme theme, string reference, CancellationToken cancellationToken)
    {
        RequireImage(reference);
        await using var db = databases.Open(caller.AccountId);
        var image = await db.Set<BrandingImageRecord>().Where(image => image.Theme == theme && image.Reference == reference)
            .Select(image => new { image.Id, image.UpdatedAt }).SingleOrDefaultAsync(cancellationToken);
        return image is null
            ? throw new ApiException(StatusCodes.Status404NotFound, ErrorTypes.NotFound, $"There is no image {reference}; the default is shown.")
            : ToWire(image.Id, reference, image.UpdatedAt);
    }

    /// <summary>Whether the caller may put an image in a place: asked before the image is read.</summary>
    /// <exception cref="ApiException">404.</exception>
    public static void RequireUpload(string reference)
    {
        RequireImage(reference);
    }

    /// <summary>Puts an image in its place.</summary>
    /// <exception cref="ApiException">400: it is no image that can be shown; 404.</exception>
    public async Task<BrandingImage> SetImageAsync(Caller caller, BrandingTheme theme, string reference, byte[] content, CancellationToken cancellationToken)
    {
        RequireUpload(reference);
        var type = ImageContent.TypeOf(content)
            ?? throw ApiException.Invalid("image", $"must be a PNG or JPEG image with sides of at most {ImageContent.MaxSide} pixels, whatever its Content-Type says");
        await using var db = databases.Open(caller.AccountId);
        var now = time.GetInstant();
        var id = ids.Next();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await DeleteImagesAsync(db, db.Set<BrandingImageRecord>().Where(image => image.Theme == theme && image.Reference == reference), cancellationToken);
        db.Add(new BrandingImageRecord { Id = id, AccountId = caller.AccountId, Theme = theme, Reference = reference, ContentType = type, Content = content, UpdatedAt = now });
        await SaveAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ToWire(id, reference, now);
    }

    /// <summary>Removes images: one, those of a theme, or all.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task ClearImagesAsync(Caller caller, BrandingTheme? theme, string? reference, CancellationToken cancellationToken)
    {
        if (reference is not null)
            RequireImage(reference);
        await using var db = databases.Open(caller.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await DeleteImagesAsync(
            db, db.Set<BrandingImageRecord>().Where(image => (theme == null || image.Theme == theme) && (reference == null || image.Reference == reference)), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>An image for everybody, by its id.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<(byte[] Content, string ContentType)> ReadImageAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var image = EntityId.TryParse(id, out var imageId)
            ? await db.AllAccounts<BrandingImageRecord>().AsNoTracking().SingleOrDefaultAsync(image => image.Id == imageId, cancellationToken)
            : null;
        return image is null ? throw ApiException.NotFound("image", id) : (image.Content, image.ContentType);
    }

    private BrandingImage ToWire(EntityId id, string reference, DateTimeOffset updatedAt) =>
        new() { Reference = reference, StaticUri = links.Link($"{StaticPath}/{id}"), UpdatedAt = updatedAt };

    // Not by AuditTrail.DeleteAsync, which reads whole rows: all images of an account are many megabytes. The caller saves.
    private async Task DeleteImagesAsync(SuretyDb db, IQueryable<BrandingImageRecord> images, CancellationToken cancellationToken)
    {
        var gone = await images.Select(image => new { image.Id, image.Reference }).ToListAsync(cancellationToken);
        if (await images.ExecuteDeleteAsync(cancellationToken) == 0)
            return;
        foreach (var image in gone)
            audit.Add(db, new AuditRecord(db.AccountId, AuditActions.Delete, "branding_image", image.Id.ToString()) { EntityName = image.Reference });
    }

    private static async Task SaveAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || UniqueViolation.Is(error))
        {
            throw ApiException.Duplicate("Somebody else has changed the same at the same time; try again.");
        }
    }

    private static void RequireColor(string reference) => Require(BrandingReferences.Colors, "colour", reference);

    private static void RequireImage(string reference) => Require(BrandingReferences.Images, "image", reference);

    private static void Require(IReadOnlyList<string> known, string kind, string reference)
    {
        if (!known.Contains(reference))
        {
            throw new ApiException(
                StatusCodes.Status404NotFound, ErrorTypes.NotFound, $"There is no {kind} '{ApiException.Shorten(reference)}'; known are {string.Join(", ", known)}.");
        }
    }

    [GeneratedRegex(@"^(#[0-9A-Fa-f]{6}|[A-Za-z]{3,30})\z", RegexOptions.CultureInvariant)]
    private static partial Regex ColorForm();
}
