using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Directory;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>
/// Decides whose device it is that wants to bootstrap: by the trust anchor of its certificate, by its claim, by the account that the
/// platform's own certificate names, or by its key; and makes its record in the directory.
/// </summary>
internal sealed class BootstrapAdmissions(
    SuretyDbFactory databases,
    PlatformAuthority platform,
    DeviceDirectory directory,
    EnrollmentClaims claims,
    EnrollmentDenials denials,
    EnrollmentAlerts alerts,
    CloneWatch clones,
    IPreSharedKeyOwners keys) : IBootstrapAdmission
{
    /// <summary>Devices that may share a developer certificate. (Developer certificates, "limits".)</summary>
    public const int MaxDevicesOfDeveloperCertificate = 100;

    // Accounts that know one authority and are told of a refusal, or asked for a claim.
    private const int MaxAccounts = 100;

    public ValueTask<BootstrapAdmission> AdmitAsync(BootstrapApplicant applicant, CancellationToken cancellationToken) => applicant.Identity switch
    {
        PeerIdentity.Certificate certificate => new(AdmitCertificateAsync(TrustedDevice.Of(applicant, certificate), cancellationToken)),
        PeerIdentity.PreSharedKey key => new(AdmitKeyAsync(applicant, key, cancellationToken)),
        _ => new(Refuse(applicant.Identity.ToString()!, CoapCode.Forbidden, "the device has not proven who it is: bootstrap with a certificate or a pre-shared key")),
    };

    private async Task<BootstrapAdmission> AdmitCertificateAsync(TrustedDevice device, CancellationToken cancellationToken)
    {
        var trusted = await FindTrustAsync(device, cancellationToken);
        // A developer certificate may be one of the platform's own, so that it counts first. No other trusted certificate does under the
        // platform's root: an account that uploads that root must not get the devices of all.
        if (device.Anchor == platform.Thumbprint)
            trusted.RemoveAll(certificate => certificate.DeviceExecutionMode != (int)DeviceExecutionMode.Development);
        if (trusted.Count == 0 && device.Anchor == platform.Thumbprint)
            return await AdmitOwnAsync(device, cancellationToken);
        if (trusted.Count == 0)
            return Refuse(device.DisplayName, CoapCode.Forbidden, "no account trusts the authority of the device's certificate for bootstrap");

        if (device.Applicant.AccountId is { } wanted)
        {
            trusted.RemoveAll(certificate => certificate.AccountId != wanted);
            if (trusted.Count == 0)
                return Refuse(device.DisplayName, CoapCode.Forbidden, "the account that the device names (aid) does not trust the authority of its certificate for bootstrap");
        }

        var active = trusted.FindAll(certificate => certificate.Status == TrustedCertificateStatus.Active);
        if (active.Count == 0)
            return await DenyAsync(device, trusted, CoapCode.Forbidden, "the trusted certificate that the device comes under is INACTIVE", cancellationToken);
        if (active.Exists(certificate => certificate.EnrollmentMode))
            return await AdmitClaimedAsync(device, active, cancellationToken);
        if (active.Count > 1)
        {
            return await DenyAsync(
                device, active, CoapCode.Forbidden,
                "several accounts trust the authority of the device's certificate; its bootstrap server URI must name one (aid)", cancellationToken);
        }

        return active[0].DeviceExecutionMode == (int)DeviceExecutionMode.Development
            ? await AdmitDeveloperAsync(device, active[0], cancellationToken)
            : await AdmitProductionAsync(device, active[0], enrollment: null, cancellationToken);
    }

    /// <summary>What accounts have that vouches for the device, one for an account: its certificate itself if that is trusted, else the anchor.</summary>
    private async Task<List<TrustedCertificate>> FindTrustAsync(TrustedDevice device, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var found = await db.AllAccounts<TrustedCertificate>().AsNoTracking()
            .Where(certificate => certificate.Service == TrustedCertificateService.Bootstrap
                && (certificate.Fingerprint == device.Anchor
                    // Only the platform itself makes developer certificates: of others, an account could upload one that is not its own.
                    || (certificate.Fingerprint == device.Fingerprint.Hex && certificate.DeviceExecutionMode == (int)DeviceExecutionMode.Development)))
            .OrderBy(certificate => certificate.Id).Take(MaxAccounts).ToListAsync(cancellationToken);
        return [.. found.GroupBy(certificate => certificate.AccountId).Select(account => account
            .OrderByDescending(certificate => certificate.Fingerprint == device.Fingerprint.Hex)
            // INACTIVE keeps out every device of the authority.
            .ThenByDescending(certificate => certificate.Status == TrustedCertificateStatus.Inactive)
            .First())];
    }

    /// <summary>
    /// First-to-claim. Where one account has the authority in enrollment mode, another cannot have its devices without a claim: whoever
    /// uploaded the authority would take all that nobody has claimed yet.
    /// </summary>
    private async Task<BootstrapAdmission> AdmitClaimedAsync(TrustedDevice device, List<TrustedCertificate> active, CancellationToken cancellationToken)
    {
        var enrollment = await claims.FindAsync(device.Fingerprint, cancellationToken);
        var certificate = enrollment is null ? null : active.Find(certificate => certificate.AccountId == enrollment.AccountId);
        return certificate is null
            ? await DenyAsync(
                device, active, CoapCode.Forbidden, $"the device is not claimed: upload its enrollment identity {device.Fingerprint.ToIdentity()}", cancellationToken)
            : await AdmitProductionAsync(device, certificate, enrollment, cancellationToken);
    }

    private async Task<BootstrapAdmission> AdmitProductionAsync(
        TrustedDevice device, TrustedCertificate certificate, DeviceEnrollment? enrollment, CancellationToken cancellationToken)
    {
        if (NameMistake(device) is { } mistake)
            return await DenyAsync(device, [certificate], CoapCode.BadRequest, mistake, cancellationToken);
        var enrolment = device.ToEnrolment(certificate.AccountId, device.CommonName!) with
        {
            ExecutionMode = DeviceExecutionMode.Production,
            CaId = certificate.Id.ToString(),
            EnrolmentListTimestamp = enrollment?.CreatedAt,
        };
        var (deviceId, outcome) = await directory.EnrolAsync(enrolment, cancellationToken);
        if (outcome != DeviceEnrolmentOutcome.Enrolled)
            return await DenyAsync(device, [certificate], CodeOf(outcome), Explain(outcome), cancellationToken);
        if (enrollment is not null && !await TakeAsync(enrollment, deviceId, cancellationToken))
        {
            alerts.ClaimLost(certificate.AccountId, device.Fingerprint, device.DisplayName);
            return await DenyAsync(
                device, [certificate], CoapCode.Forbidden, "the identity was claimed, or given up, at the same moment; try again", cancellationToken);
        }

        if (device.Applicant.Place is { } place && clones.See(device.Fingerprint, place) is { } before)
            alerts.CloneSuspected(certificate.AccountId, deviceId, device.Fingerprint, place, before);
        return new BootstrapAdmission.Admitted(certificate.AccountId, deviceId, device.CommonName!, certificate.Id);
    }

    private async Task<bool> TakeAsync(DeviceEnrollment enrollment, EntityId deviceId, CancellationToken cancellationToken)
    {
        if (enrollment.ClaimedAt is null)
            return await claims.TryClaimAsync(enrollment, deviceId, cancellationToken);
        // It comes again, as it may.
        if (enrollment.EnrolledDeviceId != deviceId)
            await claims.MoveAsync(enrollment, deviceId, cancellationToken);
        return true;
    }

    private async Task<BootstrapAdmission> AdmitDeveloperAsync(TrustedDevice device, TrustedCertificate certificate, CancellationToken cancellationToken)
    {
        // The certificate is shared, so that its name says nothing about the device.
        if ((device.Applicant.EndpointName ?? device.CommonName) is not { } name)
            return await DenyAsync(device, [certificate], CoapCode.BadRequest, "ep is missing, and the developer certificate has no common name", cancellationToken);
        var enrolment = device.ToEnrolment(certificate.AccountId, name) with
        {
            ExecutionMode = DeviceExecutionMode.Development,
            CaId = certificate.Id.ToString(),
            MaxSharing = MaxDevicesOfDeveloperCertificate,
            // Pelion's clients name their account, and from their first bootstrap on their device id, until they are reset. Others never do.
            IsNewLife = device.Applicant is { AccountId: not null, DeviceId: null },
        };
        var (deviceId, outcome) = await directory.EnrolAsync(enrolment, cancellationToken);
        return outcome == DeviceEnrolmentOutcome.Enrolled
            ? new BootstrapAdmission.Admitted(certificate.AccountId, deviceId, name, certificate.Id)
            : await DenyAsync(device, [certificate], CodeOf(outcome), Explain(outcome), cancellationToken);
    }

    /// <summary>A certificate of the platform's own authority names the account in its organizational unit.</summary>
    private async Task<BootstrapAdmission> AdmitOwnAsync(TrustedDevice device, CancellationToken cancellationToken)
    {
        if (!EntityId.TryParse(device.OrganizationalUnit, out var accountId) || !await IsAccountAsync(accountId, cancellationToken))
            return Refuse(device.DisplayName, CoapCode.Forbidden, "the organizational unit of the device's certificate is not the id of an account");
        if (device.Applicant.AccountId is { } wanted && wanted != accountId)
            return Refuse(device.DisplayName, CoapCode.Forbidden, "the account that the device names (aid) is not the one in its certificate");
        if (NameMistake(device) is { } mistake)
            return Refuse(device.DisplayName, CoapCode.BadRequest, mistake);
        // What the record says of the factory's certificate stays: this one is of the platform.
        return await AdmitAsync(new DeviceEnrolment(accountId, device.CommonName!), cancellationToken);
    }

    private async Task<BootstrapAdmission> AdmitKeyAsync(BootstrapApplicant applicant, PeerIdentity.PreSharedKey key, CancellationToken cancellationToken)
    {
        var owner = await keys.FindAsync(key.Identity, cancellationToken);
        if (owner is not { } known)
            return Refuse(key.ToString(), CoapCode.Forbidden, "no account has the pre-shared key");
        if (applicant.AccountId is { } wanted && wanted != known.AccountId)
            return Refuse(key.ToString(), CoapCode.Forbidden, "the account that the device names (aid) does not have its key");
        return applicant.EndpointName is { } name && name != known.EndpointName
            ? Refuse(key.ToString(), CoapCode.BadRequest, "ep is not the endpoint name that the device's key was uploaded for")
            : await AdmitAsync(new DeviceEnrolment(known.AccountId, known.EndpointName), cancellationToken);
    }

    private async Task<BootstrapAdmission> AdmitAsync(DeviceEnrolment enrolment, CancellationToken cancellationToken)
    {
        var (deviceId, outcome) = await directory.EnrolAsync(enrolment, cancellationToken);
        return outcome == DeviceEnrolmentOutcome.Enrolled
            ? new BootstrapAdmission.Admitted(enrolment.AccountId, deviceId, enrolment.EndpointName, TrustedCertificateId: null)
            : Refuse(enrolment.EndpointName, CodeOf(outcome), Explain(outcome));
    }

    private async Task<bool> IsAccountAsync(EntityId accountId, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        return await db.AllAccounts<Account>().AnyAsync(account => account.Id == accountId, cancellationToken);
    }

    // Transport 6.7.2: a name that is not the certificate's is a bad request.
    private static string? NameMistake(TrustedDevice device) => device switch
    {
        { CommonName: null } => "the device's certificate has no common name",
        { Applicant.EndpointName: { } name } when name != device.CommonName => "ep is not the common name of the device's certificate",
        _ => null,
    };

    private static CoapCode CodeOf(DeviceEnrolmentOutcome outcome) =>
        outcome == DeviceEnrolmentOutcome.NameNotStorable ? CoapCode.BadRequest : CoapCode.Forbidden;

    private static string Explain(DeviceEnrolmentOutcome outcome) => outcome switch
    {
        DeviceEnrolmentOutcome.Suspended => "the device is suspended",
        DeviceEnrolmentOutcome.TooManySharing => $"{MaxDevicesOfDeveloperCertificate} devices share the developer certificate, which is the limit; delete one, or use another certificate",
        DeviceEnrolmentOutcome.NameIsOfProduction => "the endpoint name is that of a device with a production certificate",
        _ => $"the endpoint name is empty, longer than {DeviceIdentity.MaxNameLength} characters, or not text",
    };

    private async Task<BootstrapAdmission> DenyAsync(
        TrustedDevice device, List<TrustedCertificate> concerned, CoapCode code, string reason, CancellationToken cancellationToken)
    {
        foreach (var certificate in concerned)
            await denials.RecordAsync(certificate.AccountId, certificate.Id, device.DisplayName, device.Fingerprint, reason, cancellationToken);
        return new BootstrapAdmission.Refused(code, reason);
    }

    private BootstrapAdmission.Refused Refuse(string device, CoapCode code, string reason)
    {
        alerts.Refused(device, reason);
        return new BootstrapAdmission.Refused(code, reason);
    }
}
