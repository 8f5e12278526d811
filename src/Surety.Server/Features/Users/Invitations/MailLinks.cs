using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Mail;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Links in mails, and what becomes of users who follow them.</summary>
internal sealed class MailLinks(
    SuretyDbFactory databases, Mails mails, Passwords passwords, UserSessions sessions, AccessChanges access, AccountPolicies policies, LoginLimits limits, EntityIdGenerator ids, TimeProvider time)
{
    private const int MaxAccounts = 10;
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan VerificationTime = TimeSpan.FromDays(7);

    /// <summary>Sends a user the link for <paramref name="purpose"/>.</summary>
    /// <returns>The link when no mail server is set, to be handed on by the caller; otherwise null.</returns>
    public async Task<string?> SendAsync(User user, MailTokenPurpose purpose, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var (token, text) = MailToken.New(ids.Next(), user, purpose, expiresAt);
        await using var db = databases.Open(user.AccountId);
        // The last mail counts: of several links in a box, one opens.
        var old = await db.Set<MailToken>().Where(known => known.UserId == user.Id && known.Purpose == purpose).ToListAsync(cancellationToken);
        db.RemoveRange(old);
        db.Add(token);
        await db.SaveChangesAsync(cancellationToken);
        var account = await db.Accounts.AsNoTracking().SingleAsync(cancellationToken);
        var link = mails.Link($"{MailLinkPages.PathOf(purpose)}?token={text}");
        var (subject, body) = MailTexts.Of(purpose, account.DisplayName, expiresAt);
        await mails.SendAsync(new MailMessageText(user.AccountId, user.Email, subject, body, link), cancellationToken);
        return mails.CanSend ? null : link;
    }

    /// <summary>Has a user of the caller's account prove the address.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task ValidateEmailAsync(EntityId account, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var user = await db.Set<User>().AsNoTracking().RequireAsync(id, "user", cancellationToken);
        await SendAsync(user, MailTokenPurpose.EmailVerification, time.GetInstant() + VerificationTime, cancellationToken);
    }

    /// <summary>Sends a recovery mail to whoever has the address, in each account; says nothing about whether there is anybody.</summary>
    /// <exception cref="ApiException">400: too often.</exception>
    public async Task RecoverAsync(string email, LoginOrigin origin, CancellationToken cancellationToken)
    {
        // In a count of its own: nobody is locked out because others ask for mails.
        var name = $"recovery:{email}";
        limits.Check(name, origin.IpAddress);
        limits.Failed(name, origin.IpAddress);
        // As long for an address that nobody has: the time is not to tell.
        var answer = Task.Delay(RecoveryTime, time, cancellationToken);
        var key = User.KeyOf(email);
        await using var db = databases.OpenForPlatform();
        var users = await db.AllAccounts<User>().AsNoTracking()
            .Where(user => user.EmailKey == key && (user.Status == UserStatus.Active || user.Status == UserStatus.Reset))
            .OrderBy(user => user.Id).Take(MaxAccounts).ToListAsync(cancellationToken);
        foreach (var user in users)
        {
            var policy = await policies.GetAsync(user.AccountId, cancellationToken);
            if (policy.Status != AccountStatus.Suspended)
                await SendAsync(user, MailTokenPurpose.PasswordRecovery, time.GetInstant() + policy.PasswordRecovery, cancellationToken);
        }

        await answer;
    }

    /// <summary>Does what a link is for.</summary>
    /// <exception cref="ApiException">400: the link is worth nothing (any more), or the password or the name cannot be.</exception>
    public async Task FollowAsync(MailTokenPurpose purpose, MailLinkRequest request, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var token = await FindAsync(db, purpose, request.Token, cancellationToken);
        var user = await db.AllAccounts<User>().SingleAsync(user => user.Id == token.UserId, cancellationToken);
        var policy = await policies.GetAsync(user.AccountId, cancellationToken);
        var isOpen = purpose switch
        {
            MailTokenPurpose.Invitation => user.Status is UserStatus.Invited or UserStatus.Enrolling,
            MailTokenPurpose.PasswordRecovery => user.CanSignIn,
            _ => true,
        };
        if (!isOpen || user.EmailKey != token.EmailKey || policy.Status == AccountStatus.Suspended)
            throw Worthless();
        if (purpose != MailTokenPurpose.EmailVerification)
        {
            if (request.Password is null)
                throw ApiException.Invalid("password", "is required");
            Passwords.Check(request.Password, user.Email, request.Username ?? user.Username, policy.MinimumLength);
            user.PasswordHash = await passwords.HashAsync(request.Password, cancellationToken);
            user.PasswordChangedAt = time.GetInstant();
            user.Status = UserStatus.Active;
        }

        user.EmailVerified = true;
        user.Version++;
        user.UpdatedAt = time.GetInstant();
        if (purpose == MailTokenPurpose.Invitation)
        {
            user.FullName = request.FullName ?? user.FullName;
            if (request.Username is { } username)
                (user.Username, user.UsernameKey) = (username, User.KeyOf(username));
            db.RemoveRange(await db.AllAccounts<UserInvitation>().Where(invitation => invitation.UserId == user.Id).ToListAsync(cancellationToken));
        }

        await SaveAsync(db, token, cancellationToken);
        if (purpose == MailTokenPurpose.EmailVerification)
            access.Tell(user.Id);
        else
            await sessions.EndAllAsync(user.Id, except: null, cancellationToken);
    }

    /// <summary>Whether a link is still worth something.</summary>
    /// <exception cref="ApiException">400: it is not.</exception>
    public async Task CheckAsync(MailTokenPurpose purpose, string? text, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        await FindAsync(db, purpose, text, cancellationToken);
    }

    private async Task<MailToken> FindAsync(SuretyDb db, MailTokenPurpose purpose, string? text, CancellationToken cancellationToken)
    {
        if (!MailToken.TryParse(text, out var id, out var hash))
            throw Worthless();
        var token = await db.AllAccounts<MailToken>().SingleOrDefaultAsync(token => token.Id == id, cancellationToken);
        return token is not null && CryptographicOperations.FixedTimeEquals(token.Hash, hash) && token.Purpose == purpose && token.ExpiresAt > time.GetUtcNow()
            ? token
            : throw Worthless();
    }

    private static async Task SaveAsync(SuretyDb db, MailToken token, CancellationToken cancellationToken)
    {
        // Of two who follow the same link one finds it gone, and changes nothing.
        db.Remove(token);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Worthless();
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            throw ApiException.Invalid("username", "is taken by another user of the account");
        }
    }

    private static ApiException Worthless() => ApiException.Invalid("token", "is not that of a link that still works; ask for another mail");
}
