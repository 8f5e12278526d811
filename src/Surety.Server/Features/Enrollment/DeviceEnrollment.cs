using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>
/// A device that an account says is its own, by the fingerprint of its bootstrap certificate. There is one for a fingerprint in all accounts.
/// (enrollment, EnrollmentIdentity.)
/// </summary>
[Audited("device_enrollment", Label = nameof(Fingerprint))]
internal sealed class DeviceEnrollment : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>SHA-256 of the device's bootstrap certificate, 64 hexadecimal digits, lower case.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>When the device came; null until then.</summary>
    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>The device in the directory; null until it came.</summary>
    public EntityId? EnrolledDeviceId { get; set; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>If the device has not come by then, the enrollment is no more.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    public EnrollmentFingerprint ToFingerprint() => new(Fingerprint);

    /// <summary>Those that are there at <paramref name="now"/>: an unclaimed one that has expired is not, whether or not its row is gone yet.</summary>
    public static System.Linq.Expressions.Expression<Func<DeviceEnrollment, bool>> IsThere(DateTimeOffset now) =>
        enrollment => enrollment.ClaimedAt != null || enrollment.ExpiresAt > now;

    /// <summary>Those whose rows may go at <paramref name="now"/>.</summary>
    public static System.Linq.Expressions.Expression<Func<DeviceEnrollment, bool>> IsExpired(DateTimeOffset now) =>
        enrollment => enrollment.ClaimedAt == null && enrollment.ExpiresAt <= now;
}
