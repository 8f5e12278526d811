using System.Net;
using System.Text.Json;
using StackExchange.Redis;
using Surety.Server.Features.Connect;

namespace Surety.Server.Features.Cluster;

/// <summary>Asks every other node for the devices that are registered there.</summary>
internal sealed class PeerEndpoints(ClusterNode node, NodeClient client) : IPeerEndpoints
{
    private const string Path = "/internal/endpoints/";

    public async Task<IReadOnlyList<EndpointInfo>> ListAsync(EntityId account, string? type, CancellationToken cancellationToken)
    {
        try
        {
            // One that has come just now counts.
            await node.ReadLivingAsync();
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            // Those that are known are asked all the same.
        }

        var others = node.Living.Values.Where(other => other.Node != node.Id && other.Address is not null);
        var lists = await Task.WhenAll(others.Select(other => AskAsync(other, $"{Path}{account}?type={Uri.EscapeDataString(type ?? "")}", cancellationToken)));
        return [.. lists.SelectMany(list => list)];
    }

    /// <summary>Answers other nodes.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapInternal("GET", Path + "{account}", (context, _) =>
    {
        var connect = context.RequestServices.GetRequiredService<ConnectService>();
        return Task.FromResult(EntityId.TryParse(context.GetRouteValue("account") as string, out var account)
            ? Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(connect.ListHere(account, context.Request.Query["type"])), "application/json")
            : Results.NotFound());
    });

    private async Task<List<EndpointInfo>> AskAsync(NodeInfo other, string path, CancellationToken cancellationToken)
    {
        try
        {
            var (status, body) = await client.AskAsync(other, HttpMethod.Get, path, default, cancellationToken);
            return status == HttpStatusCode.OK ? JsonSerializer.Deserialize<List<EndpointInfo>>(body) ?? [] : throw ClusterErrors.NodeIsGone();
        }
        catch (HttpRequestException)
        {
            // A list that lacks some would be taken for the whole.
            throw ClusterErrors.NodeIsGone();
        }
    }
}
