namespace Surety.Server.Features.Console;

/// <summary>The Management Console, a single-page application; its sources are in <c>console/</c>.</summary>
internal static class ConsoleFeature
{
    public static IServiceCollection AddConsole(this IServiceCollection services) => services.AddSingleton(_ => ConsoleFiles.OfAssembly);

    public static void UseConsole(this IApplicationBuilder app) => app.UseMiddleware<ConsoleMiddleware>();
}
