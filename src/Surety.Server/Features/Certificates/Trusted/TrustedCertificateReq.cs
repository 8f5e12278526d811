using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Certificates;

/// <summary>A certificate that is to be trusted.</summary>
internal sealed record TrustedCertificateReq
{
    [Description("PEM of the certificates from the root to the authority that issues for devices; with that one alone, signature is needed.")]
    [Required]
    [MaxLength(TrustedChain.MaxPemLength)]
    public string? Certificate { get; init; }

    [Description("For people.")]
    [MaxLength(500)]
    public string? Description { get; init; }

    [Description("Devices of this authority must be claimed before they can bootstrap (first-to-claim). Default false.")]
    public bool? EnrollmentMode { get; init; }

    [Description("A name that no other trusted certificate of the account has.")]
    [Required]
    [MaxLength(100)]
    public string? Name { get; init; }

    [Description("The server that believes it.")]
    [Required]
    public TrustedCertificateService? Service { get; init; }

    [Description("Base64 of the signature, with SHA-256, of the account id by the certificate's key.")]
    [MaxLength(2048)]
    public string? Signature { get; init; }

    [Description("An INACTIVE certificate keeps out every device of the authority. Default ACTIVE.")]
    public TrustedCertificateStatus? Status { get; init; }
}
