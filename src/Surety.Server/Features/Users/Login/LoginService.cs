using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.IdentityProviders;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Lets users in who know their password.</summary>
internal sealed class LoginService(
    SuretyDbFactory databases,
    AccountService accountService,
    Passwords passwords,
    SessionStarter starter,
    SecondFactors secondFactors,
    LoginLimits limits,
    LoginJournal journal)
{
    // One password is compared for each account in which somebody has the name.
    private const int MaxAccounts = 10;

    /// <exception cref="ApiException">400, 401 or 429.</exception>
    public async Task<LoginResponse> LoginAsync(LoginRequest request, LoginOrigin origin, CancellationToken cancellationToken)
    {
        limits.Check(request.Username, origin.IpAddress);
        await using var db = databases.OpenForPlatform();
        var key = User.KeyOf(request.Username);
        var found = await db.AllAccounts<User>().Include(user => user.LoginProfiles).Where(user => user.EmailKey == key || user.UsernameKey == key)
            .OrderBy(user => user.AccountId).Take(MaxAccounts).ToListAsync(cancellationToken);
        var known = new List<User>();
        foreach (var user in found)
        {
            var mayEnter = user.CanSignIn && user.MaySignInWith(null);
            if (await passwords.MatchesAsync(request.Password, mayEnter ? user.PasswordHash : null, cancellationToken))
                known.Add(user);
        }

        // As long as for somebody who is there.
        if (found.Count == 0)
            await passwords.MatchesAsync(request.Password, null, cancellationToken);
        var accountIds = known.ConvertAll(user => user.AccountId);
        var accounts = await db.AllAccounts<Account>().AsNoTracking().InUse().Where(account => accountIds.Contains(account.Id)).ToListAsync(cancellationToken);
        EntityId? wanted = request.Account is null ? null : await accountService.FindIdAsync(request.Account, cancellationToken) ?? default(EntityId);
        var chosen = known.Find(user => (wanted is null || user.AccountId == wanted) && accounts.Exists(account => account.Id == user.AccountId));
        if (chosen is null)
        {
            foreach (var user in found)
                await journal.RecordAsync(db, user, success: false, origin, cancellationToken);
            limits.Failed(request.Username, origin.IpAddress);
            await db.SaveChangesAsync(cancellationToken);
            throw new ApiException(StatusCodes.Status401Unauthorized, ErrorTypes.InvalidToken, "The name or the password is wrong.");
        }

        if (chosen.IsTotpEnabled)
            await RequireSecondFactorAsync(db, chosen, request, origin, cancellationToken);
        // Who has made a user of the same name in an account of their own must not have their guesses at this one forgiven.
        if (known.Count == found.Count)
            limits.Succeeded(request.Username);
        await journal.RecordAsync(db, chosen, success: true, origin, cancellationToken);
        return await starter.StartAsync(db, chosen, [.. known.Select(user => user.Id)], accounts, origin, cancellationToken);
    }

    /// <summary>Goes on in another account, in which the sign-in has proven the caller to be a user.</summary>
    /// <exception cref="ApiException">400, 403 or 429.</exception>
    public async Task<LoginResponse> SwitchAsync(Caller caller, ImpersonationReq request, LoginOrigin origin, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var session = await db.AllAccounts<UserSession>().AsNoTracking().SingleOrDefaultAsync(session => session.Id == caller.SessionId, cancellationToken)
            ?? throw ApiException.Forbidden("The caller has no session: an API key is of one account.");
        var proven = session.ProvenUsers.Select(text => EntityId.TryParse(text, out var id) ? id : default).ToList();
        var users = await db.AllAccounts<User>().Include(user => user.LoginProfiles).Where(user => proven.Contains(user.Id)).ToListAsync(cancellationToken);
        // An address proves nothing: any administrator can make a user with it. The password did, at the sign-in, unless it was changed since.
        users.RemoveAll(user => !user.CanSignIn || user.PasswordChangedAt > session.CreatedAt
            || (user.Id != caller.UserId && !user.MaySignInWith(null)));
        var user = EntityId.TryParse(request.AccountId!, out var id) ? users.Find(user => user.AccountId == id) : null;
        if (user is null)
            throw ApiException.Forbidden("The sign-in was not one into this account, or the user there has another password by now; sign in there.");
        var accountIds = users.ConvertAll(user => user.AccountId);
        var accounts = await db.AllAccounts<Account>().AsNoTracking().InUse().Where(account => accountIds.Contains(account.Id)).ToListAsync(cancellationToken);
        if (!accounts.Exists(account => account.Id == user.AccountId))
            throw ApiException.Forbidden("The account is suspended.");
        limits.Check(user.Email, origin.IpAddress);
        if (user.IsTotpEnabled)
            await RequireSecondFactorAsync(db, user, new LoginRequest(user.Email, "", null, request.Otp), origin, cancellationToken);
        await journal.RecordAsync(db, user, success: true, origin, cancellationToken);
        return await starter.StartAsync(db, user, [.. users.Select(user => user.Id)], accounts, origin, cancellationToken);
    }

    private async Task RequireSecondFactorAsync(SuretyDb db, User user, LoginRequest request, LoginOrigin origin, CancellationToken cancellationToken)
    {
        try
        {
            await secondFactors.RequireAsync(db, user, request.Otp, cancellationToken);
        }
        catch (ApiException) when (!string.IsNullOrWhiteSpace(request.Otp))
        {
            // Six digits are tried through soon: a wrong code counts like a wrong password.
            limits.Failed(request.Username, origin.IpAddress);
            await journal.RecordAsync(db, user, success: false, origin, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            throw;
        }
    }
}
