using System.Globalization;
using Microsoft.Extensions.Configuration.Memory;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Hosting;

/// <summary>The values that hold unless the operator sets others, of ASP.NET's own keys and of what <c>--demo</c> changes: the lowest source of the configuration.</summary>
internal static class DefaultConfiguration
{
    /// <summary>REST and console; this machine only, because the API key travels in the clear.</summary>
    public const string Urls = "http://127.0.0.1:8080";

    public static void Apply(IConfigurationBuilder builder, IConfiguration configuration, bool isDemo)
    {
        var values = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            // EF Core reports every failed statement as an error, also one that is answered with 409; what matters is logged by who asked.
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Critical",
            ["Logging:LogLevel:Microsoft.Hosting"] = "Warning",
            // The base class reports every refused key under our name; who has none must not fill the log.
            [$"Logging:LogLevel:{typeof(ApiKeyAuthentication).FullName}"] = "Warning",
            ["Logging:Console:FormatterName"] = ConsoleLine.Name,
        };
        // Container images set the ports only; Urls would win over them.
        if (configuration["Http_Ports"] is null && configuration["Https_Ports"] is null)
            values["Urls"] = Urls;
        // Several nodes have none.
        if (isDemo && configuration[$"{SettingsReader.Root}:Cluster:Redis"] is null)
            values[$"{SettingsReader.Root}:{SimulatedDevicesSettings.Key}"] = SimulatedDevicesSettings.OfDemo.ToString(CultureInfo.InvariantCulture);
        builder.Sources.Insert(0, new MemoryConfigurationSource { InitialData = values });
    }
}
