namespace Surety.Coap;

/// <summary>A peer, and the endpoint through which it is reached.</summary>
/// <param name="Endpoint">The endpoint of ours that the peer speaks to.</param>
/// <param name="Key">The peer at that endpoint.</param>
public readonly record struct CoapPeer(CoapEndpoint Endpoint, PeerKey Key)
{
    /// <summary>What the peer has proven about itself.</summary>
    public PeerIdentity Identity => Endpoint.GetIdentity(Key);

    /// <inheritdoc/>
    public override string ToString() => Endpoint is null ? "(no peer)" : $"{Endpoint.Scheme}://{Endpoint.DescribePeer(Key)}";
}
