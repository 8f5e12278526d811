using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Users;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>The policy group <c>Administrators</c>, which every account has and never without a member that can use it.</summary>
internal static class AdministratorsGroup
{
    /// <summary>Its id in the account that <paramref name="db"/> was opened for.</summary>
    public static Task<EntityId> FindAsync(SuretyDb db, CancellationToken cancellationToken) =>
        db.Accounts.Select(account => account.AdministratorsGroupId).SingleAsync(cancellationToken);

    /// <summary>Whether a list of policy groups that a caller sent has it; null when there is no list.</summary>
    /// <exception cref="ApiException">400: the list has something else.</exception>
    public static bool? IsIn(IReadOnlyList<string>? groups, EntityId administrators)
    {
        if (groups is null)
            return null;
        foreach (var group in groups)
        {
            if (!EntityId.TryParse(group, out var id) || id != administrators)
            {
                throw ApiException.Invalid(
                    "groups", $"has '{ApiException.Shorten(group ?? "null")}', which is not the id of a policy group of the account");
            }
        }

        return groups.Count > 0;
    }

    /// <summary>Refuses to take away the last one who can administer the account: nobody could make another.</summary>
    /// <param name="db">Within a serializable transaction, so that of two callers who take away the last two one sees the other.</param>
    /// <param name="leaving">The key or user that will be no active administrator any more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiException">403.</exception>
    public static async Task RequireAnotherAsync(SuretyDb db, EntityId leaving, CancellationToken cancellationToken)
    {
        if (await db.ApiKeys.AnyAsync(key => key.Id != leaving && key.IsAdministrator && key.Status == ApiKeyStatus.Active, cancellationToken)
            || await db.Set<User>().AnyAsync(user => user.Id != leaving && user.IsAdministrator && user.Status == UserStatus.Active, cancellationToken))
            return;
        throw ApiException.Forbidden("This is the last active administrator of the account; make another administrator first.");
    }
}
