using Surety.Coap;
using Surety.Dtls;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Features.Directory;

namespace Surety.Server.Features.Connect;

/// <summary>
/// Decides which device a registering client is: by what <see cref="DeviceTrust"/> makes of its credential; without security, in the laboratory, the
/// first account's. What is refused after a good handshake is an event of the account in words.
/// </summary>
internal sealed class DeviceAdmission(DirectoryIntake intake, DeviceTrust trust) : IDeviceAdmission
{
    /// <summary>The account of devices that come without security.</summary>
    public EntityId LaboratoryAccount { get; set; }

    public Admission Admit(in CoapPeer peer, string? endpoint)
    {
        var identity = peer.Identity;
        if (identity.IsAuthenticated)
            return Admit(identity, endpoint);
        if (peer.Endpoint.IsSecure)
            return Admission.Refuse(CoapCode.Forbidden, "the device has not proven who it is");
        return endpoint is null
            ? Admission.Refuse(CoapCode.BadRequest, "ep is missing; without security nothing else names the device")
            : Admission.Accept(LaboratoryAccount.ToTenantId(), endpoint);
    }

    /// <summary>Decides by the identity alone which device a client is, where it gives no name.</summary>
    public Admission Admit(PeerIdentity identity) => identity.IsAuthenticated
        ? Admit(identity, null)
        : Admission.Refuse(CoapCode.Forbidden, "the device has not proven who it is");

    public async ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters)
    {
        var account = admission.Tenant.ToEntityId();
        var claim = admission.Tag as DeviceClaim? ?? default;
        var identity = new DeviceIdentity(account, admission.Endpoint)
        {
            EndpointType = parameters.EndpointType,
            ExecutionMode = claim.IsDeveloper ? DeviceExecutionMode.Development : default,
            CaId = claim.TrustedCertificateId.IsNone ? null : claim.TrustedCertificateId.ToString(),
            // Whoever asks is about to register.
            InitialState = DeviceState.Registered,
            // A certificate that was made for a device is not one for another that has the same name later.
            MustExist = claim.IsBoundToDevice,
        };
        var resolution = await intake.ResolveAsync(identity);
        if (!claim.IsBoundToDevice || (resolution.IsAdmitted && resolution.Device.ToEntityId() == claim.DeviceId) || (!resolution.IsAdmitted && resolution.Refusal == CoapCode.Forbidden))
            return resolution;
        var reason = $"its credential is that of device {claim.DeviceId}, which is not the one of this name in the directory, or is not there any more; it must bootstrap again";
        trust.Record(new TrustRefusal(DeviceEventType.RecordGone, AlertDescription.AccessDenied, reason, [account], null, admission.Endpoint));
        return DeviceResolution.Refuse(CoapCode.Forbidden, reason);
    }

    private Admission Admit(PeerIdentity identity, string? endpoint)
    {
        var decision = trust.Judge(identity, TrustedCertificateService.Lwm2m);
        if (!decision.IsBelieved(out var refusal))
            return Refuse(CoapCode.Forbidden, refusal);
        var claim = decision.Claim;
        if (claim.EndpointName is null)
        {
            // A developer certificate is shared, a public key has no name: what the device says counts. The directory checks the latter.
            if (identity is PeerIdentity.Certificate && !claim.IsDeveloper)
                return Refuse(claim, endpoint, CoapCode.Forbidden, DeviceEventType.NoName, "its certificate has no common name, which is to be the endpoint name: issue one that has");
            return endpoint is null
                ? Refuse(claim, "", CoapCode.BadRequest, DeviceEventType.NoName, "ep is missing, and its credential has no name")
                : Accept(claim, endpoint);
        }

        // Transport 6.7.2: a name that is not the certificate's is a bad request.
        return endpoint is null || endpoint == claim.EndpointName
            ? Accept(claim, claim.EndpointName)
            : Refuse(
                claim, endpoint, CoapCode.BadRequest, DeviceEventType.NameMismatch,
                $"after a good handshake it registers as '{Api.ApiException.Shorten(endpoint)}', and its {(identity is PeerIdentity.Certificate ? "certificate's common name" : "key's identity")}"
                + $" is '{claim.EndpointName}'; the two must be the same, so set the endpoint name of the device or issue another credential");
    }

    private static Admission Accept(in DeviceClaim claim, string endpoint) => Admission.Accept(claim.AccountId.ToTenantId(), endpoint) with { Tag = claim };

    private Admission Refuse(in DeviceClaim claim, string? endpoint, CoapCode code, DeviceEventType type, string reason) => Refuse(
        code, new TrustRefusal(type, AlertDescription.AccessDenied, reason, [claim.AccountId], claim.DeviceId.IsNone ? null : claim.DeviceId, claim.EndpointName ?? endpoint ?? ""));

    private Admission Refuse(CoapCode code, TrustRefusal refusal)
    {
        trust.Record(refusal);
        return Admission.Refuse(code, refusal.Reason);
    }
}
