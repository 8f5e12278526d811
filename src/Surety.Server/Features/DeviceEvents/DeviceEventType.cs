namespace Surety.Server.Features.DeviceEvents;

/// <summary>
/// A kind of event. Pelion's codes (<c>SYS_n</c>, <c>UPDv_...</c>) are those of updates; the ones of identity here are Surety's own and are
/// described in docs/identity.md.
/// </summary>
/// <param name="Code"><c>event_type</c>.</param>
/// <param name="Outcome"><c>event_type_description</c>: SUCCESS, FAIL, SKIPPED or INFO.</param>
/// <param name="StateChange">The device has another state afterwards.</param>
internal sealed record DeviceEventType(string Code, string Outcome, bool StateChange = false)
{
    private const string Fail = "FAIL";
    private const string Info = "INFO";
    private const string Success = "SUCCESS";

    public static readonly DeviceEventType Created = new("DEVICE_CREATED", Success, StateChange: true);
    public static readonly DeviceEventType Deleted = new("DEVICE_DELETED", Success, StateChange: true);
    public static readonly DeviceEventType Suspended = new("DEVICE_SUSPENDED", Success, StateChange: true);
    public static readonly DeviceEventType Resumed = new("DEVICE_RESUMED", Success, StateChange: true);
    public static readonly DeviceEventType CertificateRevoked = new("DEVICE_CERTIFICATE_REVOKED", Success, StateChange: true);
    public static readonly DeviceEventType SuspendedRefused = new("IDENTITY_SUSPENDED", Fail);
    public static readonly DeviceEventType Revoked = new("IDENTITY_REVOKED", Fail);
    public static readonly DeviceEventType Superseded = new("IDENTITY_SUPERSEDED", Fail);
    public static readonly DeviceEventType NotIssued = new("IDENTITY_NOT_ISSUED", Fail);
    public static readonly DeviceEventType RecordMissing = new("IDENTITY_RECORD_MISSING", Fail);
    public static readonly DeviceEventType AuthorityInactive = new("IDENTITY_CA_INACTIVE", Fail);
    public static readonly DeviceEventType Expired = new("IDENTITY_EXPIRED", Fail);
    public static readonly DeviceEventType ExpiredTaken = new("IDENTITY_EXPIRED_TAKEN", Info);
    public static readonly DeviceEventType LongExpiredTaken = new("IDENTITY_LONG_EXPIRED_TAKEN", Fail);
    public static readonly DeviceEventType NameMismatch = new("IDENTITY_NAME_MISMATCH", Fail);
    public static readonly DeviceEventType NoName = new("IDENTITY_NO_NAME", Fail);
    public static readonly DeviceEventType AccountUnclear = new("IDENTITY_ACCOUNT_UNCLEAR", Fail);
    public static readonly DeviceEventType RecordGone = new("IDENTITY_DEVICE_DELETED", Fail);

    public static readonly DeviceEventType Denied = new("IDENTITY_DENIED", Fail);
    public static readonly DeviceEventType ClaimLost = new("IDENTITY_CLAIM_LOST", Fail);
    public static readonly DeviceEventType CloneSuspected = new("IDENTITY_CLONE_SUSPECTED", Fail);
    public static readonly DeviceEventType MadeTwice = new("IDENTITY_MADE_TWICE", Fail);

    /// <summary>All of them, for the documentation and for reading stored codes.</summary>
    public static readonly IReadOnlyList<DeviceEventType> All =
    [
        Created, Deleted, Suspended, Resumed, CertificateRevoked, SuspendedRefused, Revoked, Superseded, NotIssued, RecordMissing, AuthorityInactive, Expired, ExpiredTaken, LongExpiredTaken, NameMismatch, NoName,
        AccountUnclear, RecordGone, Denied, ClaimLost, CloneSuspected, MadeTwice,
    ];

    /// <summary>The outcome of a code that was stored: for codes of updates, what their third part says.</summary>
    public static string OutcomeOf(string code) =>
        All.FirstOrDefault(type => type.Code == code)?.Outcome
        ?? (code.Contains("_OK_", StringComparison.Ordinal) ? Success : code.Contains("_FAIL_", StringComparison.Ordinal) ? Fail : Info);

    /// <summary>The group of a code, such as <c>FAIL_IDENTITY</c>.</summary>
    public static string CategoryOf(string code) => $"{OutcomeOf(code)}_{code.Split('_')[0]}";
}
