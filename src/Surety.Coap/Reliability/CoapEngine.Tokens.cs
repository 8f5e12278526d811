namespace Surety.Coap;

internal sealed partial class CoapEngine
{
    private const int MaxStackToken = 256;

    // Requests whose caller chose the token. Those to a multicast group stand under no peer: anyone may respond.
    private readonly Dictionary<(PeerKey Peer, CoapToken Token), Exchange> _byToken = [];
    private readonly SlotTable<Exchange> _exchanges;

    private Exchange? FindByToken(in PeerKey peer, ReadOnlySpan<byte> bytes)
    {
        var token = new CoapToken(bytes);
        if (_exchanges.TryFind(token, out Exchange? candidate) && candidate is { Message: not null, ExpectsResponse: true }
            && (candidate.Peer.Key == peer || candidate.Peer.Key.IsMulticast) && candidate.Token == token)
            return candidate;
        if (_byToken.Count == 0)
            return null;
        return _byToken.TryGetValue((peer, token), out Exchange? exchange) || _byToken.TryGetValue((default, token), out exchange) ? exchange : null;
    }

    private static (PeerKey Peer, CoapToken Token) TokenKey(Exchange exchange) =>
        (exchange.Peer.Key.IsMulticast ? default : exchange.Peer.Key, exchange.Token);
}
