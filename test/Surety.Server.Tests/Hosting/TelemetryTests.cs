using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Surety.Server.Tests.Hosting;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Traces_and_metrics_go_to_the_collector_that_is_named()
    {
        var received = new ConcurrentBag<string>();
        await using var collector = await CollectorAsync(received);
        await using (var server = await TestServer.StartAsync($"--Surety:Telemetry:OtlpEndpoint={collector.Urls.Single()}"))
            await server.Admin.GetOkAsync("/v3/devices");
        Assert.Contains("/opentelemetry.proto.collector.trace.v1.TraceService/Export", received);
        Assert.Contains("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", received);
    }

    /// <summary>Takes what OTLP over gRPC sends, without reading it.</summary>
    private static async Task<WebApplication> CollectorAsync(ConcurrentBag<string> received)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            received.Add(context.Request.Path);
            context.Response.ContentType = "application/grpc";
            // An empty message, and the status of gRPC.
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        await app.StartAsync();
        return app;
    }
}
