namespace Surety.Server.Features.Branding;

/// <summary>A set of colours and images.</summary>
internal enum BrandingTheme
{
    Dark,
    Light,
}
