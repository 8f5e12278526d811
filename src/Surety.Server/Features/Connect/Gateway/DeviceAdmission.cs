using System.Collections.Concurrent;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Connect;

/// <summary>
/// Decides whose device a registering client is: by the trust anchor of its certificate; without security, in the laboratory, the first account's.
/// </summary>
internal sealed class DeviceAdmission(DirectoryIntake intake) : IDeviceAdmission
{
    private readonly ConcurrentDictionary<string, EntityId> _accountsByAnchor = new(StringComparer.Ordinal);

    /// <summary>The account of devices that come without security.</summary>
    public EntityId LaboratoryAccount { get; set; }

    /// <summary>Devices whose chain ends in this certificate are the account's.</summary>
    /// <param name="thumbprint">SHA-256 of the DER, hexadecimal, lower case.</param>
    /// <param name="account">The account.</param>
    public void Trust(string thumbprint, EntityId account) => _accountsByAnchor[thumbprint] = account;

    public Admission Admit(in CoapPeer peer, string? endpoint)
    {
        switch (peer.Identity)
        {
            case PeerIdentity.Certificate certificate:
                return AdmitCertificate(certificate, endpoint);
            case { IsAuthenticated: false } when !peer.Endpoint.IsSecure:
                return endpoint is null
                    ? Admission.Refuse(CoapCode.BadRequest, "ep is missing; without security nothing else names the device")
                    : Admission.Accept(LaboratoryAccount.ToTenantId(), endpoint);
            default:
                return Admission.Refuse(CoapCode.Forbidden, "the device has not proven who it is");
        }
    }

    /// <summary>Decides by the identity alone which device a client is, where it gives no name.</summary>
    public Admission Admit(PeerIdentity identity) => identity is PeerIdentity.Certificate certificate
        ? AdmitCertificate(certificate, null)
        : Admission.Refuse(CoapCode.Forbidden, "the device has not proven who it is with a certificate");

    public ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters) =>
        intake.ResolveAsync(admission.Tenant.ToEntityId(), admission.Endpoint, parameters);

    private Admission AdmitCertificate(PeerIdentity.Certificate certificate, string? endpoint)
    {
        if (!_accountsByAnchor.TryGetValue(Convert.ToHexStringLower(certificate.TrustAnchorThumbprint.Span), out var account))
            return Admission.Refuse(CoapCode.Forbidden, "no account trusts the issuer of the device's certificate");
        if (certificate.Subject.CommonName is not { Length: > 0 } name)
            return Admission.Refuse(CoapCode.Forbidden, "the device's certificate has no common name");
        // Transport 6.7.2: a name that is not the certificate's is a bad request.
        return endpoint is null || endpoint == name
            ? Admission.Accept(account.ToTenantId(), name)
            : Admission.Refuse(CoapCode.BadRequest, $"ep is not the common name of the device's certificate, {name}");
    }
}
