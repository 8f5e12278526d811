using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;

namespace Surety.Server.Tests.Connect;

/// <summary>A device request belongs to the trace of the REST call that asked for it. (W3C Trace Context.)</summary>
public sealed class TraceTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    // The example of W3C Trace Context, 3.2.3.1.
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Theory]
    [InlineData("", "GET")]
    [InlineData("&b=UQ", "PUT")]
    public async Task The_span_of_the_device_request_is_in_the_trace_of_the_call(string binding, string method)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Surety" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync(binding);
        var id = await app.FindAsync(device.Name);
        if (binding.Length > 0)
            fixture.LetDevicesSleep();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/device-requests/{id}?async-id=traced")
        {
            Content = new StringContent($"{{\"method\":\"{method}\",\"uri\":\"/3303/0/5700\"}}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", "vendor=opaque");
        using (var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        if (binding.Length > 0)
            await device.UpdateAsync();
        Assert.Equal(200, (int)(await app.OutcomeAsync("traced"))["status"]!);

        await DeviceServerFixture.UntilAsync(() => spans.Any(span => IsOf(span, id)));
        var span = spans.Single(span => IsOf(span, id));
        Assert.Equal(TraceId, span.TraceId.ToHexString());
        Assert.Equal("vendor=opaque", span.TraceStateString);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal(ActivityStatusCode.Ok, span.Status);
        Assert.Equal("traced", span.GetTagItem("surety.async_id"));
        var call = spans.Single(other => other.Source.Name == "Microsoft.AspNetCore" && other.SpanId == span.ParentSpanId);
        Assert.Equal(TraceId, call.TraceId.ToHexString());
    }

    private static bool IsOf(Activity span, string device) => span.Source.Name == "Surety" && (string?)span.GetTagItem("surety.device.id") == device;
}
