using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Users;
using Surety.Server.Storage;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>Which user of the account somebody is whom a provider knows.</summary>
internal sealed partial class SignInUsers(SuretyDbFactory databases, EntityIdGenerator ids, TimeProvider time, ILogger<SignInUsers> log)
{
    private const string NotPermitted = "You may not sign in with this identity provider. Ask an administrator of the account.";

    /// <summary>
    /// The user: known by issuer and subject, else by an address that the provider vouches for, else made, where the provider is set so.
    /// </summary>
    /// <exception cref="SignInException">Nobody, or somebody who may not sign in with this provider.</exception>
    public async Task<User> FindAsync(IdentityProvider provider, ProviderClaims claims, CancellationToken cancellationToken)
    {
        var attributes = provider.Attributes();
        var issuer = attributes.Issuer!;
        await using var db = databases.Open(provider.AccountId);
        var users = db.Set<User>().Include(user => user.LoginProfiles);
        var user = await users.SingleOrDefaultAsync(
            user => user.LoginProfiles.Any(profile => profile.ProviderId == provider.Id && profile.Issuer == issuer && profile.ForeignId == claims.Subject), cancellationToken);
        if (user is not null)
            return Permit(user, provider);
        if (claims.VerifiedEmail is not { } email)
            throw new SignInException(SignInException.AccessDenied, "The identity provider does not vouch for your e-mail address, and nobody here is known to be you.");
        var key = User.KeyOf(email);
        user = await users.SingleOrDefaultAsync(user => user.EmailKey == key, cancellationToken);
        if (user is not null)
            Link(db, Permit(user, provider), provider, issuer, claims.Subject);
        else if (attributes.AutoEnrollment == true)
            user = Add(db, provider, issuer, claims, email);
        else
            throw new SignInException(SignInException.AccessDenied, "You are no user of this account. Ask an administrator of it.");
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            // Two browsers, the first time, at once.
            throw new SignInException(SignInException.TemporarilyUnavailable, "Try again.", inner: error);
        }

        LogLinked(user.Id, provider.Name, provider.Id);
        return user;
    }

    private static User Permit(User user, IdentityProvider provider) => user.MaySignInWith(provider.Id) ? user : throw new SignInException(
        SignInException.AccessDenied, NotPermitted, $"The login_profiles of the user {user.Id} do not have the identity provider");

    private void Link(SuretyDb db, User user, IdentityProvider provider, string issuer, string subject)
    {
        var profile = user.LoginProfiles.Find(profile => profile.ProviderId == provider.Id);
        // An address that was given to another person is no way into what the first one had.
        if (profile is { ForeignId: not null } && profile.Issuer == issuer)
            throw new SignInException(SignInException.AccessDenied, NotPermitted, $"The user {user.Id} is somebody else at the identity provider; to change this, set the user's login_profiles");
        if (profile is null)
            db.Add(profile = new UserLoginProfile { Id = ids.Next(), AccountId = user.AccountId, UserId = user.Id, ProviderId = provider.Id, CreatedAt = time.GetInstant() });
        (profile.Issuer, profile.ForeignId) = (issuer, subject);
    }

    private User Add(SuretyDb db, IdentityProvider provider, string issuer, ProviderClaims claims, string email)
    {
        var (id, now) = (ids.Next(), time.GetInstant());
        var user = new User
        {
            Id = id,
            AccountId = provider.AccountId,
            Email = email,
            EmailKey = User.KeyOf(email),
            FullName = claims.FullName ?? "",
            PhoneNumber = claims.PhoneNumber ?? "",
            Subject = new Subject { Id = id, AccountId = provider.AccountId, Kind = SubjectKind.User },
            CreatedAt = now,
            UpdatedAt = now,
        };
        user.LoginProfiles.Add(new UserLoginProfile
        {
            Id = ids.Next(),
            AccountId = provider.AccountId,
            UserId = id,
            ProviderId = provider.Id,
            IsAssigned = true,
            Issuer = issuer,
            ForeignId = claims.Subject,
            CreatedAt = now,
        });
        db.Add(user);
        return user;
    }

    [LoggerMessage(1231, LogLevel.Information, "The user {User} is known to the identity provider '{Provider}' ({Id}) from now on")]
    private partial void LogLinked(EntityId user, string provider, EntityId id);
}
