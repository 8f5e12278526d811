namespace Surety.Server.Features.Certificates;

/// <summary>What became of a test certificate.</summary>
internal sealed record CertificateIssuerVerifyResponse
{
    public required bool Successful { get; init; }

    /// <summary>For people.</summary>
    public required string Message { get; init; }
}
