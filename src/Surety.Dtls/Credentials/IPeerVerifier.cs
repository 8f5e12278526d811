namespace Surety.Dtls;

/// <summary>Decides whose certificates and raw public keys are believed. Called from any thread.</summary>
public interface IPeerVerifier
{
    /// <summary>Verifies a chain, all of it: path, validity, usage, revocation; and the name, of a server.</summary>
    /// <param name="chain">DER, the peer's own certificate first; at least one.</param>
    /// <param name="isServer">The peer is the server.</param>
    /// <param name="serverName">The host that the certificate must be for; null: any.</param>
    /// <param name="now">The time.</param>
    PeerVerification VerifyCertificate(IReadOnlyList<byte[]> chain, bool isServer, string? serverName, DateTimeOffset now);

    /// <summary>Decides whether a raw public key is known (RFC 7250). The default: none is.</summary>
    /// <param name="subjectPublicKeyInfo">DER.</param>
    /// <param name="isServer">The peer is the server.</param>
    PeerVerification VerifyRawPublicKey(ReadOnlyMemory<byte> subjectPublicKeyInfo, bool isServer) =>
        PeerVerification.Refused(AlertDescription.CertificateUnknown, "raw public keys are not accepted here");

    /// <summary>Asked when a session is resumed: the credential that was verified then is still good. The default: it is.</summary>
    bool IsStillTrusted(PeerCredential credential, DateTimeOffset now) => true;
}
