using System.Security.Cryptography.X509Certificates;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>What the client proves itself with to a server, and the one authority that it believes there.</summary>
/// <param name="Certificate">With its key.</param>
/// <param name="Intermediates">Shown along with it.</param>
/// <param name="Authority">Above the server's certificate.</param>
internal sealed record PelionIdentity(X509Certificate2 Certificate, X509Certificate2Collection Intermediates, X509Certificate2 Authority)
{
    /// <summary>The client starts its clock at 1970, and does without a second handshake only where everything was valid then (pelion-clients, 0).</summary>
    public bool Believes(X509Certificate2 server, X509Chain shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        return chain.Build(server) && chain.ChainElements.All(element => element.Certificate.NotBefore.ToUniversalTime() <= DateTime.UnixEpoch);
    }
}
