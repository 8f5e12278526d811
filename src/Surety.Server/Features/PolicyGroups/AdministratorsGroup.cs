using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Applications;
using Surety.Server.Features.Users;
using Surety.Server.Storage;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>The policy group <c>Administrators</c>, which every account has and never without a member that can use it.</summary>
internal static class AdministratorsGroup
{
    /// <summary>
    /// Makes whoever else may take an administrator away wait for the end of the transaction: of two callers who take away the last two, one
    /// sees what the other did. Comes before the rows are read.
    /// </summary>
    /// <returns>Whether somebody can administer the account now; for <see cref="RequireOneAsync"/>.</returns>
    public static async Task<bool> LockAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        // The value stays; PostgreSQL locks the row all the same, and SQLite has one writer.
        await db.Set<PolicyGroup>().Where(group => group.Kind == PolicyGroupKind.Administrators)
            .ExecuteUpdateAsync(set => set.SetProperty(group => group.Version, group => group.Version), cancellationToken);
        return await HasOneAsync(db, cancellationToken);
    }

    /// <summary>Refuses a change after which nobody could administer the account: nobody could make another administrator.</summary>
    /// <param name="db">With the change saved, in a transaction that began with <see cref="LockAsync"/>; not to be committed after the exception.</param>
    /// <param name="hadOne">What <see cref="LockAsync"/> said: where there was none, none is taken away.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiException">403.</exception>
    public static async Task RequireOneAsync(SuretyDb db, bool hadOne, CancellationToken cancellationToken)
    {
        if (hadOne && !await HasOneAsync(db, cancellationToken))
            throw ApiException.Forbidden("This is the last active administrator of the account; make another administrator first.");
    }

    private static async Task<bool> HasOneAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        var members = db.Set<PolicyGroupMember>().Where(member => member.Group.Kind == PolicyGroupKind.Administrators);
        return await db.ApiKeys.AnyAsync(key => key.Status == ApiKeyStatus.Active && members.Any(member => member.SubjectId == key.Id), cancellationToken)
            // A key with an expiration would leave the account alone one day.
            || await db.Set<AccessKey>().AnyAsync(
                key => key.Status == ApiKeyStatus.Active && key.Expiration == null && key.Application.Status == ApiKeyStatus.Active
                    && members.Any(member => member.SubjectId == key.ApplicationId),
                cancellationToken)
            || await db.Set<User>().AnyAsync(user => user.Status == UserStatus.Active && members.Any(member => member.SubjectId == user.Id), cancellationToken);
    }
}
