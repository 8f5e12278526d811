using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Directory;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>What other nodes have changed of what is believed of devices, and what they are told.</summary>
internal sealed partial class DeviceTrustLoader
{
    private const string TrustedTopic = "trusted-certificates";
    private const string SuspendedTopic = "device-suspended";
    private const string KeyTopic = "device-key";
    private const string AccountTopic = "account-suspended";

    private void ListenToOthers()
    {
        issued.Heard += Tell;
        notices.Listen(TrustedTopic, OnTrustedChangedElsewhereAsync);
        notices.Listen(SuspendedTopic, OnSuspendedElsewhereAsync);
        notices.Listen(KeyTopic, OnKeyChangedElsewhereAsync);
        notices.Listen(AccountTopic, OnAccountChangedElsewhereAsync);
    }

    private void OnTrustedChanged(EntityId account)
    {
        _ = ReadAgainAsync(account);
        notices.Publish(TrustedTopic, account.ToString());
    }

    private void OnResumed(DeviceWithdrawal device) => SetSuspended(device, isSuspended: false);

    private void SetSuspended(DeviceWithdrawal device, bool isSuspended)
    {
        trust.SetSuspended(device.AccountId, device.DeviceId, device.EndpointName, isSuspended);
        notices.Publish(SuspendedTopic, $"{device.AccountId} {device.DeviceId} {(isSuspended ? 1 : 0)} {device.EndpointName}");
    }

    private void OnAccountChanged(EntityId account, AccountPolicy policy)
    {
        var isSuspended = policy.Status == AccountStatus.Suspended;
        trust.SetAccountSuspended(account, isSuspended);
        notices.Publish(AccountTopic, $"{account} {(isSuspended ? 1 : 0)}");
    }

    private async Task OnAccountChangedElsewhereAsync(string? body)
    {
        if (body?.Split(' ') is [var id, var suspended] && EntityId.TryParse(id, out var account))
        {
            trust.SetAccountSuspended(account, suspended == "1");
            return;
        }

        await using var db = databases.OpenForPlatform();
        await ReadSuspendedAccountsAsync(db, CancellationToken.None);
    }

    private async Task ReadSuspendedAccountsAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        var before = trust.SuspendedAccounts;
        var suspended = await db.AllAccounts<Account>().Where(account => account.Status == AccountStatus.Suspended).Select(account => account.Id).ToListAsync(cancellationToken);
        foreach (var account in suspended)
            trust.SetAccountSuspended(account, isSuspended: true);
        foreach (var account in before.Except(suspended))
            trust.SetAccountSuspended(account, isSuspended: false);
    }

    private async Task OnTrustedChangedElsewhereAsync(string? body)
    {
        if (EntityId.TryParse(body, out var account))
        {
            await ReadAgainAsync(account);
            return;
        }

        // Whatever may have changed while nobody could tell.
        await using var db = databases.OpenForPlatform();
        foreach (var any in await db.AllAccounts<Account>().Select(row => row.Id).ToListAsync())
            await ReadAgainAsync(any);
        var (suspendedBefore, keysBefore) = (trust.SuspendedKeys, trust.DeviceKeys);
        await ReadDevicesAsync(db, CancellationToken.None);
        await bootstrapKeys.ReadAsync(db, CancellationToken.None);
        var keys = await db.AllAccounts<Directory.Device>().Where(row => row.DeviceKey != "").Select(row => row.DeviceKey)
            .Concat(db.AllAccounts<BootstrapKey>().Where(key => key.ProtectedSecret == null).Select(key => key.Identity)).ToListAsync();
        trust.EndKeys(keysBefore, keys);
        var suspended = await db.AllAccounts<Directory.Device>().Where(row => row.OperatorSuspended || row.SystemSuspended)
            .Select(row => new { row.Id, row.AccountId, row.EndpointName }).ToListAsync();
        trust.EndSuspensions(suspendedBefore, suspended.Select(row => (row.AccountId, row.Id, row.EndpointName)));
    }

    private Task OnSuspendedElsewhereAsync(string? body)
    {
        // The name comes last: it may have spaces.
        var parts = body?.Split(' ', 4) ?? [];
        if (parts.Length == 4 && EntityId.TryParse(parts[0], out var account) && EntityId.TryParse(parts[1], out var device))
            trust.SetSuspended(account, device, parts[3].Length == 0 ? null : parts[3], parts[2] == "1");
        return Task.CompletedTask;
    }

    private Task OnKeyChangedElsewhereAsync(string? body)
    {
        var parts = body?.Split(' ') ?? [];
        if (parts.Length == 4 && EntityId.TryParse(parts[0], out var account) && EntityId.TryParse(parts[1], out var device))
            ChangeKey(new DeviceKeyChange(account, device, parts[2], parts[3]));
        return Task.CompletedTask;
    }
}
