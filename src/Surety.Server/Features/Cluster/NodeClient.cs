using System.Net;

namespace Surety.Server.Features.Cluster;

/// <summary>HTTP to other nodes. Connections are kept; nothing is followed, decoded or remembered.</summary>
internal sealed class NodeClient(SignedRequests requests) : IDisposable
{
    // A node of the same network answers at once, or is gone.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        ActivityHeadersPropagator = null,
    });

    /// <summary>Sends a request on; the answer's body is not read yet.</summary>
    /// <exception cref="HttpRequestException">The node is not there.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _client.SendAsync(request, cancellationToken);

    /// <summary>Asks something that nodes alone may ask, with proof that this is one.</summary>
    /// <returns>Status and body.</returns>
    /// <exception cref="HttpRequestException">The node is not there, or does not answer in time.</exception>
    public async Task<(HttpStatusCode Status, byte[] Body)> AskAsync(NodeInfo node, HttpMethod method, string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (node.Address is null)
            throw new HttpRequestException("the node has just started");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(method, node.Address + path) { Content = new ReadOnlyMemoryContent(body) };
        request.Headers.TryAddWithoutValidation(ClusterSecret.Header, requests.Sign(method.Method, path, body.Span));
        try
        {
            using var response = await _client.SendAsync(request, patience.Token);
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(patience.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("the node does not answer");
        }
    }

    public void Dispose() => _client.Dispose();
}
