using Surety.Server.Features.DeviceEvents;

namespace Surety.Server.Features.Enrollment;

/// <summary>
/// What somebody must look at: each is in the log under an id that stays, and in the device events of the account that it concerns. The one
/// place where they are raised.
/// </summary>
internal sealed partial class EnrollmentAlerts(DeviceEventService events, ILogger<EnrollmentAlerts> log)
{
    /// <summary>An account tried to enroll devices that another account has enrolled.</summary>
    public void IdentitiesOfOthers(EntityId accountId, int count, EnrollmentFingerprint first) => LogIdentitiesOfOthers(accountId, count, first.ToIdentity());

    /// <summary>Two devices presented one identity at the same moment; one was admitted, this is the other.</summary>
    public void ClaimLost(EntityId accountId, EnrollmentFingerprint fingerprint, string endpointName)
    {
        LogClaimLost(accountId, fingerprint.ToIdentity(), endpointName);
        Record(
            accountId, null, DeviceEventType.ClaimLost, $"{endpointName}: its identity {fingerprint.ToIdentity()} was presented twice at the same moment; one device was let in, this one was refused",
            endpointName, fingerprint);
    }

    /// <summary>One certificate came from two places within a short time: the device was cloned, or it moves.</summary>
    public void CloneSuspected(EntityId accountId, EntityId deviceId, EnrollmentFingerprint fingerprint, string place, string placeBefore)
    {
        LogCloneSuspected(accountId, deviceId, fingerprint.ToIdentity(), place, placeBefore);
        Record(
            accountId, deviceId, DeviceEventType.CloneSuspected, $"its certificate came from {place} and shortly before from {placeBefore}: it was cloned, or it moves", "", fingerprint);
    }

    /// <summary>A device was not admitted.</summary>
    public void Denied(EntityId accountId, string endpointName, EnrollmentFingerprint fingerprint, string reason)
    {
        LogDenied(accountId, endpointName, reason);
        Record(accountId, null, DeviceEventType.Denied, $"{endpointName} may not bootstrap: {reason}", endpointName, fingerprint);
    }

    /// <summary>A device was not admitted, and no account is concerned.</summary>
    public void Refused(string device, string reason) => LogRefused(device, reason);

    private void Record(EntityId accountId, EntityId? deviceId, DeviceEventType type, string description, string endpointName, EnrollmentFingerprint fingerprint)
    {
        var data = new Dictionary<string, string> { ["enrollment_identity"] = fingerprint.ToIdentity() };
        if (endpointName.Length > 0)
            data["endpoint_name"] = endpointName;
        events.Record(accountId, deviceId, type, description, endpointName, data);
    }

    [LoggerMessage(1701, LogLevel.Warning, "ALERT: account {AccountId} tried to enroll {Count} devices that another account has enrolled, {First} the first")]
    private partial void LogIdentitiesOfOthers(EntityId accountId, int count, string first);

    [LoggerMessage(1702, LogLevel.Warning, "ALERT: {Identity} of account {AccountId} was presented twice at the same moment; {EndpointName} was refused")]
    private partial void LogClaimLost(EntityId accountId, string identity, string endpointName);

    [LoggerMessage(1703, LogLevel.Warning, "ALERT: the certificate {Identity} of device {DeviceId} in account {AccountId} came from {Place} and shortly before from {PlaceBefore}: it may be cloned")]
    private partial void LogCloneSuspected(EntityId accountId, EntityId deviceId, string identity, string place, string placeBefore);

    [LoggerMessage(1704, LogLevel.Information, "A device that calls itself {EndpointName} may not bootstrap in account {AccountId}: {Reason}")]
    private partial void LogDenied(EntityId accountId, string endpointName, string reason);

    [LoggerMessage(1705, LogLevel.Information, "A device may not bootstrap ({Device}): {Reason}")]
    private partial void LogRefused(string device, string reason);
}
