using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>The claims of devices: which account a fingerprint belongs to, and the moment in which it becomes so.</summary>
internal sealed class EnrollmentClaims(SuretyDbFactory databases, TimeProvider time)
{
    /// <summary>The enrollment of a device, whosever it is; null when there is none.</summary>
    public async Task<DeviceEnrollment?> FindAsync(EnrollmentFingerprint fingerprint, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        return await db.AllAccounts<DeviceEnrollment>().AsNoTracking().Where(DeviceEnrollment.IsThere(time.GetInstant()))
            .SingleOrDefaultAsync(row => row.Fingerprint == fingerprint.Hex, cancellationToken);
    }

    /// <summary>Claims the device of an enrollment that was not claimed. The database decides: of several at once, one wins.</summary>
    /// <returns>False: somebody else claimed it, or the enrollment is no more.</returns>
    public async Task<bool> TryClaimAsync(DeviceEnrollment enrollment, EntityId deviceId, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(enrollment.AccountId);
        var now = time.GetInstant();
        return await db.Set<DeviceEnrollment>().Where(row => row.Id == enrollment.Id && row.ClaimedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ClaimedAt, now)
                .SetProperty(row => row.EnrolledDeviceId, deviceId)
                .SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken) > 0;
    }

    /// <summary>The device of a claimed enrollment has another record than before.</summary>
    public async Task MoveAsync(DeviceEnrollment enrollment, EntityId deviceId, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(enrollment.AccountId);
        await db.Set<DeviceEnrollment>().Where(row => row.Id == enrollment.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.EnrolledDeviceId, deviceId).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
    }
}
