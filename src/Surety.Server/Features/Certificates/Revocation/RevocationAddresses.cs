using System.Security.Cryptography.X509Certificates;
using Surety.Pki;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Certificates;

/// <summary>Where others find revocation lists, the OCSP responder and the authority's certificate; nowhere unless <c>Surety:Certificates:PublicUrl</c> is set.</summary>
internal sealed class RevocationAddresses(SuretySettings settings)
{
    private readonly string? _base = settings.Certificates.PublicUrl?.AbsoluteUri.TrimEnd('/');

    /// <summary>The list of an authority's deltas.</summary>
    /// <param name="authority">See <see cref="PlatformAuthority.KeyIdOf"/>.</param>
    public IReadOnlyList<string> Delta(string authority) => At($"{RevocationApi.ListPath}/{authority}/delta.crl");

    /// <summary>The profile of a certificate that is to be issued, with the addresses of its issuer.</summary>
    public CertificateProfile AddTo(CertificateProfile profile, X509Certificate2 issuer)
    {
        if (_base is null)
            return profile;
        var authority = PlatformAuthority.KeyIdOf(issuer);
        return profile with
        {
            RevocationListUris = At($"{RevocationApi.ListPath}/{authority}.crl"),
            OcspUris = At(RevocationApi.OcspPath),
            IssuerUris = At($"{RevocationApi.AuthorityPath}/{authority}.cer"),
        };
    }

    private IReadOnlyList<string> At(string path) => _base is null ? [] : [_base + path];
}
