namespace Surety.Server.Features.Certificates;

/// <summary>What became of a renewal (certificate-enrollments, <c>enroll_result</c>).</summary>
/// <remarks>The numbers are stored.</remarks>
internal enum CertificateEnrollmentResult
{
    Success = 0,
    Failure = 1,
}
