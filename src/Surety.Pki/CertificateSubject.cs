using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>The names in the subject of a certificate; those that are null are left out.</summary>
/// <param name="CommonName">CN: the name of an authority, or the endpoint name of a device.</param>
/// <param name="Organization">O.</param>
/// <param name="OrganizationalUnit">OU.</param>
/// <param name="Locality">L.</param>
public sealed record CertificateSubject(string CommonName, string? Organization = null, string? OrganizationalUnit = null, string? Locality = null)
{
    /// <summary>The longest common name, characters (RFC 5280, A.1: ub-common-name). OpenSSL and mbedTLS refuse to write longer ones.</summary>
    public const int MaxCommonNameLength = 64;

    /// <summary>The subject as it stands in the certificate.</summary>
    /// <exception cref="ArgumentException">The common name is empty or too long.</exception>
    public X500DistinguishedName ToDistinguishedName()
    {
        if (string.IsNullOrWhiteSpace(CommonName) || CommonName.Length > MaxCommonNameLength)
            throw new ArgumentException($"A common name has 1 to {MaxCommonNameLength} characters; '{CommonName}' does not.");
        var name = new X500DistinguishedNameBuilder();
        // The builder encodes from the last to the first: O, L, OU, CN, as is usual; the text form begins with the common name (RFC 4514, 2.1).
        name.AddCommonName(CommonName);
        if (OrganizationalUnit is not null)
            name.AddOrganizationalUnitName(OrganizationalUnit);
        if (Locality is not null)
            name.AddLocalityName(Locality);
        if (Organization is not null)
            name.AddOrganizationName(Organization);
        return name.Build();
    }
}
