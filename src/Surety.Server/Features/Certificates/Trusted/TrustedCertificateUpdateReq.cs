using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Certificates;

/// <summary>What to change of a trusted certificate. A member that is absent or null stays as it is.</summary>
internal sealed record TrustedCertificateUpdateReq
{
    [Description("Another certificate, with the same demands as a new one.")]
    [MaxLength(TrustedChain.MaxPemLength)]
    public string? Certificate { get; init; }

    [Description("For people.")]
    [MaxLength(500)]
    public string? Description { get; init; }

    [Description("Devices of this authority must be claimed before they can bootstrap (first-to-claim).")]
    public bool? EnrollmentMode { get; init; }

    [Description("A name that no other trusted certificate of the account has.")]
    [MinLength(1, ErrorMessage = "must not be empty")]
    [MaxLength(100)]
    public string? Name { get; init; }

    [Description("The server that believes it; fixed for developer certificates.")]
    public TrustedCertificateService? Service { get; init; }

    [Description("Base64 of the signature, with SHA-256, of the account id by the key of the new certificate.")]
    [MaxLength(2048)]
    public string? Signature { get; init; }

    [Description("An INACTIVE certificate keeps out every device of the authority.")]
    public TrustedCertificateStatus? Status { get; init; }
}
