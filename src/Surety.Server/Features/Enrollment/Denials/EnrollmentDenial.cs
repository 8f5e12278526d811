using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>
/// A device that may not bootstrap although an account knows the authority of its certificate. One row for a device and authority: a device
/// that comes again and again changes its row.
/// </summary>
[NotAudited("what devices do")]
internal sealed class EnrollmentDenial : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>The trusted certificate that the device came under.</summary>
    public EntityId TrustedCertificateId { get; init; }

    /// <summary>The name that the device gave to itself.</summary>
    public required string EndpointName { get; init; }

    /// <summary>SHA-256 of the device's certificate, 64 hexadecimal digits, lower case.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; set; }

    /// <summary>How often.</summary>
    public int Count { get; set; } = 1;

    /// <summary>The first time.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last time.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
