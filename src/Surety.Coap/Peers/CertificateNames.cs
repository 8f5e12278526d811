using System.Security.Cryptography.X509Certificates;

namespace Surety.Coap;

/// <summary>The names in a certificate that this platform uses.</summary>
/// <param name="CommonName">CN: the endpoint name of a device.</param>
/// <param name="Organization">O.</param>
/// <param name="OrganizationalUnit">OU.</param>
/// <param name="Locality">L.</param>
public sealed record CertificateNames(string? CommonName, string? Organization, string? OrganizationalUnit, string? Locality)
{
    /// <summary>The names in the subject of <paramref name="certificate"/>; of repeated ones, the first.</summary>
    public static CertificateNames Read(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Read(certificate.SubjectName);
    }

    /// <summary>The names in a subject; of repeated ones, the first.</summary>
    public static CertificateNames Read(X500DistinguishedName subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        string? commonName = null, organization = null, unit = null, locality = null;
        foreach (X500RelativeDistinguishedName name in subject.EnumerateRelativeDistinguishedNames(reversed: false))
        {
            if (name.HasMultipleElements)
                continue;
            switch (name.GetSingleElementType().Value)
            {
                case "2.5.4.3":
                    commonName ??= name.GetSingleElementValue();
                    break;
                case "2.5.4.7":
                    locality ??= name.GetSingleElementValue();
                    break;
                case "2.5.4.10":
                    organization ??= name.GetSingleElementValue();
                    break;
                case "2.5.4.11":
                    unit ??= name.GetSingleElementValue();
                    break;
            }
        }

        return new(commonName, organization, unit, locality);
    }
}
