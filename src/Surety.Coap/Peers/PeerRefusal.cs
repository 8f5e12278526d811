using Surety.Dtls;

namespace Surety.Coap;

/// <summary>Why a peer that has proven its identity is not dealt with.</summary>
/// <param name="Alert">What it is told over DTLS; for a certificate that is fine, <see cref="AlertDescription.AccessDenied"/> (RFC 5246, 7.2.2).</param>
/// <param name="Reason">In words: for the log, and for peers over TCP and TLS (RFC 8323, 5.6).</param>
public sealed record PeerRefusal(AlertDescription Alert, string Reason);
