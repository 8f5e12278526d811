using Surety.Server.Hosting;

namespace Surety.Server.Features.Demo;

/// <summary>What <c>--demo</c> adds, and what simulated devices need.</summary>
internal static class DemoFeature
{
    public static IServiceCollection AddDemo(this IServiceCollection services, DemoOptions options)
    {
        services.AddSingleton<DemoFactories>().AddSingleton<DemoNetwork>();
        return options.Enabled ? services.AddHostedService<DemoDevices>() : services;
    }
}
