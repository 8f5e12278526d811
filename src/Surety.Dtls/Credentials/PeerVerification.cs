namespace Surety.Dtls;

/// <summary>What came of verifying a peer.</summary>
/// <param name="Credential">What is proven once the peer has shown that it has the private key; null: it is refused.</param>
/// <param name="Alert">What a refused peer is told.</param>
/// <param name="Problem">What the operator is told.</param>
public readonly record struct PeerVerification(PeerCredential? Credential, AlertDescription Alert, string? Problem)
{
    /// <summary>The peer is believed.</summary>
    public static PeerVerification Accepted(PeerCredential credential) => new(credential, AlertDescription.CloseNotify, null);

    /// <summary>The peer is not believed.</summary>
    public static PeerVerification Refused(AlertDescription alert, string problem) => new(null, alert, problem);
}
