namespace Surety.Server.Features.Certificates;

/// <summary>How far a renewal is (certificate-enrollments, <c>enroll_status</c>).</summary>
/// <remarks>The numbers are stored, and the database has an index of the new ones.</remarks>
internal enum CertificateEnrollmentStatus
{
    New = 0,
    Completed = 1,
}
