using System.Globalization;

namespace Surety.Server.Features.Enrollment;

/// <summary>An enrollment as the API shows it.</summary>
internal sealed record EnrollmentIdentity
{
    /// <summary>Always <c>enrollment</c>.</summary>
    public string Object { get; init; } = "enrollment";

    /// <summary>The id of this resource, not the identity.</summary>
    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    /// <summary>Always in upper case, however it was written.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("enrollment_identity")]
    public required string Identity { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the device came and was claimed; null until then.</summary>
    public required DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>The device in the directory; null until it came.</summary>
    public required EntityId? EnrolledDeviceId { get; init; }

    /// <summary>An enrollment whose device has not come by then is dropped.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required string Etag { get; init; }

    public static EnrollmentIdentity Of(DeviceEnrollment enrollment) => new()
    {
        Id = enrollment.Id,
        AccountId = enrollment.AccountId,
        Identity = enrollment.ToFingerprint().ToIdentity(),
        CreatedAt = enrollment.CreatedAt,
        ClaimedAt = enrollment.ClaimedAt,
        EnrolledDeviceId = enrollment.EnrolledDeviceId,
        ExpiresAt = enrollment.ExpiresAt,
        Etag = enrollment.Version.ToString(CultureInfo.InvariantCulture),
    };
}
