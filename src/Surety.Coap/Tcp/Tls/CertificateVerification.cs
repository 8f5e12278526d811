namespace Surety.Coap;

/// <summary>What came of verifying a peer's certificate: the SHA-256 of the anchor that its chain ends in, or what is wrong and what to do about it.</summary>
internal readonly record struct CertificateVerification(byte[]? Anchor, string? Problem)
{
    public bool IsValid => Anchor is not null;
}
