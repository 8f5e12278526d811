using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>The codes that browsers bring back from providers. They are in the database, so that any node takes them.</summary>
internal sealed class SignInCodes(SuretyDbFactory databases, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>Makes a code for somebody who has proven who they are.</summary>
    /// <returns>The code, and what the browser's cookie must have.</returns>
    public async Task<(string Code, string Browser)> AddAsync(EntityId account, EntityId user, EntityId provider, CancellationToken cancellationToken)
    {
        var (code, browser) = (SignInState.RandomText(), SignInState.RandomText());
        var now = time.GetInstant();
        await using var db = databases.OpenForPlatform();
        await db.AllAccounts<SignInCode>().Where(old => old.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        db.Add(new SignInCode { Id = ids.Next(), AccountId = account, UserId = user, ProviderId = provider, Hash = HashOf(code, browser), ExpiresAt = now + SignInCode.Lifetime });
        await db.SaveChangesAsync(cancellationToken);
        return (code, browser);
    }

    /// <summary>Takes a code; null when there is none such, when it is too old, or when it was taken before.</summary>
    public async Task<SignInCode?> TakeAsync(string code, string browser, CancellationToken cancellationToken)
    {
        var hash = HashOf(code, browser);
        await using var db = databases.OpenForPlatform();
        var found = await db.AllAccounts<SignInCode>().AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken);
        // Of two that come at once, one deletes it.
        var isMine = found is not null && await db.AllAccounts<SignInCode>().Where(row => row.Id == found.Id).ExecuteDeleteAsync(cancellationToken) == 1;
        return isMine && found!.ExpiresAt >= time.GetUtcNow() ? found : null;
    }

    private static string HashOf(string code, string browser) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{code}\n{browser}")));
}
