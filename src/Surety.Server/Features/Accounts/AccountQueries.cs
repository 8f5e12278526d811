namespace Surety.Server.Features.Accounts;

/// <summary>Which accounts a query is about.</summary>
internal static class AccountQueries
{
    /// <summary>Those that are not suspended: in others nobody signs in.</summary>
    public static IQueryable<Account> InUse(this IQueryable<Account> accounts) => accounts.Where(account => account.Status != AccountStatus.Suspended);
}
