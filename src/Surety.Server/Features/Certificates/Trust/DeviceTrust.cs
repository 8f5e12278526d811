using System.Collections.Concurrent;
using System.Collections.Immutable;
using Surety.Coap;
using Surety.Dtls;
using Surety.Server.Features.DeviceEvents;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// What is believed of devices, in memory: authorities with their accounts, issued certificates, keys, suspensions. Every handshake, every
/// registration and, after a change, every live session is judged by it, in microseconds and without waiting. What changes is told to it at once
/// (see <see cref="DeviceTrustLoader"/>), and <see cref="Changed"/> has the sessions looked at.
/// </summary>
internal sealed class DeviceTrust(DeviceEventService events, TimeProvider time)
{
    // Accounts that are told when nobody knows whose a device is.
    private const int MaxConcerned = 16;

    // A quarter of the year for which certificates are valid by default.
    private static readonly TimeSpan LongExpired = TimeSpan.FromDays(90);

    private readonly AccountNumbers _accounts = new();
    private readonly ShardedTable<IssuedEntry> _issued = new();
    private readonly ShardedTable<DeviceEntry> _keys = new();
    private readonly ShardedTable<DeviceEntry> _suspended = new();
    private readonly ConcurrentDictionary<EntityId, bool> _suspendedAccounts = [];
    private ReadOnlyMemory<byte> _rootThumbprint;

    /// <summary>Raised when something that was believed is not any more; on any thread, so handlers must be short.</summary>
    public event Action? Changed;

    /// <summary>Authorities and developer certificates, with their accounts.</summary>
    public AnchorOwners Anchors { get; } = new();

    /// <summary>Pre-shared keys.</summary>
    public PreSharedKeyTable Keys { get; } = new();

    /// <summary>How long after its end a device's certificate may still be used at the bootstrap server, to get another one. Alarmed each time. Default 365 days.</summary>
    public TimeSpan ExpiredGrace { get; init; } = TimeSpan.FromDays(365);

    /// <summary>The account that is told of certificates under the platform's root that are in no record.</summary>
    public EntityId PlatformAccount { get; set; }

    /// <summary>The platform's root: its certificate is an anchor for both servers.</summary>
    public void TrustPlatform(ReadOnlyMemory<byte> rootCertificate)
    {
        _rootThumbprint = System.Security.Cryptography.SHA256.HashData(rootCertificate.Span);
        Anchors.Lwm2m.Add(rootCertificate);
        Anchors.Bootstrap.Add(rootCertificate);
    }

    /// <summary>Our certificate for devices at an endpoint, and how that verifies its peers.</summary>
    public TlsServerOptions CreateTls(TrustedCertificateService service, PlatformAuthority authority) => new()
    {
        Certificate = authority.ServerCertificate,
        ClientTrust = new CertificateTrust
        {
            LiveAnchors = Anchors.Of(service),
            Intermediates = authority.Intermediates,
            // What has ended is judged here: an operator is to read whose device it was.
            ExpiryGrace = TimeSpan.MaxValue,
            FindRawPublicKey = key => _keys.Contains(TrustKey.Of(key.Span)),
            FindRefusal = identity => FindRefusal(identity, service),
        },
        ClientCertificate = ClientCertificateMode.Required,
    };

    /// <summary>Why a peer is to be refused, or its session ended; null: it is welcome. A refusal is recorded as an event of the accounts concerned.</summary>
    public PeerRefusal? FindRefusal(PeerIdentity identity, TrustedCertificateService service)
    {
        var decision = Judge(identity, service);
        if (decision.IsBelieved(out var refusal))
        {
            if (decision.Claim.IsExpired)
                RecordExpired(identity, decision.Claim);
            return null;
        }

        Record(refusal);
        return new PeerRefusal(refusal.Alert, refusal.Reason);
    }

    /// <summary>
    /// Why a session that was made before is to be ended; null: it goes on. A refusal is recorded as of <see cref="FindRefusal"/>, but for a session that a
    /// device has left behind, by a power cut for instance, before it came with its next certificate: nobody has come with the old one since.
    /// </summary>
    public PeerRefusal? FindEnd(PeerIdentity identity, TrustedCertificateService service) =>
        !Judge(identity, service).IsBelieved(out var refusal) && refusal.Type == DeviceEventType.Superseded
            ? new PeerRefusal(refusal.Alert, "its certificate was superseded by a newer one that the device has used since")
            : FindRefusal(identity, service);

    /// <summary>Records a refusal with the accounts that it concerns.</summary>
    public void Record(TrustRefusal refusal)
    {
        foreach (var account in refusal.Accounts.Take(MaxConcerned))
        {
            events.Record(account, refusal.DeviceId, refusal.Type, $"{refusal.Subject}: {refusal.Reason}", refusal.Subject,
                refusal.Subject.Length == 0 ? null : new Dictionary<string, string> { ["endpoint_name"] = refusal.Subject });
        }
    }

    /// <summary>Which device a peer is, or why it is not believed. From memory, without a word to anybody.</summary>
    public TrustDecision Judge(PeerIdentity identity, TrustedCertificateService service) => identity switch
    {
        PeerIdentity.Certificate certificate => CheckSuspended(JudgeCertificate(certificate, service)),
        PeerIdentity.PreSharedKey key => CheckSuspended(JudgeKey(key)),
        PeerIdentity.RawPublicKey key => CheckSuspended(JudgeRawPublicKey(key)),
        _ => default,
    };

    /// <summary>A certificate was issued, or counts for something else now.</summary>
    /// <param name="fingerprint">SHA-256 of its DER, hexadecimal.</param>
    /// <param name="account">The device's account.</param>
    /// <param name="device">The device.</param>
    /// <param name="status">What it counts for.</param>
    public void SetIssued(string fingerprint, EntityId account, EntityId device, IssuedCertificateStatus status)
    {
        if (TrustKey.OfHash(fingerprint) is not { } key)
            return;
        _issued.Set(key, new IssuedEntry(device, _accounts.NumberOf(account), status));
        if (status != IssuedCertificateStatus.Active)
            Changed?.Invoke();
    }

    /// <summary>An account trusts other authorities than before.</summary>
    public void SetTrusted(EntityId account, IReadOnlyList<TrustedCertificate> rows)
    {
        if (Anchors.Replace(account, rows))
            Changed?.Invoke();
    }

    /// <summary>A device is known by this key: the SHA-256 of its public key or of its certificate.</summary>
    public void SetDeviceKey(EntityId account, EntityId device, string deviceKey)
    {
        if (TrustKey.OfHash(deviceKey) is { } key)
            _keys.Set(key, new DeviceEntry(device, _accounts.NumberOf(account)));
    }

    /// <summary>A device is not known by this key any more.</summary>
    public void RemoveDeviceKey(EntityId device, string deviceKey)
    {
        if (TrustKey.OfHash(deviceKey) is not { } key || !_keys.TryGet(key, out var entry) || entry.Device != device)
            return;
        _keys.Remove(key);
        Changed?.Invoke();
    }

    /// <summary>A device may not connect, or may again.</summary>
    public void SetSuspended(EntityId account, EntityId device, string? endpointName, bool isSuspended)
    {
        foreach (var key in KeysOf(account, device, endpointName))
        {
            if (isSuspended)
                _suspended.Set(key, new DeviceEntry(device, _accounts.NumberOf(account)));
            else
                _suspended.Remove(key);
        }

        if (isSuspended)
            Changed?.Invoke();
    }

    /// <summary>What is suspended at this moment, for <see cref="EndSuspensions"/>.</summary>
    public HashSet<UInt128> SuspendedKeys => _suspended.Keys();

    /// <summary>Of what was suspended before, only these devices still are.</summary>
    public void EndSuspensions(HashSet<UInt128> before, IEnumerable<(EntityId Account, EntityId Device, string? EndpointName)> suspended)
    {
        before.ExceptWith(suspended.SelectMany(device => KeysOf(device.Account, device.Device, device.EndpointName)));
        foreach (var key in before)
            _suspended.Remove(key);
    }

    /// <summary>The keys that devices are known by at this moment, for <see cref="EndKeys"/>.</summary>
    public HashSet<UInt128> DeviceKeys => _keys.Keys();

    /// <summary>Of the keys that were there before, only these still count.</summary>
    public void EndKeys(HashSet<UInt128> before, IEnumerable<string> deviceKeys)
    {
        foreach (var deviceKey in deviceKeys)
        {
            if (TrustKey.OfHash(deviceKey) is { } key)
                before.Remove(key);
        }

        foreach (var key in before)
            _keys.Remove(key);
        if (before.Count > 0)
            Changed?.Invoke();
    }

    /// <summary>The accounts that are suspended at this moment.</summary>
    public IReadOnlyCollection<EntityId> SuspendedAccounts => [.. _suspendedAccounts.Keys];

    /// <summary>No device of an account may connect, or all may again.</summary>
    public void SetAccountSuspended(EntityId account, bool isSuspended)
    {
        if (!isSuspended)
            _suspendedAccounts.TryRemove(account, out _);
        else if (_suspendedAccounts.TryAdd(account, true))
            Changed?.Invoke();
    }

    /// <summary>A pre-shared key is gone.</summary>
    public void OnKeyRemoved() => Changed?.Invoke();

    /// <summary>Gives back room, after many rows were read.</summary>
    public void TrimExcess()
    {
        _issued.TrimExcess();
        _keys.TrimExcess();
        _suspended.TrimExcess();
        Keys.TrimExcess();
    }

    private static UInt128[] KeysOf(EntityId account, EntityId device, string? endpointName) =>
        endpointName is null ? [TrustKey.Of(device)] : [TrustKey.Of(device), TrustKey.Of(account, endpointName)];

    private TrustDecision JudgeCertificate(PeerIdentity.Certificate certificate, TrustedCertificateService service)
    {
        var key = TrustKey.OfHash(certificate.Thumbprint.Span);
        var subject = certificate.Subject;
        var name = subject.CommonName is { Length: > 0 } common ? common : null;
        var isRecorded = _issued.TryGet(key, out var issued);
        var decision = isRecorded && issued.Status != IssuedCertificateStatus.Active ? RefuseIssued(issued, name)
            : certificate.TrustAnchorThumbprint.Span.SequenceEqual(_rootThumbprint.Span) ? JudgePlatform(certificate, subject, isRecorded, issued, name)
            : JudgeTrusted(certificate, service, key, isRecorded, issued, name);
        if (!decision.IsBelieved(out _))
            return decision;
        return CheckEnd(decision, certificate, subject, service);
    }

    private TrustDecision RefuseIssued(in IssuedEntry issued, string? name)
    {
        var (type, reason) = issued.Status == IssuedCertificateStatus.Revoked
            ? (DeviceEventType.Revoked, "its certificate was revoked; it must bootstrap again to get another one")
            : (DeviceEventType.Superseded, "its certificate was superseded by a newer one that the device has used already; a copy of the device may be about");
        return Refuse(type, AlertDescription.CertificateRevoked, reason, [_accounts.AccountOf(issued.Account)], issued.Device, name);
    }

    /// <summary>Of the platform's own authority: account and device are those of the record, and what is in no record was not made here.</summary>
    private TrustDecision JudgePlatform(PeerIdentity.Certificate certificate, CertificateNames subject, bool isRecorded, in IssuedEntry issued, string? name)
    {
        if (isRecorded)
        {
            return new(new DeviceClaim(_accounts.AccountOf(issued.Account), name) { DeviceId = issued.Device, IsBoundToDevice = !issued.Device.IsNone }, null);
        }

        var account = EntityId.TryParse(subject.OrganizationalUnit, out var unit) ? unit : PlatformAccount;
        return Refuse(
            DeviceEventType.NotIssued, AlertDescription.CertificateUnknown,
            $"its certificate (serial number {Convert.ToHexStringLower(certificate.SerialNumber.Span)}) is signed by the platform's authority and is in no record of what the platform"
            + " has issued: the authority's key may be in other hands", account == PlatformAccount ? [account] : [account, PlatformAccount], null, name);
    }

    private TrustDecision JudgeTrusted(
        PeerIdentity.Certificate certificate, TrustedCertificateService service, UInt128 key, bool isRecorded, in IssuedEntry issued, string? name)
    {
        var owners = Anchors.Find(certificate.TrustAnchorThumbprint.Span, service);
        var active = owners.RemoveAll(owner => !owner.IsActive);
        if (active.IsEmpty)
        {
            return owners.IsEmpty
                ? Refuse(DeviceEventType.AuthorityInactive, AlertDescription.UnknownCa, "no account trusts the authority of its certificate here", [], null, name)
                : Refuse(DeviceEventType.AuthorityInactive, AlertDescription.UnknownCa, "the authority of its certificate is INACTIVE (trusted-certificates)", AccountsOf(owners), null, name);
        }

        // Bootstrap and enrollment decide themselves whose a factory's device is: it may be claimed.
        TrustOwner? owner = active.Length == 1 || service == TrustedCertificateService.Bootstrap ? active[0] : null;
        EntityId device = default;
        if (isRecorded)
        {
            var account = _accounts.AccountOf(issued.Account);
            owner = active.FirstOrDefault(candidate => candidate.AccountId == account);
            device = issued.Device;
        }
        else if (_keys.TryGet(key, out var known))
        {
            var account = _accounts.AccountOf(known.Account);
            owner = active.FirstOrDefault(candidate => candidate.AccountId == account) ?? owner;
        }

        if (owner is null)
        {
            return Refuse(
                DeviceEventType.AccountUnclear, AlertDescription.AccessDenied,
                "several accounts trust the authority of its certificate and none has it in its directory with this certificate (device_key)", AccountsOf(active), null, name);
        }

        return new(
            new DeviceClaim(owner.AccountId, owner.IsDeveloper ? null : name)
            {
                DeviceId = device,
                IsBoundToDevice = isRecorded && !device.IsNone,
                TrustedCertificateId = owner.TrustedCertificateId,
                IsDeveloper = owner.IsDeveloper,
            },
            null);
    }

    private TrustDecision CheckEnd(in TrustDecision decision, PeerIdentity.Certificate certificate, CertificateNames subject, TrustedCertificateService service)
    {
        var over = time.GetUtcNow() - certificate.NotAfter;
        if (over <= TimeSpan.Zero)
            return decision;
        var claim = decision.Claim;
        if (service == TrustedCertificateService.Bootstrap && over <= ExpiredGrace)
            return new(claim with { IsExpired = true }, null);
        var where = service == TrustedCertificateService.Lwm2m ? "it can get another one at the bootstrap server" : "the time in which it could have got another one is over as well";
        return Refuse(
            DeviceEventType.Expired, AlertDescription.CertificateExpired, FormattableString.Invariant($"its certificate expired at {certificate.NotAfter:u}; {where}"),
            [claim.AccountId], claim.DeviceId.IsNone ? null : claim.DeviceId, subject.CommonName);
    }

    private TrustDecision JudgeKey(PeerIdentity.PreSharedKey key) => Keys.TryFindOwner(key.Identity.Span, out var account, out var endpointName, out var device)
        ? new(new DeviceClaim(account, endpointName) { DeviceId = device, IsBoundToDevice = !device.IsNone }, null)
        : Refuse(DeviceEventType.Revoked, AlertDescription.UnknownPskIdentity, "its pre-shared key was deleted, or it was given another one at a later bootstrap", [], null, key.ToString());

    private TrustDecision JudgeRawPublicKey(PeerIdentity.RawPublicKey key) => _keys.TryGet(TrustKey.Of(key.SubjectPublicKeyInfo.Span), out var entry)
        ? new(new DeviceClaim(_accounts.AccountOf(entry.Account), null) { DeviceId = entry.Device, IsBoundToDevice = true }, null)
        : Refuse(DeviceEventType.Revoked, AlertDescription.CertificateUnknown, "its public key is that of no device (device_key), or it was given another key at a later bootstrap", [], null, key.ToString());

    private TrustDecision CheckSuspended(in TrustDecision decision)
    {
        if (!decision.IsBelieved(out _))
            return decision;
        var claim = decision.Claim;
        DeviceEntry entry = default;
        if (_suspendedAccounts.ContainsKey(claim.AccountId))
            return Refuse(DeviceEventType.SuspendedRefused, AlertDescription.AccessDenied, "its account is suspended", [claim.AccountId], claim.DeviceId.IsNone ? null : claim.DeviceId, claim.EndpointName);
        var isSuspended = (!claim.DeviceId.IsNone && _suspended.TryGet(TrustKey.Of(claim.DeviceId), out entry))
            || (claim.EndpointName is not null && _suspended.TryGet(TrustKey.Of(claim.AccountId, claim.EndpointName), out entry));
        return isSuspended
            ? Refuse(DeviceEventType.SuspendedRefused, AlertDescription.AccessDenied, "the device is suspended", [claim.AccountId], entry.Device, claim.EndpointName)
            : decision;
    }

    private void RecordExpired(PeerIdentity identity, in DeviceClaim claim)
    {
        var until = ((PeerIdentity.Certificate)identity).NotAfter;
        var over = time.GetUtcNow() - until;
        // A device oversleeps a renewal; who has kept a certificate for a season may have it from a scrapped device.
        events.Record(
            claim.AccountId, claim.DeviceId.IsNone ? null : claim.DeviceId, over > LongExpired ? DeviceEventType.LongExpiredTaken : DeviceEventType.ExpiredTaken,
            FormattableString.Invariant($"{claim.EndpointName}: its certificate expired {Math.Max(1, (int)over.TotalDays)} days ago, at {until:u}; it was let in to the bootstrap server alone, to get another one"),
            claim.EndpointName ?? "");
    }

    private static TrustDecision Refuse(DeviceEventType type, AlertDescription alert, string reason, IReadOnlyList<EntityId> accounts, EntityId? device, string? subject) =>
        new(default, new TrustRefusal(type, alert, reason, accounts, device, subject ?? ""));

    private static IReadOnlyList<EntityId> AccountsOf(ImmutableArray<TrustOwner> owners) => [.. owners.Select(owner => owner.AccountId).Distinct()];
}
