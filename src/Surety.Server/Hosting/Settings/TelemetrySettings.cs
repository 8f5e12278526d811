namespace Surety.Server.Hosting.Settings;

/// <summary>Traces and metrics over OTLP.</summary>
internal sealed record TelemetrySettings
{
    /// <summary>The collector. Default none: nothing is sent, unless the standard variable OTEL_EXPORTER_OTLP_ENDPOINT names one.</summary>
    public required Uri? OtlpEndpoint { get; init; }

    public static TelemetrySettings Read(SettingsReader reader) => new()
    {
        OtlpEndpoint = reader.HttpUri("Telemetry:OtlpEndpoint", "OpenTelemetry collector, for example http://localhost:4317"),
    };
}
