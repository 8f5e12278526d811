namespace Surety.Client;

/// <summary>What a developer certificate is made of.</summary>
public sealed record DeveloperCertificateRequest
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }
}
