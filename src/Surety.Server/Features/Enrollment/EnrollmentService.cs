using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.Audit;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

namespace Surety.Server.Features.Enrollment;

/// <summary>The enrollments of an account, one by one.</summary>
internal sealed class EnrollmentService(
    SuretyDbFactory databases, EnrollmentSettings settings, EnrollmentAlerts alerts, AuditTrail audit, EntityIdGenerator ids, TimeProvider time)
{
    private const string Kind = "device enrollment";

    private const int ChunkSize = 500;
    private const int MaxAttempts = 5;

    /// <summary>The filters of the list; the contract names none, and clients use them.</summary>
    public static readonly FilterSet<DeviceEnrollment> Filters = new FilterSet<DeviceEnrollment>()
        .Time("claimed_at", enrollment => enrollment.ClaimedAt)
        .Time("created_at", enrollment => enrollment.CreatedAt)
        .OptionalId("enrolled_device_id", enrollment => enrollment.EnrolledDeviceId)
        .Equality("enrollment_identity", enrollment => enrollment.Fingerprint, ParseIdentity)
        .Time("expires_at", enrollment => enrollment.ExpiresAt)
        .Id("id", enrollment => enrollment.Id);

    public async Task<ListResponse<EnrollmentIdentity>> ListAsync(EntityId accountId, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        var rows = Filters.Apply(db.Set<DeviceEnrollment>().Where(DeviceEnrollment.IsThere(time.GetInstant())), list.Conditions);
        return await rows.ToPageAsync(list, EnrollmentIdentity.Of, alwaysCount: true, cancellationToken);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<EnrollmentIdentity> GetAsync(EntityId accountId, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        return EnrollmentIdentity.Of(await FindAsync(db, id, cancellationToken));
    }

    /// <summary>Says that a device is the account's own. It becomes so when it bootstraps.</summary>
    /// <exception cref="ApiException">400; 409: the device is enrolled already, in this account or in another one.</exception>
    public async Task<EnrollmentIdentity> CreateAsync(EntityId accountId, EnrollmentId request, CancellationToken cancellationToken)
    {
        if (!EnrollmentFingerprint.TryParse(request.EnrollmentIdentity, out var fingerprint))
            throw ApiException.Invalid("enrollment_identity", EnrollmentFingerprint.Expectation);
        await using var db = databases.Open(accountId);
        var now = time.GetInstant();
        // One that has expired frees the identity, whosever it was.
        await FreeExpiredAsync(audit, db, db.AllAccounts<DeviceEnrollment>().Where(row => row.Fingerprint == fingerprint.Hex), now, cancellationToken);
        var enrollment = New(accountId, fingerprint, now);
        db.Add(enrollment);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            if (!await db.Set<DeviceEnrollment>().AnyAsync(row => row.Fingerprint == fingerprint.Hex, cancellationToken))
                alerts.IdentitiesOfOthers(accountId, 1, fingerprint);
            throw ApiException.Duplicate(
                "The enrollment identity is already in this account or in another one.", new ErrorField("enrollment_identity", "is taken"));
        }

        return EnrollmentIdentity.Of(enrollment);
    }

    /// <summary>Says of many devices that they are the account's own. Those that are enrolled already, here or elsewhere, are passed over.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="fingerprints">The devices, each once.</param>
    /// <param name="cancellationToken">Ends the work; what was enrolled until then stays.</param>
    /// <returns>How many were enrolled.</returns>
    public async Task<int> CreateAllAsync(EntityId accountId, IReadOnlyCollection<EnrollmentFingerprint> fingerprints, CancellationToken cancellationToken)
    {
        var enrolled = 0;
        foreach (var chunk in fingerprints.Chunk(ChunkSize))
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    enrolled += await CreateChunkAsync(accountId, chunk, cancellationToken);
                    break;
                }
                catch (DbUpdateException error) when (attempt < MaxAttempts && UniqueViolation.Is(error))
                {
                    // Somebody else enrolled one of them at the same moment: look again.
                }
            }
        }

        return enrolled;
    }

    /// <summary>Frees the identity. What its device has is left alone: a device that changes hands also needs a factory reset.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task DeleteAsync(EntityId accountId, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        var enrollment = await FindAsync(db, id, cancellationToken);
        if (await audit.DeleteAsync(db, db.Set<DeviceEnrollment>().Where(row => row.Id == enrollment.Id), cancellationToken) == 0)
            throw ApiException.NotFound(Kind, id);
    }

    /// <summary>An enrollment that is not stored yet.</summary>
    public DeviceEnrollment New(EntityId accountId, EnrollmentFingerprint fingerprint, DateTimeOffset now) => new()
    {
        Id = ids.Next(),
        AccountId = accountId,
        Fingerprint = fingerprint.Hex,
        CreatedAt = now,
        ExpiresAt = now + settings.ClaimPeriod,
    };

    /// <summary>Which of the identities are enrolled, and by whom. Those that have expired are freed, whosever they were.</summary>
    /// <param name="audit">The log.</param>
    /// <param name="db">In whose transaction.</param>
    /// <param name="fingerprints">64 hexadecimal digits each, lower case.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Dictionary<string, EntityId>> FindOwnersAsync(AuditTrail audit, SuretyDb db, List<string> fingerprints, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var concerned = db.AllAccounts<DeviceEnrollment>().Where(row => fingerprints.Contains(row.Fingerprint));
        await FreeExpiredAsync(audit, db, concerned, now, cancellationToken);
        return await concerned.Select(row => new { row.Fingerprint, row.AccountId }).ToDictionaryAsync(row => row.Fingerprint, row => row.AccountId, cancellationToken);
    }

    // Whosever they were: it is in the log of that account, and not who asked.
    private static async Task FreeExpiredAsync(AuditTrail audit, SuretyDb db, IQueryable<DeviceEnrollment> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var scope = AuditScope.BeginPlatform("enrollment expiry");
        await audit.DeleteAsync(db, rows.Where(DeviceEnrollment.IsExpired(now)), cancellationToken);
    }

    private async Task<int> CreateChunkAsync(EntityId accountId, EnrollmentFingerprint[] fingerprints, CancellationToken cancellationToken)
    {
        var wanted = fingerprints.Select(fingerprint => fingerprint.Hex).ToList();
        await using var db = databases.Open(accountId);
        var now = time.GetInstant();
        var taken = await FindOwnersAsync(audit, db, wanted, now, cancellationToken);
        var added = fingerprints.Where(fingerprint => !taken.ContainsKey(fingerprint.Hex)).Select(fingerprint => New(accountId, fingerprint, now)).ToList();
        db.AddRange(added);
        await db.SaveChangesAsync(cancellationToken);
        var ofOthers = taken.Where(row => row.Value != accountId).Select(row => row.Key).ToList();
        if (ofOthers.Count > 0)
            alerts.IdentitiesOfOthers(accountId, ofOthers.Count, new EnrollmentFingerprint(ofOthers[0]));
        return added.Count;
    }

    private async Task<DeviceEnrollment> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) =>
        (EntityId.TryParse(id, out var enrollmentId)
            ? await db.Set<DeviceEnrollment>().AsNoTracking().Where(DeviceEnrollment.IsThere(time.GetInstant()))
                .SingleOrDefaultAsync(row => row.Id == enrollmentId, cancellationToken)
            : null)
        ?? throw ApiException.NotFound(Kind, id);

    private static string ParseIdentity(string value) => EnrollmentFingerprint.TryParse(value.Trim(), out var fingerprint)
        ? fingerprint.Hex
        : throw new FormatException(EnrollmentFingerprint.Expectation);
}
