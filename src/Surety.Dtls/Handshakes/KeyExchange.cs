namespace Surety.Dtls;

/// <summary>How the two agree on the premaster secret, and how they prove who they are.</summary>
internal enum KeyExchange : byte
{
    /// <summary>RFC 4279, 2.</summary>
    Psk,

    /// <summary>RFC 5489, 2: a pre-shared key, with forward secrecy.</summary>
    EcdhePsk,

    /// <summary>RFC 8422, 2: certificates or raw public keys.</summary>
    EcdheEcdsa,
}
