using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.Idempotency;

/// <summary>Keys that were used, and what was answered. Safe for concurrent use.</summary>
internal sealed class IdempotencyStore(SuretyDbFactory databases, SecretProtector protector, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    // Of an account. A program that makes one request a second has 86,400 keys a day.
    private const int MaxKeys = 100_000;

    // The last moment before this process: what was running then will never end.
    private readonly DateTimeOffset _start = time.GetInstant();

    /// <summary>Takes the key for a request that is about to run, or finds what it was answered.</summary>
    /// <param name="caller">Whose key.</param>
    /// <param name="key">The key.</param>
    /// <param name="fingerprint">SHA-256 over the request.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The row of a request that is to run now, or the answer.</returns>
    /// <exception cref="ApiException">409: it runs; 422: the key belongs to another request; 429: too many keys.</exception>
    public async Task<(EntityId? Taken, IdempotentAnswer? Answer)> BeginAsync(Caller caller, string key, byte[] fingerprint, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var now = time.GetInstant();
        var first = await FindAsync(db, caller, key, cancellationToken);
        if (first is not null && first.CreatedAt <= now - Retention)
        {
            await db.Set<IdempotentRequest>().Where(request => request.Id == first.Id).ExecuteDeleteAsync(cancellationToken);
            first = null;
        }

        if (first is null)
        {
            await RequireSpaceAsync(db, now, cancellationToken);
            var taken = new IdempotentRequest
            {
                Id = ids.Next(), AccountId = caller.AccountId, ApplicationId = caller.ApplicationId, Key = key, Fingerprint = fingerprint, CreatedAt = now,
            };
            db.Add(taken);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return (taken.Id, null);
            }
            catch (DbUpdateException error) when (UniqueViolation.Is(error))
            {
                // Another was first by a moment.
                first = await FindAsync(db, caller, key, cancellationToken) ?? throw Running();
            }
        }

        if (!CryptographicOperations.FixedTimeEquals(first.Fingerprint, fingerprint))
        {
            throw new ApiException(
                StatusCodes.Status422UnprocessableEntity, ErrorTypes.ValidationError, $"The {IdempotencyKey.Header} was used with another request already; use a new key for each.");
        }

        if (first.ProtectedAnswer is { } answer)
            return (null, IdempotentAnswer.Read(protector.Unprotect(PurposeOf(first.Id), answer)));
        throw first.CreatedAt < _start ? Unknown() : Running();
    }

    /// <summary>Keeps the answer of a request that has run.</summary>
    public async Task CompleteAsync(Caller caller, EntityId id, IdempotentAnswer answer)
    {
        await using var db = databases.Open(caller.AccountId);
        var sealedAnswer = protector.Protect(PurposeOf(id), answer.ToBytes());
        DateTimeOffset? now = time.GetInstant();
        await db.Set<IdempotentRequest>().Where(request => request.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(request => request.ProtectedAnswer, sealedAnswer).SetProperty(request => request.CompletedAt, now));
    }

    /// <summary>Frees the key of a request that had no effect.</summary>
    public async Task FreeAsync(Caller caller, EntityId id)
    {
        await using var db = databases.Open(caller.AccountId);
        await db.Set<IdempotentRequest>().Where(request => request.Id == id).ExecuteDeleteAsync();
    }

    /// <summary>Deletes what is older than <see cref="Retention"/>, of all accounts.</summary>
    public async Task DeleteOldAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var before = time.GetInstant() - Retention;
        await db.AllAccounts<IdempotentRequest>().Where(request => request.CreatedAt <= before).ExecuteDeleteAsync(cancellationToken);
    }

    private static string PurposeOf(EntityId id) => $"idempotent-request/{id}";

    private static Task<IdempotentRequest?> FindAsync(SuretyDb db, Caller caller, string key, CancellationToken cancellationToken) => db.Set<IdempotentRequest>().AsNoTracking()
        .SingleOrDefaultAsync(request => request.ApplicationId == caller.ApplicationId && request.Key == key, cancellationToken);

    private static async Task RequireSpaceAsync(SuretyDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await db.Set<IdempotentRequest>().Where(request => request.CreatedAt > now - Retention).OrderByDescending(request => request.CreatedAt)
            .Skip(MaxKeys - 1).Select(request => (DateTimeOffset?)request.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        if (last is { } oldest)
        {
            throw new ApiException(
                StatusCodes.Status429TooManyRequests,
                ErrorTypes.RateLimitExceeded,
                string.Create(CultureInfo.InvariantCulture, $"The account has used {MaxKeys} idempotency keys in {Retention.TotalHours} hours; the oldest is free again at {oldest + Retention:u}."));
        }
    }

    private static ApiException Running() => new(
        StatusCodes.Status409Conflict, ErrorTypes.Duplicate, $"The first request with this {IdempotencyKey.Header} still runs; ask again in a second for its answer.");

    private static ApiException Unknown() => new(
        StatusCodes.Status409Conflict,
        ErrorTypes.Duplicate,
        $"The server was stopped while the first request with this {IdempotencyKey.Header} ran: look whether it was done, and use a new key if it was not.");
}
