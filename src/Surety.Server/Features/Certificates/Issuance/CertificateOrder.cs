using Surety.Pki;

namespace Surety.Server.Features.Certificates;

/// <summary>A certificate that a device asks for.</summary>
/// <param name="AccountId">Whose device it is.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="EndpointName">Its endpoint name: the common name of the certificate.</param>
/// <param name="CertificateName">The name that the certificate has on the device, <see cref="Lwm2m"/> for the one it registers with; it chooses the issuer (certificate-issuer-configurations, <c>reference</c>).</param>
/// <param name="Request">What the device has sent; that it has the private key is proven.</param>
internal sealed record CertificateOrder(EntityId AccountId, EntityId DeviceId, string EndpointName, string CertificateName, CertificationRequest Request)
{
    /// <summary>The certificate that a device shows to the LwM2M server.</summary>
    public const string Lwm2m = "LWM2M";
}
