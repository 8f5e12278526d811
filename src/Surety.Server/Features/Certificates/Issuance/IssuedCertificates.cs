using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Features.Cluster;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>The record of issued certificates. What is not in it was not issued here, whatever its signature says.</summary>
internal sealed partial class IssuedCertificates(SuretyDbFactory databases, IClusterNotices notices, EntityIdGenerator ids, TimeProvider time, ILogger<IssuedCertificates> log)
{
    private const string Topic = "certificate";

    // Certificates that no device was seen to use yet, by fingerprint. Almost always empty: a device uses what it asked for.
    private readonly ConcurrentDictionary<string, EntityId> _unconfirmed = new(StringComparer.Ordinal);

    /// <summary>Raised after the row of a certificate is committed and before anybody has the certificate. What it throws keeps the certificate back.</summary>
    public event Action<IssuedCertificateRecord, X509Certificate2>? Issued;

    /// <summary>Raised after a device was first seen to use a certificate and that is committed.</summary>
    public event Action<IssuedCertificateRecord>? Confirmed;

    /// <summary>Raised after certificates were superseded or revoked and that is committed: connections that were made with them must end.</summary>
    public event Action<IReadOnlyList<IssuedCertificateRecord>>? Withdrawn;

    /// <summary>Raised after another node has issued, confirmed or withdrawn a certificate; the record is what it is now.</summary>
    public event Action<IssuedCertificateRecord>? Heard;

    /// <summary>SHA-256 of a certificate's DER, as the record has it.</summary>
    public static string FingerprintOf(ReadOnlySpan<byte> der) => Convert.ToHexStringLower(SHA256.HashData(der));

    /// <summary>Reads which certificates nobody has used yet.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        notices.Listen(Topic, OnChangedElsewhereAsync);
        await ReadUnconfirmedAsync(cancellationToken);
    }

    private async Task ReadUnconfirmedAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var open = db.AllAccounts<IssuedCertificateRecord>().AsNoTracking()
            .Where(record => record.ConfirmedAt == null && record.Status == IssuedCertificateStatus.Active);
        await foreach (var record in open.AsAsyncEnumerable().WithCancellation(cancellationToken))
            _unconfirmed[record.Fingerprint] = record.AccountId;
    }

    /// <summary>Keeps the record of a certificate. When this returns the record is durable.</summary>
    public async Task<IssuedCertificateRecord> AddAsync(CertificateOrder order, X509Certificate2 certificate, EntityId? issuerId, CancellationToken cancellationToken)
    {
        var record = new IssuedCertificateRecord
        {
            Id = ids.Next(),
            AccountId = order.AccountId,
            DeviceId = order.DeviceId,
            EndpointName = order.EndpointName,
            CertificateName = order.CertificateName,
            Fingerprint = FingerprintOf(certificate.RawData),
            SerialNumber = Convert.ToHexStringLower(certificate.SerialNumberBytes.Span),
            IssuerId = issuerId,
            IssuerKeyId = issuerId is null ? KeyIdOfIssuer(certificate) : null,
            NotAfter = new DateTimeOffset(certificate.NotAfter).ToUniversalTime(),
            CreatedAt = time.GetInstant(),
        };
        await using (var db = databases.Open(order.AccountId))
        {
            db.Add(record);
            await db.SaveChangesAsync(cancellationToken);
        }

        _unconfirmed[record.Fingerprint] = record.AccountId;
        Issued?.Invoke(record, certificate);
        notices.Publish(Topic, record.Fingerprint);
        return record;
    }

    private async Task OnChangedElsewhereAsync(string? fingerprint)
    {
        if (fingerprint is null)
        {
            // What counts for what is read again by the loader of trust.
            await ReadUnconfirmedAsync(CancellationToken.None);
            return;
        }

        if (await FindAsync(fingerprint, CancellationToken.None) is not { } record)
            return;
        if (record is { ConfirmedAt: null, Status: IssuedCertificateStatus.Active })
            _unconfirmed[record.Fingerprint] = record.AccountId;
        else
            _unconfirmed.TryRemove(record.Fingerprint, out _);
        Heard?.Invoke(record);
    }

    /// <summary>The record of a certificate; null: it was not issued here.</summary>
    /// <param name="fingerprint">See <see cref="FingerprintOf"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IssuedCertificateRecord?> FindAsync(string fingerprint, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        return await db.AllAccounts<IssuedCertificateRecord>().AsNoTracking().SingleOrDefaultAsync(record => record.Fingerprint == fingerprint, cancellationToken);
    }

    /// <summary>
    /// A device has proven that it has the key of this certificate, and it was let in. The first time confirms the certificate, and supersedes
    /// those that the device had before under the same name. Returns at once; the work is done behind.
    /// </summary>
    public void OnSeen(in CoapPeer peer)
    {
        if (_unconfirmed.IsEmpty || peer.Identity is not PeerIdentity.Certificate certificate)
            return;
        var fingerprint = Convert.ToHexStringLower(certificate.Thumbprint.Span);
        if (_unconfirmed.TryRemove(fingerprint, out var account))
            _ = Task.Run(() => ConfirmQuietlyAsync(account, fingerprint));
    }

    /// <summary>Confirms a certificate, see <see cref="OnSeen"/>.</summary>
    public async Task ConfirmAsync(EntityId account, string fingerprint, CancellationToken cancellationToken)
    {
        IssuedCertificateRecord? record;
        List<IssuedCertificateRecord> older;
        await using (var db = databases.Open(account))
        {
            record = await db.Set<IssuedCertificateRecord>().SingleOrDefaultAsync(r => r.Fingerprint == fingerprint, cancellationToken);
            if (record is not { Status: IssuedCertificateStatus.Active, ConfirmedAt: null })
                return;
            record.ConfirmedAt = time.GetInstant();
            older = await db.Set<IssuedCertificateRecord>()
                .Where(r => r.DeviceId == record.DeviceId && r.CertificateName == record.CertificateName && r.Id < record.Id && r.Status == IssuedCertificateStatus.Active)
                .ToListAsync(cancellationToken);
            foreach (var one in older)
                Withdraw(one, IssuedCertificateStatus.Superseded, RevocationReason.Superseded);
            if (record.CertificateName == CertificateOrder.Lwm2m && await db.Devices.SingleOrDefaultAsync(device => device.Id == record.DeviceId, cancellationToken) is { } device)
            {
                // The directory shows until when the device can register.
                device.ConnectorExpirationDate = DateOnly.FromDateTime(record.NotAfter.UtcDateTime);
                device.UpdatedAt = time.GetInstant();
            }

            await db.SaveChangesAsync(cancellationToken);
        }

        foreach (var one in older)
            _unconfirmed.TryRemove(one.Fingerprint, out _);
        Confirmed?.Invoke(record);
        if (older.Count > 0)
            Withdrawn?.Invoke(older);
        foreach (var one in older.Append(record))
            notices.Publish(Topic, one.Fingerprint);
    }

    /// <summary>Takes every certificate of a device back.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> RevokeAsync(EntityId account, EntityId device, CancellationToken cancellationToken) =>
        RevokeAsync(account, device, certificateName: null, RevocationReason.CessationOfOperation, cancellationToken);

    /// <summary>Takes the certificates of a device back that have a name.</summary>
    /// <param name="account">Whose device it is.</param>
    /// <param name="device">The device.</param>
    /// <param name="certificateName">The name; null: all of them.</param>
    /// <param name="reason">What revocation lists say.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> RevokeAsync(EntityId account, EntityId device, string? certificateName, RevocationReason reason, CancellationToken cancellationToken)
    {
        List<IssuedCertificateRecord> all;
        await using (var db = databases.Open(account))
        {
            all = await db.Set<IssuedCertificateRecord>()
                .Where(r => r.DeviceId == device && r.Status != IssuedCertificateStatus.Revoked && (certificateName == null || r.CertificateName == certificateName))
                .ToListAsync(cancellationToken);
            foreach (var one in all)
                Withdraw(one, IssuedCertificateStatus.Revoked, reason);
            await db.SaveChangesAsync(cancellationToken);
        }

        foreach (var one in all)
            _unconfirmed.TryRemove(one.Fingerprint, out _);
        if (all.Count > 0)
            Withdrawn?.Invoke(all);
        foreach (var one in all)
            notices.Publish(Topic, one.Fingerprint);
        return all.Count;
    }

    private static string? KeyIdOfIssuer(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier is { } identifier ? Convert.ToHexStringLower(identifier.Span) : null;

    private void Withdraw(IssuedCertificateRecord record, IssuedCertificateStatus status, RevocationReason reason)
    {
        record.Status = status;
        record.WithdrawnAt = time.GetInstant();
        record.RevocationReason = reason;
    }

    private async Task ConfirmQuietlyAsync(EntityId account, string fingerprint)
    {
        try
        {
            await ConfirmAsync(account, fingerprint, CancellationToken.None);
        }
        catch (Exception error) when (error is DbException or DbUpdateException)
        {
            // The device comes again.
            _unconfirmed[fingerprint] = account;
            LogNotConfirmed(error, fingerprint);
        }
    }

    [LoggerMessage(1753, LogLevel.Warning, "That a device uses certificate {Fingerprint} could not be written; it will be when the device comes again")]
    private partial void LogNotConfirmed(Exception error, string fingerprint);
}
