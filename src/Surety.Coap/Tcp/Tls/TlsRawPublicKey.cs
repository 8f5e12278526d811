using System.Security.Cryptography;
using Surety.Dtls;

namespace Surety.Coap;

/// <summary>A key of ours that is shown without a certificate (RFC 7250).</summary>
/// <param name="key">Has its private part: on P-256 or P-384.</param>
/// <exception cref="ArgumentException">It is a key of another kind.</exception>
public sealed class TlsRawPublicKey(ECDsa key)
{
    /// <summary>DER of the SubjectPublicKeyInfo: what peers know of it.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => Dtls.SubjectPublicKeyInfo;

    /// <summary>One object for all connections: a session is resumed with the credential that it was made with.</summary>
    internal DtlsCertificate Dtls { get; } = new(key);
}
