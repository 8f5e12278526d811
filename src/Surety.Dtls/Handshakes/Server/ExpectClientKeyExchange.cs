using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>RFC 5246, 7.4.7.</summary>
internal sealed class ExpectClientKeyExchange(ServerHandshake handshake) : HandshakeState
{
    public override async ValueTask<HandshakeState> HandleAsync(HandshakeMessage message)
    {
        if (message.Type != HandshakeType.ClientKeyExchange)
            throw Unexpected(message);
        (byte[] identity, byte[] publicKey) = Read(message, handshake.Suite);
        byte[] secret = [];
        if (handshake.Suite.HasEcdhe)
        {
            byte[] buffer = new byte[KeyShare.MaxSecretLength];
            secret = buffer[..handshake.DeriveSecret(publicKey, buffer)];
            CryptographicOperations.ZeroMemory(buffer);
        }

        byte[] premaster = handshake.Suite.HasPsk ? await handshake.FindPremasterAsync(identity, secret).ConfigureAwait(false) : secret;
        handshake.Agree(premaster);
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(premaster);
        return handshake.PeerPublicKey is null ? new ExpectFinished(handshake) : new ExpectCertificateVerify(handshake);
    }

    private static (byte[] Identity, byte[] PublicKey) Read(HandshakeMessage message, CipherSuite suite)
    {
        WireReader reader = message.Read();
        byte[] identity = suite.HasPsk ? reader.Vector16().ToArray() : [];
        byte[] publicKey = suite.HasEcdhe ? reader.Vector8().ToArray() : [];
        return reader.IsComplete ? (identity, publicKey) : throw Undecodable(message);
    }
}
