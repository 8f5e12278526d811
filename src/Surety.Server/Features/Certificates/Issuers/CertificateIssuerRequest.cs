using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Certificates;

/// <summary>An external authority to be used.</summary>
internal sealed record CertificateIssuerRequest
{
    [Description("A name that no other issuer of the account has.")]
    [Required]
    [MaxLength(50)]
    public string? Name { get; init; }

    [Description("For people.")]
    [MaxLength(100)]
    public string? Description { get; init; }

    [Description("The protocol: GLOBAL_SIGN, CFSSL_AUTH, or EST (an addition of Surety).")]
    [Required]
    public CertificateIssuerType? IssuerType { get; init; }

    [Description("CFSSL_AUTH: host_url, cfssl_label, cfssl_profile. EST: host_url, est_label. Both: ca_certificate, PEM of the authority above the issuer's HTTPS server.")]
    public IReadOnlyDictionary<string, string>? IssuerAttributes { get; init; }

    [Description("CFSSL_AUTH: hmac_hex_key. GLOBAL_SIGN: api_key, api_secret, client_certificate, private_key, passphrase. EST: username and password, or client_certificate, private_key, passphrase. Never shown again.")]
    [Required]
    public IReadOnlyDictionary<string, string>? IssuerCredentials { get; init; }
}
