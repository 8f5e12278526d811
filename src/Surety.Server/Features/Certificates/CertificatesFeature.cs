using Surety.Server.Features.DeviceEvents;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Certificates;

/// <summary>Certificates: the platform's own authority, what is issued to devices, and whom accounts trust.</summary>
internal static class CertificatesFeature
{
    public static IServiceCollection AddCertificates(this IServiceCollection services)
    {
        services.AddSingleton<PlatformAuthority>();
        services.AddSingleton(provider => new DeviceTrust(provider.GetRequiredService<DeviceEventService>(), provider.GetRequiredService<TimeProvider>())
        {
            ExpiredGrace = provider.GetRequiredService<SuretySettings>().Certificates.ExpiredGrace,
        });
        services.AddSingleton<DeviceTrustLoader>();
        services.AddSingleton<IssuedCertificates>();
        services.AddSingleton<CertificateLog>();
        services.AddSingleton<RevocationAddresses>();
        services.AddSingleton<RevocationLists>();
        services.AddSingleton<RootRevocationList>();
        services.AddSingleton<StatusResponder>();
        services.AddSingleton<CertificateRevocations>();
        services.AddSingleton<ICertificateIssuance, CertificateIssuance>();
        services.AddSingleton<TrustedCertificates>();
        services.AddSingleton<ServerCredentials>();
        services.AddSingleton<DeveloperCertificates>();
        services.AddSingleton<IExternalIssuer, CfsslIssuer>();
        services.AddSingleton<IExternalIssuer, EstIssuer>();
        services.AddSingleton<IExternalIssuer, GlobalSignIssuer>();
        services.AddSingleton<ExternalIssuers>();
        services.AddSingleton<CertificateIssuers>();
        services.AddSingleton<CertificateIssuerConfigs>();
        services.AddSingleton<CertificateRenewals>();
        services.AddHostedService(provider => provider.GetRequiredService<CertificateRenewals>());
        services.AddSingleton<CertificateCampaigns>();
        services.AddSingleton<CampaignEngine>();
        services.AddHostedService(provider => provider.GetRequiredService<CampaignEngine>());
        return services;
    }

    public static void MapCertificatesApi(this IEndpointRouteBuilder routes)
    {
        routes.MapTrustedCertificatesApi();
        routes.MapDeveloperCertificatesApi();
        routes.MapServerCredentialsApi();
        routes.MapCertificateIssuersApi();
        routes.MapCertificateEnrollmentsApi();
        routes.MapCertificateCampaignsApi();
        routes.MapCertificateLogApi();
        routes.MapCertificateRevocationApi();
        routes.MapRevocationApi();
    }
}
