using Surety.Dtls;

namespace Surety.Coap;

/// <summary>Verifies servers that are known by their certificate or its issuer, whatever name is in it.</summary>
internal sealed class AnyNameVerifier(IPeerVerifier inner) : IPeerVerifier
{
    public PeerVerification VerifyCertificate(IReadOnlyList<byte[]> chain, bool isServer, string? serverName, DateTimeOffset now) =>
        inner.VerifyCertificate(chain, isServer, serverName: null, now);

    public PeerVerification VerifyRawPublicKey(ReadOnlyMemory<byte> subjectPublicKeyInfo, bool isServer) => inner.VerifyRawPublicKey(subjectPublicKeyInfo, isServer);

    public bool IsStillTrusted(PeerCredential credential, DateTimeOffset now) => inner.IsStillTrusted(credential, now);
}
