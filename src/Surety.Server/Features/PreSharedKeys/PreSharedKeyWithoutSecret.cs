namespace Surety.Server.Features.PreSharedKeys;

/// <summary>A key as the API shows it: never the secret.</summary>
internal sealed record PreSharedKeyWithoutSecret
{
    public required string EndpointName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
