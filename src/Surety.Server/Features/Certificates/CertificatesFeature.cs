namespace Surety.Server.Features.Certificates;

/// <summary>The platform's certificates.</summary>
internal static class CertificatesFeature
{
    public static IServiceCollection AddCertificates(this IServiceCollection services) => services.AddSingleton<PlatformAuthority>();
}
