namespace Surety.Coap;

/// <summary>What came of verifying a peer's certificate: an identity, or what is wrong and what to do about it.</summary>
internal readonly record struct CertificateVerification(PeerIdentity.Certificate? Identity, string? Problem)
{
    public bool IsValid => Identity is not null;
}
