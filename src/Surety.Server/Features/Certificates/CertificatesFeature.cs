namespace Surety.Server.Features.Certificates;

/// <summary>Certificates: the platform's own authority, what is issued to devices, and whom accounts trust.</summary>
internal static class CertificatesFeature
{
    public static IServiceCollection AddCertificates(this IServiceCollection services)
    {
        services.AddSingleton<PlatformAuthority>();
        services.AddSingleton<IssuedCertificates>();
        services.AddSingleton<ICertificateIssuance, CertificateIssuance>();
        services.AddSingleton<TrustedCertificates>();
        return services;
    }

    public static void MapCertificatesApi(this IEndpointRouteBuilder routes)
    {
        routes.MapTrustedCertificatesApi();
    }
}
