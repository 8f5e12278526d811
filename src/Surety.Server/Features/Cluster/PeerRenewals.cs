using System.Net;
using System.Text.Json;
using Surety.Server.Api;
using Surety.Server.Features.Certificates;

namespace Surety.Server.Features.Cluster;

/// <summary>Has devices of other nodes renew their certificates, for campaigns, which one node runs.</summary>
internal sealed class PeerRenewals(NodeClient client)
{
    private const string Path = "/internal/devices/";

    /// <summary>Orders a device that is registered at a node to renew.</summary>
    /// <returns>The certificate enrollment.</returns>
    /// <exception cref="ApiException">What that node answers; 503: it is gone.</exception>
    public async Task<EntityId> RenewAsync(NodeInfo node, EntityId account, EntityId device, string certificateName, CancellationToken cancellationToken)
    {
        try
        {
            var (status, body) = await client.AskAsync(
                node, HttpMethod.Post, $"{Path}{device}/renewals?account={account}&name={Uri.EscapeDataString(certificateName)}", default, cancellationToken);
            var answer = JsonSerializer.Deserialize<Answer>(body) ?? throw ClusterErrors.NodeIsGone();
            return status == HttpStatusCode.OK && EntityId.TryParse(answer.Id, out var enrollment)
                ? enrollment
                : throw new ApiException((int)status, answer.Type ?? ErrorTypes.ForStatus((int)status), answer.Message ?? "");
        }
        catch (Exception error) when (error is HttpRequestException or JsonException)
        {
            throw ClusterErrors.NodeIsGone();
        }
    }

    /// <summary>Answers other nodes.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapInternal("POST", Path + "{device}/renewals", async (context, _) =>
    {
        var query = context.Request.Query;
        if (!EntityId.TryParse(context.GetRouteValue("device") as string, out var device) || !EntityId.TryParse(query["account"], out var account))
            return Results.NotFound();
        try
        {
            var enrollment = await context.RequestServices.GetRequiredService<CertificateRenewals>().RenewAsync(account, device, query["name"].ToString(), context.RequestAborted);
            return Write(StatusCodes.Status200OK, new Answer(enrollment.Id.ToString(), null, null));
        }
        catch (ApiException error)
        {
            return Write(error.Status, new Answer(null, error.Type, error.Message));
        }
    });

    private static IResult Write(int status, Answer answer) => Results.Text(JsonSerializer.Serialize(answer), "application/json", statusCode: status);

    private sealed record Answer(string? Id, string? Type, string? Message);
}
