using Surety.Server.Hosting;

namespace Surety.Server.Features.Demo;

/// <summary>What <c>--demo</c> adds.</summary>
internal static class DemoFeature
{
    public static IServiceCollection AddDemo(this IServiceCollection services, DemoOptions options) =>
        options.Enabled ? services.AddSingleton<DemoFactory>().AddHostedService<DemoDevices>() : services;
}
