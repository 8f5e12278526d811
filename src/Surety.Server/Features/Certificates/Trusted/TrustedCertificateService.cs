namespace Surety.Server.Features.Certificates;

/// <summary>The server that believes a certificate (trusted-certificates, <c>service</c>).</summary>
internal enum TrustedCertificateService
{
    Lwm2m,
    Bootstrap,
}
