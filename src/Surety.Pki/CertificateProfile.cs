using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>What a certificate says, but for the key and the issuer (RFC 5280, 4.2; RFC 7925, 4.4.4).</summary>
public sealed record CertificateProfile
{
    /// <summary>id-kp-serverAuth</summary>
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>id-kp-clientAuth</summary>
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

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

    /// <summary>A request that says all this, for <paramref name="key"/>.</summary>
    internal CertificateRequest ToRequest(PublicKey key, X509SubjectKeyIdentifierExtension? issuerKey)
    {
        var request = new CertificateRequest(Subject.ToDistinguishedName(), key, HashAlgorithmName.SHA256);
        var subjectKey = new X509SubjectKeyIdentifierExtension(key, X509SubjectKeyIdentifierHashAlgorithm.ShortSha256, critical: false);
        // RFC 5280, 4.2.1.9: the extension stands in authorities' certificates, critical; RFC 7925, 4.4.4 has it there alone.
        if (IsAuthority)
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, PathLength is not null, PathLength ?? 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(KeyUsage, critical: true));
        if (ExtendedKeyUsage.Count > 0)
        {
            OidCollection purposes = [];
            foreach (string purpose in ExtendedKeyUsage)
                purposes.Add(new Oid(purpose));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes, critical: false));
        }

        if (DnsNames.Count + Addresses.Count > 0)
            request.CertificateExtensions.Add(AlternativeNames());
        request.CertificateExtensions.Add(subjectKey);
        // RFC 5280, 4.2.1.1: a self-signed certificate may leave it out, and names its own key here.
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuerKey ?? subjectKey));
        return request;
    }

    private X509Extension AlternativeNames()
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (string name in DnsNames)
            names.AddDnsName(name);
        foreach (IPAddress address in Addresses)
            names.AddIpAddress(address);
        return names.Build();
    }
}
