namespace Surety.Server.Features.Branding;

/// <summary>An image as the API shows it.</summary>
internal sealed record BrandingImage
{
    /// <summary>Always <c>branding_image</c>.</summary>
    public string Object { get; init; } = "branding_image";

    public required string Reference { get; init; }

    /// <summary>Where the image is, for everybody: a sign-in page shows it.</summary>
    public required string StaticUri { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
