using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using StackExchange.Redis;
using Surety.Server.Api;

namespace Surety.Server.Features.Cluster;

/// <summary>
/// Has another node answer a request: as it came, with its authorization, and its answer as that node gives it; bodies are passed on as they come. What was
/// forwarded once is not forwarded again.
/// </summary>
internal sealed partial class RequestForwarder(NodeClient client, ClusterNode node, TimeProvider time, ILogger<RequestForwarder> log)
{
    /// <summary>The header of a request that was forwarded: the node that did.</summary>
    public const string Header = "Surety-Forwarded-By";

    // A long poll is held for 25 seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // RFC 9110, 7.6.1: for one connection alone; and what the client or Kestrel sets.
    private static readonly FrozenSet<string> OwnHeaders = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Host", "Expect", Header, ClusterSecret.Header);

    /// <summary>Another node has sent the request here: whatever is known elsewhere, it is answered here.</summary>
    public static bool IsForwarded(HttpContext context) => context.Request.Headers.ContainsKey(Header);

    /// <exception cref="ApiException">503: the node is gone.</exception>
    public async Task ForwardAsync(HttpContext context, NodeInfo target)
    {
        var upgrade = context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } feature ? feature : null;
        using var response = await SendAsync(context, target, isUpgrade: upgrade is not null);
        if (response.StatusCode == System.Net.HttpStatusCode.SwitchingProtocols && upgrade is not null)
        {
            await TunnelAsync(context, upgrade, response);
            return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        CopyHeaders(context.Response, response.Headers);
        CopyHeaders(context.Response, response.Content.Headers);
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContext context, NodeInfo target, bool isUpgrade)
    {
        if (target.Address is null)
            throw ClusterErrors.NodeIsGone();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        using var request = Copy(context, target.Address, isUpgrade);
        try
        {
            return await client.SendAsync(request, either.Token);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            // Nothing was sent. It may have started again since it was heard last, elsewhere.
            if (await FindAgainAsync(target) is { } moved)
                return await SendAsync(context, moved, isUpgrade);
            throw Gone(context, target, error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            throw Gone(context, target, error);
        }
    }

    /// <summary>The node under its new address; null when it has none.</summary>
    private async Task<NodeInfo?> FindAgainAsync(NodeInfo target)
    {
        try
        {
            await node.ReadLivingAsync();
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return null;
        }

        return node.Living.TryGetValue(target.Node, out var found) && found.Run != target.Run ? found : null;
    }

    private ApiException Gone(HttpContext context, NodeInfo target, Exception error)
    {
        LogNotForwarded(context.Request.Method, context.Request.Path, target.Address!, error.Message);
        return ClusterErrors.NodeIsGone();
    }

    private HttpRequestMessage Copy(HttpContext context, string address, bool isUpgrade)
    {
        var from = context.Request;
        // As the client wrote it: decoding and encoding a path again may change it.
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw && raw[0] == '/' ? raw : from.Path + from.QueryString.ToString();
        var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(address + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && !isUpgrade)
            request.Content = new StreamContent(from.Body);
        foreach (var (name, values) in from.Headers)
        {
            if (!OwnHeaders.Contains(name) && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        request.Headers.TryAddWithoutValidation(Header, node.Id.ToString());
        if (isUpgrade)
        {
            request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
            request.Headers.TryAddWithoutValidation("Upgrade", (string?)from.Headers.Upgrade);
        }

        return request;
    }

    private static void CopyHeaders(HttpResponse to, HttpHeaders headers)
    {
        foreach (var (name, values) in headers.NonValidated)
        {
            if (!OwnHeaders.Contains(name))
                to.Headers[name] = values.ToArray();
        }
    }

    /// <summary>The connection is the two peers' own from here on; it ends when either does.</summary>
    private static async Task TunnelAsync(HttpContext context, IHttpUpgradeFeature upgrade, HttpResponseMessage response)
    {
        CopyHeaders(context.Response, response.Headers);
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = response.Headers.Upgrade.ToString();
        // Either side may rest.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        await using var near = await upgrade.UpgradeAsync();
        await using var far = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var there = CopyAsync(near, far, ending.Token);
        var back = CopyAsync(far, near, ending.Token);
        await Task.WhenAny(there, back);
        await ending.CancelAsync();
        await Task.WhenAll(there, back);
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        try
        {
            await from.CopyToAsync(to, cancellationToken);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has gone, so the other goes.
        }
    }

    [LoggerMessage(1831, LogLevel.Warning, "{Method} {Path} could not be forwarded to the node at {Address}: {Reason}")]
    private partial void LogNotForwarded(string method, string path, string address, string reason);
}
