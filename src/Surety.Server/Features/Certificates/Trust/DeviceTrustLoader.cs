using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Directory;
using Surety.Server.Features.PreSharedKeys;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>Reads what is believed of devices from the database at the start, and keeps <see cref="DeviceTrust"/> told of what changes.</summary>
internal sealed partial class DeviceTrustLoader(
    DeviceTrust trust,
    PlatformAuthority platform,
    TrustedCertificates trusted,
    IssuedCertificates issued,
    CertificateLog certificateLog,
    DeviceDirectory directory,
    AccountService accounts,
    PreSharedKeyService keys,
    BootstrapKeys bootstrapKeys,
    IClusterNotices notices,
    SuretyDbFactory databases,
    TimeProvider time,
    ILogger<DeviceTrustLoader> log) : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _reading = new(1, 1);

    /// <summary>Reads everything; before this returns no device may be heard.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        trust.PlatformAccount = await db.AllAccounts<Account>().OrderBy(account => account.Id).Select(account => account.Id).FirstAsync(cancellationToken);
        // The log before everybody: what it cannot keep nobody is to hear of.
        await certificateLog.LoadAsync(trust.PlatformAccount, cancellationToken);
        // First, so that nothing gets lost between reading and listening. What is told twice is told twice.
        trusted.Changed += OnTrustedChanged;
        issued.Issued += (record, _) => Tell(record);
        issued.Withdrawn += records =>
        {
            foreach (var record in records)
                Tell(record);
        };
        directory.Withdrawn += OnWithdrawn;
        directory.Resumed += OnResumed;
        directory.KeyChanged += OnKeyChanged;
        accounts.Changed += OnAccountChanged;
        ListenToOthers();
        await ReadSuspendedAccountsAsync(db, cancellationToken);

        trust.TrustPlatform(platform.Root.RawData);
        foreach (var rows in (await db.AllAccounts<TrustedCertificate>().AsNoTracking().ToListAsync(cancellationToken)).GroupBy(row => row.AccountId))
            trust.SetTrusted(rows.Key, [.. rows.OrderBy(row => row.Id)]);
        await ReadDevicesAsync(db, cancellationToken);
        await keys.LoadAsync(cancellationToken);
        await bootstrapKeys.LoadAsync(cancellationToken);
        trust.TrimExcess();
    }

    public void Dispose() => _reading.Dispose();

    private async Task ReadDevicesAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        await foreach (var record in db.AllAccounts<IssuedCertificateRecord>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
            Tell(record);
        var devices = db.AllAccounts<Directory.Device>().Where(device => device.DeviceKey != "" || device.OperatorSuspended || device.SystemSuspended)
            .Select(device => new { device.Id, device.AccountId, device.EndpointName, device.DeviceKey, IsSuspended = device.OperatorSuspended || device.SystemSuspended });
        await foreach (var device in devices.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (device.DeviceKey.Length > 0)
                trust.SetDeviceKey(device.AccountId, device.Id, device.DeviceKey);
            if (device.IsSuspended)
                trust.SetSuspended(device.AccountId, device.Id, device.EndpointName, isSuspended: true);
        }
    }

    private void Tell(IssuedCertificateRecord record) => trust.SetIssued(record.Fingerprint, record.AccountId, record.DeviceId, record.Status);

    private void OnWithdrawn(DeviceWithdrawal withdrawal)
    {
        if (withdrawal.Reason == DeviceWithdrawalReason.Blocked)
        {
            SetSuspended(withdrawal, isSuspended: true);
            return;
        }

        // A device of the same name may come, and is another one. What was issued to this one is bound to it, and worth nothing any more.
        SetSuspended(withdrawal, isSuspended: false);
        _ = RevokeAsync(withdrawal);
    }

    private void OnKeyChanged(DeviceKeyChange change)
    {
        ChangeKey(change);
        notices.Publish(KeyTopic, $"{change.AccountId} {change.DeviceId} {change.Before} {change.After}");
    }

    private void ChangeKey(DeviceKeyChange change)
    {
        if (change.Before.Length > 0 && change.Before != change.After)
            trust.RemoveDeviceKey(change.DeviceId, change.Before);
        if (change.After.Length > 0)
            trust.SetDeviceKey(change.AccountId, change.DeviceId, change.After);
    }

    private async Task RevokeAsync(DeviceWithdrawal withdrawal)
    {
        while (true)
        {
            try
            {
                await issued.RevokeAsync(withdrawal.AccountId, withdrawal.DeviceId, CancellationToken.None);
                return;
            }
            catch (Exception error) when (error is System.Data.Common.DbException or DbUpdateException)
            {
                LogFailed(error);
                await Task.Delay(RetryDelay, time);
            }
        }
    }

    private async Task ReadAgainAsync(EntityId account)
    {
        // In order: what is read last counts.
        await _reading.WaitAsync();
        try
        {
            while (true)
            {
                try
                {
                    await using var db = databases.Open(account);
                    trust.SetTrusted(account, await db.Set<TrustedCertificate>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());
                    return;
                }
                catch (System.Data.Common.DbException error)
                {
                    LogFailed(error);
                    await Task.Delay(RetryDelay, time);
                }
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    [LoggerMessage(1721, LogLevel.Error, "What devices are believed by could not be brought up to date; it is tried again")]
    private partial void LogFailed(Exception exception);
}
