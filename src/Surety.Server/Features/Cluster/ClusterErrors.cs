using Surety.Server.Api;

namespace Surety.Server.Features.Cluster;

/// <summary>The failures of what needs another node. All of them pass: 503, try again.</summary>
internal static class ClusterErrors
{
    public static ApiException NoRedis() => Unavailable("The nodes of the platform cannot reach their common Redis, and this needs another node; try again in a while.");

    public static ApiException NodeIsGone() => Unavailable("The node of the platform that serves this is not there at the moment; try again in a while.");

    private static ApiException Unavailable(string message) => new(StatusCodes.Status503ServiceUnavailable, ErrorTypes.SystemUnavailable, message);
}
