namespace Surety.Coap;

/// <summary>What protects the way to a peer.</summary>
/// <param name="Protocol"><c>DTLS 1.2</c>, <c>TLS 1.3</c>.</param>
/// <param name="CipherSuite">By its name in the registry of TLS.</param>
/// <param name="HasConnectionId">Records find their session by RFC 9146, whatever address they come from.</param>
public sealed record PeerSecurity(string Protocol, string CipherSuite, bool HasConnectionId)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Protocol}, {CipherSuite}{(HasConnectionId ? ", Connection ID" : "")}";
}
