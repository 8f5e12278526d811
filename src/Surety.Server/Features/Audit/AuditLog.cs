using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Storage;

namespace Surety.Server.Features.Audit;

/// <summary>What the REST API does with the audit log. It reads: there is no way to change it.</summary>
internal sealed class AuditLog(SuretyDbFactory databases, AuditSealer sealer, AuditSeal seal)
{
    private const string Kind = "audit log entry";
    private const int ExportPage = 1000;

    /// <exception cref="ApiException">400.</exception>
    public async Task<ListResponse<AuditEntryData>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var rows = AuditEntryData.Filters.Apply(db.Set<AuditEntry>(), list.Conditions);
        return await rows.ToPageAsync(list, AuditEntryData.Of, alwaysCount: false, cancellationToken);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<AuditEntryData> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return AuditEntryData.Of(await db.Set<AuditEntry>().AsNoTracking().RequireAsync(id, Kind, cancellationToken));
    }

    /// <summary>All entries that <paramref name="list"/> selects, as they are asked for; of its paging, order and <c>after</c> count.</summary>
    /// <exception cref="ApiException">400.</exception>
    public async IAsyncEnumerable<AuditEntryData> ExportAsync(Caller caller, ListQuery list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Page by page: one long query would hold the database's log of changes for as long as the client takes to read.
        for (var page = list with { Limit = ExportPage }; ;)
        {
            var found = await ListAsync(caller, page, cancellationToken);
            foreach (var entry in found.Data)
                yield return entry;
            if (!found.HasMore)
                yield break;
            page = page with { After = found.Data[^1].Id };
        }
    }

    /// <summary>Computes the chain anew.</summary>
    /// <param name="caller">Whose account it is of.</param>
    /// <param name="knownSequence">The number of an entry whose seal was kept elsewhere.</param>
    /// <param name="knownSeal">Its seal.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ApiException">400.</exception>
    public async Task<AuditVerification> VerifyAsync(Caller caller, string? knownSequence, string? knownSeal, CancellationToken cancellationToken)
    {
        var known = ReadKnown(knownSequence, knownSeal);
        await sealer.SealAsync(cancellationToken);
        await using var db = databases.Open(caller.AccountId);
        // What is sealed meanwhile comes behind the end that is read here.
        var chain = await db.Set<AuditChain>().AsNoTracking().SingleOrDefaultAsync(cancellationToken)
            ?? new AuditChain { AccountId = caller.AccountId, LastSeal = AuditSeal.Start, DroppedSeal = AuditSeal.Start };
        var (sequence, last) = (chain.DroppedSequence, chain.DroppedSeal);
        var knownFound = known is null || known.Value.Sequence <= chain.DroppedSequence;
        string? reason = null;
        while (reason is null && sequence < chain.LastSequence)
        {
            var before = sequence;
            var entries = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Sequence > before && entry.Sequence <= chain.LastSequence)
                .OrderBy(entry => entry.Sequence).Take(ExportPage).ToListAsync(cancellationToken);
            if (entries.Count == 0)
                reason = Missing(sequence + 1);
            foreach (var entry in entries)
            {
                if (entry.Sequence != sequence + 1)
                    reason ??= Missing(sequence + 1);
                var expected = seal.Of(last, sequence + 1, entry);
                if (reason is null && !CryptographicOperations.FixedTimeEquals(expected, entry.Seal ?? []))
                    reason = $"Entry {sequence + 1} ({entry.Id}) is not as it was written.";
                if (reason is not null)
                    break;
                (sequence, last) = (sequence + 1, expected);
                if (known is { } kept && kept.Sequence == sequence)
                {
                    knownFound = true;
                    if (!CryptographicOperations.FixedTimeEquals(kept.Seal, last))
                        reason = $"Entry {sequence} has another seal than the one that was kept: the log was written anew.";
                }
            }
        }

        if (reason is null && !CryptographicOperations.FixedTimeEquals(last, chain.LastSeal))
            reason = "The end of the chain is not as it was written.";
        if (reason is null && !knownFound)
            reason = $"The log ends at {chain.LastSequence}, before the entry {known!.Value.Sequence} that was kept.";
        return new AuditVerification
        {
            Valid = reason is null,
            Reason = reason,
            FirstSequence = chain.DroppedSequence + 1,
            LastSequence = chain.LastSequence,
            LastSeal = Convert.ToHexStringLower(chain.LastSeal),
        };
    }

    private static string Missing(long sequence) => $"Entry {sequence} is missing.";

    private static (long Sequence, byte[] Seal)? ReadKnown(string? sequence, string? text)
    {
        if (string.IsNullOrEmpty(sequence) && string.IsNullOrEmpty(text))
            return null;
        if (!long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw ApiException.Invalid("sequence", "must be a whole number, with the seal that belongs to it");
        if (text?.Length != HMACSHA256.HashSizeInBytes * 2 || !text.All(char.IsAsciiHexDigit))
            throw ApiException.Invalid("seal", "must have 64 hexadecimal digits");
        return (number, Convert.FromHexString(text));
    }
}
