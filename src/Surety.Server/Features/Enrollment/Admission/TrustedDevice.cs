using System.Security.Cryptography;
using Surety.Coap;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Directory;

namespace Surety.Server.Features.Enrollment;

/// <summary>What is known of an applicant that has a certificate.</summary>
/// <param name="Applicant">The applicant.</param>
/// <param name="Fingerprint">Of its certificate.</param>
/// <param name="CommonName">The name in its certificate; null when there is none.</param>
/// <param name="OrganizationalUnit">The organizational unit in its certificate; null when there is none.</param>
/// <param name="Anchor">SHA-256 of the trust anchor that its chain ends in, hexadecimal, lower case.</param>
/// <param name="NotAfter">The last day of its certificate.</param>
internal sealed record TrustedDevice(
    BootstrapApplicant Applicant, EnrollmentFingerprint Fingerprint, string? CommonName, string? OrganizationalUnit, string Anchor, DateOnly NotAfter)
{
    /// <summary>The name that it gives to itself, as far as it can be stored.</summary>
    public string DisplayName =>
        DeviceIdentity.IsStorable(Applicant.EndpointName) ? Applicant.EndpointName
        : DeviceIdentity.IsStorable(CommonName) ? CommonName
        : "";

    public static TrustedDevice Of(BootstrapApplicant applicant, PeerIdentity.Certificate certificate)
    {
        var names = ReadNames(certificate);
        return new TrustedDevice(
            applicant,
            EnrollmentFingerprint.OfThumbprint(certificate.Thumbprint.Span),
            names?.CommonName is { Length: > 0 } name ? name : null,
            names?.OrganizationalUnit,
            Convert.ToHexStringLower(certificate.TrustAnchorThumbprint.Span),
            DateOnly.FromDateTime(certificate.NotAfter.UtcDateTime));
    }

    /// <summary>What the device's record is to say.</summary>
    public DeviceEnrolment ToEnrolment(EntityId accountId, string endpointName) => new(accountId, endpointName)
    {
        DeviceKey = Fingerprint.ToOctets(),
        IssuerFingerprint = Anchor,
        BootstrapExpirationDate = NotAfter,
    };

    // A chain is verified whatever bytes its authority has let into a name.
    private static CertificateNames? ReadNames(PeerIdentity.Certificate certificate)
    {
        try
        {
            return certificate.Subject;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
