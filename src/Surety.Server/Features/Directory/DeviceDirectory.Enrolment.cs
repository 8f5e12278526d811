using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <content>The records of devices that bootstrap.</content>
internal sealed partial class DeviceDirectory
{
    // The same device at the same moment, by this way or by the writer of registrations: look again.
    private const int MaxEnrolmentAttempts = 5;

    /// <summary>
    /// Makes the record of a device that is about to bootstrap, <c>cloud_enrolling</c> until it has its credentials, or brings the one that it
    /// has up to date. Several at once for the same device give the same record.
    /// </summary>
    /// <returns>The device id; none unless it was enrolled.</returns>
    public async Task<(EntityId DeviceId, DeviceEnrolmentOutcome Outcome)> EnrolAsync(DeviceEnrolment enrolment, CancellationToken cancellationToken)
    {
        if (!DeviceIdentity.IsStorable(enrolment.EndpointName))
            return (default, DeviceEnrolmentOutcome.NameNotStorable);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryEnrolAsync(enrolment, cancellationToken);
            }
            catch (Exception error) when (attempt < MaxEnrolmentAttempts && IsContention(error))
            {
            }
        }
    }

    private async Task<(EntityId DeviceId, DeviceEnrolmentOutcome Outcome)> TryEnrolAsync(DeviceEnrolment enrolment, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(enrolment.AccountId);
        // Of two that would be the last to share a certificate, one must see the other.
        var isolation = enrolment.MaxSharing is null ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable;
        await using var transaction = await db.Database.BeginTransactionAsync(isolation, cancellationToken);
        var device = await db.Devices.AsSplitQuery().SingleOrDefaultAsync(device => device.EndpointName == enrolment.EndpointName, cancellationToken);
        if (device is { OperatorSuspended: true } or { SystemSuspended: true })
            return (default, DeviceEnrolmentOutcome.Suspended);
        if (device is { DeviceExecutionMode: DeviceExecutionMode.Production } && enrolment.ExecutionMode == DeviceExecutionMode.Development)
            return (default, DeviceEnrolmentOutcome.NameIsOfProduction);
        DeviceKeyChange? replaced = null;
        if (enrolment.IsNewLife && device is { State: DeviceState.Bootstrapped or DeviceState.Registered or DeviceState.Deregistered })
        {
            replaced = new DeviceKeyChange(enrolment.AccountId, device.Id, device.DeviceKey, "");
            db.Devices.Remove(device);
            await db.SaveChangesAsync(cancellationToken);
            device = null;
        }

        var now = time.GetInstant();
        if (enrolment.MaxSharing is { } limit && device?.CaId != enrolment.CaId
            && await db.Devices.CountAsync(other => other.CaId == enrolment.CaId && other.DeviceExecutionMode == enrolment.ExecutionMode, cancellationToken) >= limit)
        {
            return (default, DeviceEnrolmentOutcome.TooManySharing);
        }

        if (device is null)
        {
            device = new Device { Id = ids.Next(), AccountId = enrolment.AccountId, EndpointName = enrolment.EndpointName, CreatedAt = now };
            db.Devices.Add(device);
        }

        var keyBefore = device.DeviceKey;
        DeviceChanges.Enrol(device, enrolment);
        if (db.ChangeTracker.HasChanges())
            device.UpdatedAt = now;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (replaced is not null)
        {
            KeyChanged?.Invoke(replaced);
            Raise(new DeviceWithdrawal(enrolment.AccountId, replaced.DeviceId, enrolment.EndpointName, DeviceWithdrawalReason.Deleted));
        }

        if (device.DeviceKey != keyBefore)
            KeyChanged?.Invoke(new DeviceKeyChange(enrolment.AccountId, device.Id, keyBefore, device.DeviceKey));
        return (device.Id, DeviceEnrolmentOutcome.Enrolled);
    }

    /// <summary>Somebody else changed the same rows at the same moment: what is tried again succeeds.</summary>
    internal static bool IsContention(Exception error) => error switch
    {
        DbUpdateConcurrencyException => true,
        DbUpdateException update => UniqueViolation.Is(update) || update.InnerException is DbException { IsTransient: true },
        InvalidOperationException { InnerException: DbException { IsTransient: true } } => true,
        DbException { IsTransient: true } => true,
        _ => false,
    };
}
