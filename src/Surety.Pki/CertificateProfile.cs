using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>What a certificate says, but for the key and the issuer (RFC 5280, 4.2; RFC 7925, 4.4.4).</summary>
public sealed record CertificateProfile
{
    /// <summary>id-kp-serverAuth</summary>
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>id-kp-clientAuth</summary>
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>id-kp-OCSPSigning</summary>
    public const string OcspSigning = "1.3.6.1.5.5.7.3.9";

    /// <summary>Whose certificate it is.</summary>
    public required CertificateSubject Subject { get; init; }

    /// <summary>Its time.</summary>
    public required ValidityPeriod Validity { get; init; }

    /// <summary>What the key may do; critical.</summary>
    public X509KeyUsageFlags KeyUsage { get; init; } = X509KeyUsageFlags.DigitalSignature;

    /// <summary>Object identifiers of what the certificate is for; empty: anything.</summary>
    public IReadOnlyList<string> ExtendedKeyUsage { get; init; } = [];

    /// <summary>The subject may issue certificates.</summary>
    public bool IsAuthority { get; init; }

    /// <summary>Authorities that may stand between this one and the end of a chain; null: any number.</summary>
    public int? PathLength { get; init; }

    /// <summary>DNS names in subjectAltName.</summary>
    public IReadOnlyList<string> DnsNames { get; init; } = [];

    /// <summary>Addresses in subjectAltName.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>URIs in subjectAltName, <c>urn:dev:...</c> for instance.</summary>
    public IReadOnlyList<string> Uris { get; init; } = [];

    /// <summary>Names that an authority may give; critical.</summary>
    public NameConstraints? NameConstraints { get; init; }

    /// <summary>Where the issuer's revocation list is (cRLDistributionPoints).</summary>
    public IReadOnlyList<string> RevocationListUris { get; init; } = [];

    /// <summary>Where the issuer's OCSP responder is (authorityInfoAccess).</summary>
    public IReadOnlyList<string> OcspUris { get; init; } = [];

    /// <summary>Where the issuer's certificate is (authorityInfoAccess).</summary>
    public IReadOnlyList<string> IssuerUris { get; init; } = [];

    /// <summary>The certificate's own status is not to be asked for (id-pkix-ocsp-nocheck).</summary>
    public bool IsExemptFromStatus { get; init; }

    /// <summary>A certificate authority.</summary>
    /// <param name="subject">Its names.</param>
    /// <param name="validity">Its time; what it issues ends no later.</param>
    /// <param name="pathLength">0 for one that issues end certificates alone.</param>
    public static CertificateProfile Authority(CertificateSubject subject, ValidityPeriod validity, int? pathLength = null) => new()
    {
        Subject = subject,
        Validity = validity,
        KeyUsage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
        IsAuthority = true,
        PathLength = pathLength,
    };

    /// <summary>A root: it signs intermediates and revocation lists, offline.</summary>
    public static CertificateProfile Root(CertificateSubject subject, ValidityPeriod validity) => Authority(subject, validity);

    /// <summary>An authority that issues end certificates alone.</summary>
    public static CertificateProfile Intermediate(CertificateSubject subject, ValidityPeriod validity) => Authority(subject, validity, pathLength: 0);

    /// <summary>The authority of a factory: certificates for devices, whose names are bounded.</summary>
    /// <param name="subject">Its names.</param>
    /// <param name="validity">Its time.</param>
    /// <param name="constraints">What its devices may be called; see <see cref="NameConstraints.Within"/>.</param>
    public static CertificateProfile DeviceFactory(CertificateSubject subject, ValidityPeriod validity, NameConstraints constraints) =>
        Intermediate(subject, validity) with { NameConstraints = constraints };

    /// <summary>A server, known by its host names and addresses; the first of them is its common name as well.</summary>
    /// <param name="hosts">DNS names and IP addresses, at least one.</param>
    /// <param name="validity">Its time.</param>
    public static CertificateProfile Server(IEnumerable<string> hosts, ValidityPeriod validity)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        string[] all = [.. hosts];
        if (all.Length == 0)
            throw new ArgumentException("A server has at least one name or address.", nameof(hosts));
        string name = all[0].Length <= CertificateSubject.MaxCommonNameLength ? all[0] : all[0][..CertificateSubject.MaxCommonNameLength];
        return new()
        {
            Subject = new CertificateSubject(name),
            Validity = validity,
            ExtendedKeyUsage = [ServerAuthentication],
            DnsNames = [.. all.Where(host => !IPAddress.TryParse(host, out _))],
            Addresses = [.. all.Select(host => IPAddress.TryParse(host, out IPAddress? address) ? address : null).OfType<IPAddress>()],
        };
    }

    /// <summary>A device, whose common name is its endpoint name.</summary>
    public static CertificateProfile Device(CertificateSubject subject, ValidityPeriod validity) => new()
    {
        Subject = subject,
        Validity = validity,
        ExtendedKeyUsage = [ClientAuthentication],
    };

    /// <summary>A responder that answers for an authority (RFC 6960, 4.2.2.2). Nobody asks about it: it lives for days (4.2.2.2.1).</summary>
    public static CertificateProfile OcspResponder(CertificateSubject subject, ValidityPeriod validity) => new()
    {
        Subject = subject,
        Validity = validity,
        ExtendedKeyUsage = [OcspSigning],
        IsExemptFromStatus = true,
    };
}
