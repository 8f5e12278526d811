namespace Surety.Server.Features.Certificates;

/// <summary>How to reach and believe the platform's servers.</summary>
internal sealed record AllServerCredentialsResponseData
{
    public required CredentialsResponseData Bootstrap { get; init; }

    public required CredentialsResponseData Lwm2m { get; init; }
}
