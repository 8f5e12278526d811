namespace Surety.Server.Features.Certificates;

/// <summary>Whether a certificate is believed now (trusted-certificates, <c>status</c>). INACTIVE keeps out every device of the authority.</summary>
internal enum TrustedCertificateStatus
{
    Active,
    Inactive,
}
