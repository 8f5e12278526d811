namespace Surety.Server.Features.Branding;

/// <summary>What can be coloured, and where images are. (account-management, "Branding".)</summary>
internal static class BrandingReferences
{
    /// <summary>Of colours.</summary>
    public static readonly IReadOnlyList<string> Colors =
    [
        "error_color", "primary", "secondary", "success_color", "warning_color", "canvas_background", "canvas_background_font_color", "workspace_background",
        "workspace_background_font_color", "info_color", "info_font_color", "primary_font_color", "secondary_font_color", "error_font_color", "success_font_color",
        "warning_font_color",
    ];

    /// <summary>Of images.</summary>
    public static readonly IReadOnlyList<string> Images =
    [
        "brand_logo_portrait", "brand_logo_square", "brand_logo_landscape", "brand_logo_email", "desktop_background_landscape", "desktop_background_square",
        "desktop_background_portrait", .. Carousel("portrait"), .. Carousel("square"), .. Carousel("landscape"),
    ];

    private static IEnumerable<string> Carousel(string shape) => Enumerable.Range(0, 10).Select(i => $"carousel_image_{shape}_{i}");
}
