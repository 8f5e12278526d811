using Surety.Server.Api.Filters;

namespace Surety.Server.Features.Certificates;

/// <summary>The fields that renewals can be filtered by. (certificates, "Certificate enrollments".)</summary>
internal static class CertificateEnrollmentFilters
{
    public static readonly FilterSet<CertificateEnrollment> All = new FilterSet<CertificateEnrollment>()
        .Equality("certificate_name", enrollment => enrollment.CertificateName, CertificateIssuerConfigs.Normalize)
        .Equality("device_id", enrollment => enrollment.DeviceId, value => EntityId.TryParse(value.Trim(), out var id) ? id : throw new FormatException("must be an id of 32 hexadecimal digits"))
        .Time("created_at", enrollment => enrollment.CreatedAt)
        .Time("updated_at", enrollment => enrollment.UpdatedAt)
        .Choice("enroll_result", enrollment => enrollment.Result!.Value)
        .Choice("enroll_status", enrollment => enrollment.Status);
}
