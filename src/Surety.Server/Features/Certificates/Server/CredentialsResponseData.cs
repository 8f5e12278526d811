namespace Surety.Server.Features.Certificates;

/// <summary>How to reach and believe a server.</summary>
internal sealed record CredentialsResponseData
{
    /// <summary>PEM of the authority above the server.</summary>
    public required string Certificate { get; init; }

    /// <summary>Scheme, host and port.</summary>
    public required string Url { get; init; }
}
