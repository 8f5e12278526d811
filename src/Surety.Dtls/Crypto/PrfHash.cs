namespace Surety.Dtls;

/// <summary>The hash of the PRF and of the handshake's transcript (RFC 5246, 5).</summary>
internal enum PrfHash : byte
{
    Sha256,
    Sha384,
}
