namespace Surety.Server.Features.Certificates;

/// <summary>What became of a request for a certificate.</summary>
internal abstract record EstOutcome
{
    private EstOutcome()
    {
    }

    /// <summary>The certificate is there.</summary>
    /// <param name="Issued">The certificate, and its issuers.</param>
    /// <param name="PrivateKey">PKCS #8 of the key that the server has made; null: the device has made it.</param>
    public sealed record Enrolled(IssuedCertificate Issued, ReadOnlyMemory<byte>? PrivateKey) : EstOutcome;

    /// <summary>The issuer takes longer: the same request, later, gets the certificate (RFC 7030, 4.2.3; RFC 9148, 4.7).</summary>
    /// <param name="RetryAfter">When.</param>
    public sealed record Pending(TimeSpan RetryAfter) : EstOutcome;

    /// <summary>The device asks too often.</summary>
    /// <param name="RetryAfter">When it may ask again.</param>
    public sealed record TooMany(TimeSpan RetryAfter) : EstOutcome;
}
