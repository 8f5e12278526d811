namespace Surety.Server.Features.Users;

/// <summary>Where a sign-in comes from.</summary>
/// <param name="IpAddress">As the server sees it.</param>
/// <param name="UserAgent">What the program calls itself; cut to what the history keeps.</param>
internal sealed record LoginOrigin(string IpAddress, string UserAgent)
{
    private const int MaxUserAgentLength = 200;

    public static LoginOrigin Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString().Replace("\0", "", StringComparison.Ordinal);
        return new LoginOrigin(context.Connection.RemoteIpAddress?.ToString() ?? "", agent.Length <= MaxUserAgentLength ? agent : agent[..MaxUserAgentLength]);
    }
}
