using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Hosting;

/// <summary>Traces and metrics. They are measured always and sent only when a collector is named.</summary>
internal static class Telemetry
{
    /// <summary>The name of the source of traces and of the meter.</summary>
    public const string Name = "Surety";

    private const string StandardVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Spans of the platform beyond those of ASP.NET Core.</summary>
    public static readonly ActivitySource Source = new(Name, SuretyHost.Version);

    /// <summary>Instruments of the platform; name them <c>surety.subject.thing</c>, with a unit.</summary>
    public static readonly Meter Meter = new(Name, SuretyHost.Version);

    public static void AddTelemetry(this IServiceCollection services, TelemetrySettings settings, IConfiguration configuration)
    {
        if (settings.OtlpEndpoint is null && string.IsNullOrEmpty(configuration[StandardVariable]))
            return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Name.ToLowerInvariant(), serviceVersion: SuretyHost.Version))
            .WithTracing(traces => traces.AddSource(Name).AddAspNetCoreInstrumentation().AddOtlpExporter(Point))
            .WithMetrics(metrics => metrics.AddMeter(Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddOtlpExporter(Point));

        // Without a setting of ours the exporter reads the standard variables itself.
        void Point(OtlpExporterOptions exporter)
        {
            if (settings.OtlpEndpoint is { } endpoint)
                exporter.Endpoint = endpoint;
        }
    }
}
