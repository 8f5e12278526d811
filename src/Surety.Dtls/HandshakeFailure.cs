namespace Surety.Dtls;

/// <summary>Why a handshake failed.</summary>
/// <param name="Peer">With whom.</param>
/// <param name="Number">What <see cref="DtlsEngine.Connect"/> gave; of the server's side, nothing that was seen before.</param>
/// <param name="IsServer">We were the server.</param>
/// <param name="Alert">What was told, by us or by the peer.</param>
/// <param name="Message">For people.</param>
public readonly record struct HandshakeFailure(PeerAddress Peer, ulong Number, bool IsServer, AlertDescription Alert, string Message);
