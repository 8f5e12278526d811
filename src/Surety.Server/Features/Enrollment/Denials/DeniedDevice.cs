namespace Surety.Server.Features.Enrollment;

/// <summary>A device that was not let in, as the API shows it.</summary>
internal sealed record DeniedDevice
{
    /// <summary>Always <c>denied_device</c>.</summary>
    public string Object { get; init; } = "denied_device";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    /// <summary>The name that the device gave to itself.</summary>
    public required string EndpointName { get; init; }

    /// <summary>The trusted certificate that the device came under.</summary>
    public required EntityId TrustedCertificateId { get; init; }

    /// <summary>When it was refused first.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was refused last; an addition of Surety.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Why, in words; an addition of Surety.</summary>
    public required string Reason { get; init; }

    /// <summary>What would enroll the device; an addition of Surety.</summary>
    public required string EnrollmentIdentity { get; init; }

    /// <summary>How often it was refused; an addition of Surety.</summary>
    public required int Count { get; init; }

    public static DeniedDevice Of(EnrollmentDenial denial) => new()
    {
        Id = denial.Id,
        AccountId = denial.AccountId,
        EndpointName = denial.EndpointName,
        TrustedCertificateId = denial.TrustedCertificateId,
        CreatedAt = denial.CreatedAt,
        UpdatedAt = denial.UpdatedAt,
        Reason = denial.Reason,
        EnrollmentIdentity = new EnrollmentFingerprint(denial.Fingerprint).ToIdentity(),
        Count = denial.Count,
    };
}
