using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Connect;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>Enrolment over Secure Transport. Needs an <see cref="ICertificateIssuance"/>.</summary>
internal static class EstFeature
{
    public static IServiceCollection AddEst(this IServiceCollection services)
    {
        services.AddSingleton(new EstClients());
        services.AddSingleton<IEstAdmission>(provider => new EstAdmission(
            provider.GetRequiredService<DeviceAdmission>(), provider.GetService<IBootstrapAdmission>(), provider.GetRequiredService<SuretyDbFactory>()));
        services.AddSingleton(provider => new EstService(
            provider.GetRequiredService<ICertificateIssuance>(), ToOptions(provider.GetRequiredService<SuretySettings>().Est), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<EstHandler>();
        services.AddSingleton<EstHttp>();
        services.AddHostedService(provider => new EstHttpsListener(
            provider.GetRequiredService<SuretySettings>().Est.Https,
            provider.GetRequiredService<DeviceEndpoints>().Tls,
            provider.GetRequiredService<EstHttp>(),
            provider.GetRequiredService<StartupReport>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        return services;
    }

    private static EstOptions ToOptions(EstSettings settings) => new()
    {
        ServerKeyGeneration = settings.ServerKeyGeneration,
        EnrollmentsPerHour = settings.EnrollmentsPerHour,
    };
}
