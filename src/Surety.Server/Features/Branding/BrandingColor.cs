using System.ComponentModel;

namespace Surety.Server.Features.Branding;

/// <summary>A colour as the API shows and takes it.</summary>
internal sealed record BrandingColor
{
    /// <summary>Always <c>branding_color</c>.</summary>
    public string Object { get; init; } = "branding_color";

    [Description("What is coloured.")]
    public string? Reference { get; init; }

    [Description("The name of a colour or #rrggbb; null: the default.")]
    public string? Color { get; init; }

    [Description("Set by the server.")]
    public DateTimeOffset? UpdatedAt { get; init; }

    public static BrandingColor Of(BrandingColorRecord color) => new() { Reference = color.Reference, Color = color.Color, UpdatedAt = color.UpdatedAt };
}
