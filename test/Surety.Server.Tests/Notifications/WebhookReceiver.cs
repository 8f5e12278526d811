using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Surety.Server.Tests.Notifications;

/// <summary>Where an application takes webhooks, and what came.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>What it answers to all but tests.</summary>
    public Func<int> Status { get; set; } = () => 204;

    /// <summary>What it answers to the test when it is set up.</summary>
    public int TestStatus { get; set; } = 200;

    /// <summary>Where an answer of 3xx leads.</summary>
    public string RedirectsTo { get; set; } = "http://127.0.0.1:1/elsewhere";

    /// <summary>Bodies that were answered with 200 or 204, in order; not those of tests.</summary>
    public ConcurrentQueue<JsonNode> Taken { get; } = new();

    /// <summary>Requests, refused ones and tests too.</summary>
    public ConcurrentQueue<(string Method, string Path, IHeaderDictionary Headers)> Requests { get; } = new();

    public string Url => $"{_app.Urls.Single()}/hook";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public IEnumerable<JsonNode> Events(string member) => Taken.SelectMany(body => body[member]?.AsArray() ?? []).Select(item => item!);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
        Requests.Enqueue((context.Request.Method, context.Request.Path, new HeaderDictionary(context.Request.Headers.ToDictionary())));
        if (body == "{}")
        {
            context.Response.StatusCode = TestStatus;
            context.Response.Headers.Location = RedirectsTo;
            return;
        }

        var status = Status();
        if (status is 200 or 204)
            Taken.Enqueue(JsonNode.Parse(body)!);
        context.Response.StatusCode = status;
        if (status is >= 300 and < 400)
            context.Response.Headers.Location = RedirectsTo;
    }
}
