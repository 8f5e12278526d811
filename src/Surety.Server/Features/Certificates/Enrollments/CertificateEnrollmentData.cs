using System.Globalization;
using System.Text.Json.Serialization;

namespace Surety.Server.Features.Certificates;

/// <summary>A renewal as the API shows it.</summary>
internal sealed record CertificateEnrollmentData
{
    /// <summary>Always <c>certificate-enrollment</c>.</summary>
    public string Object { get; init; } = "certificate-enrollment";

    public required EntityId Id { get; init; }

    public required EntityId DeviceId { get; init; }

    /// <summary>The name of the certificate on the device.</summary>
    public required string CertificateName { get; init; }

    public required CertificateEnrollmentStatus EnrollStatus { get; init; }

    /// <summary>When it is completed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required CertificateEnrollmentResult? EnrollResult { get; init; }

    /// <summary>Why it failed, in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? EnrollResultDetail { get; init; }

    public required string Etag { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public static CertificateEnrollmentData Of(CertificateEnrollment enrollment) => new()
    {
        Id = enrollment.Id,
        DeviceId = enrollment.DeviceId,
        CertificateName = enrollment.CertificateName,
        EnrollStatus = enrollment.Status,
        EnrollResult = enrollment.Result,
        EnrollResultDetail = enrollment.ResultDetail,
        Etag = enrollment.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = enrollment.CreatedAt,
        UpdatedAt = enrollment.UpdatedAt,
    };
}
