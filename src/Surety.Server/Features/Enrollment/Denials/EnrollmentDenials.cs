using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>Devices that were not let in, for the accounts that they concern.</summary>
internal sealed class EnrollmentDenials(SuretyDbFactory databases, EnrollmentAlerts alerts, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>Denials that an account keeps: the newest.</summary>
    public const int MaxPerAccount = 10_000;

    private const string Kind = "enrollment denial";

    // A look for those that are too many costs as much as they are; the bound is exceeded by this at most.
    private const int TrimInterval = 100;

    /// <summary>The filters of the list.</summary>
    public static readonly FilterSet<EnrollmentDenial> Filters = new FilterSet<EnrollmentDenial>()
        .Equality("endpoint_name", denial => denial.EndpointName, value => value)
        .Id("trusted_certificate_id", denial => denial.TrustedCertificateId);

    private int _sinceTrim = TrimInterval;

    public async Task<ListResponse<DeniedDevice>> ListAsync(EntityId accountId, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        return await Filters.Apply(db.Set<EnrollmentDenial>(), list.Conditions).ToPageAsync(list, DeniedDevice.Of, alwaysCount: false, cancellationToken);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<DeniedDevice> GetAsync(EntityId accountId, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        return EntityId.TryParse(id, out var denialId)
            && await db.Set<EnrollmentDenial>().AsNoTracking().SingleOrDefaultAsync(denial => denial.Id == denialId, cancellationToken) is { } found
            ? DeniedDevice.Of(found)
            : throw ApiException.NotFound(Kind, id);
    }

    /// <summary>Keeps that a device was not let in; it is on record when this returns.</summary>
    /// <param name="accountId">The account that knows the authority.</param>
    /// <param name="trustedCertificateId">Its trusted certificate.</param>
    /// <param name="endpointName">The name of the device, storable.</param>
    /// <param name="fingerprint">Of the device's certificate.</param>
    /// <param name="reason">In words.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task RecordAsync(
        EntityId accountId, EntityId trustedCertificateId, string endpointName, EnrollmentFingerprint fingerprint, string reason,
        CancellationToken cancellationToken)
    {
        alerts.Denied(accountId, endpointName, fingerprint, reason);
        await using var db = databases.Open(accountId);
        var now = time.GetInstant();
        if (await UpdateAsync(db, trustedCertificateId, endpointName, fingerprint, reason, now, cancellationToken))
            return;
        db.Add(new EnrollmentDenial
        {
            Id = ids.Next(),
            AccountId = accountId,
            TrustedCertificateId = trustedCertificateId,
            EndpointName = endpointName,
            Fingerprint = fingerprint.Hex,
            Reason = reason,
            CreatedAt = now,
            UpdatedAt = now,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            // The same device at the same moment.
            await UpdateAsync(db, trustedCertificateId, endpointName, fingerprint, reason, now, cancellationToken);
            return;
        }

        if (Interlocked.Increment(ref _sinceTrim) > TrimInterval)
        {
            Interlocked.Exchange(ref _sinceTrim, 0);
            await TrimAsync(db, cancellationToken);
        }
    }

    private static async Task<bool> UpdateAsync(
        SuretyDb db, EntityId trustedCertificateId, string endpointName, EnrollmentFingerprint fingerprint, string reason, DateTimeOffset now,
        CancellationToken cancellationToken) => await db.Set<EnrollmentDenial>()
            .Where(denial => denial.TrustedCertificateId == trustedCertificateId && denial.EndpointName == endpointName)
            .ExecuteUpdateAsync(
                set => set.SetProperty(denial => denial.Count, denial => denial.Count + 1)
                    .SetProperty(denial => denial.Fingerprint, fingerprint.Hex)
                    .SetProperty(denial => denial.Reason, reason)
                    .SetProperty(denial => denial.UpdatedAt, now),
                cancellationToken) > 0;

    private static async Task TrimAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        var oldest = await db.Set<EnrollmentDenial>().OrderByDescending(denial => denial.UpdatedAt).Skip(MaxPerAccount)
            .Select(denial => (DateTimeOffset?)denial.UpdatedAt).FirstOrDefaultAsync(cancellationToken);
        if (oldest is { } limit)
            await db.Set<EnrollmentDenial>().Where(denial => denial.UpdatedAt <= limit).ExecuteDeleteAsync(cancellationToken);
    }
}
