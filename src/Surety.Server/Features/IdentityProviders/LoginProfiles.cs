using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.Users;
using Surety.Server.Storage;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>With what users sign in. All of it wants users that were read with <see cref="User.LoginProfiles"/> and their providers.</summary>
internal static class LoginProfiles
{
    private const string Field = "login_profiles";
    private const int MaxProfiles = 50;

    /// <summary>Whether a user may sign in with a provider; null: with the password.</summary>
    public static bool MaySignInWith(this User user, EntityId? provider) =>
        !user.LoginProfiles.Exists(profile => profile.IsAssigned) || user.LoginProfiles.Exists(profile => profile.IsAssigned && profile.ProviderId == provider);

    /// <summary>A filter of users, by the id of what they may sign in with or have signed in with.</summary>
    /// <exception cref="FormatException">It is no id.</exception>
    public static Expression<Func<User, bool>> Have(string text)
    {
        if (!EntityId.TryParse(text, out var id))
            throw new FormatException("must be the id of an identity provider");
        return id == LoginProfile.Native
            ? user => !user.LoginProfiles.Any(profile => profile.IsAssigned) || user.LoginProfiles.Any(profile => profile.IsAssigned && profile.ProviderId == null)
            : user => user.LoginProfiles.Any(profile => profile.ProviderId == id);
    }

    /// <summary>The profiles as the API shows them.</summary>
    public static IReadOnlyList<LoginProfile> Describe(User user)
    {
        var shown = new List<LoginProfile>();
        if (user.MaySignInWith(null))
            shown.Add(new LoginProfile { Id = LoginProfile.Native.ToString(), Name = "Password", Type = IdentityProviderType.Native });
        shown.AddRange(user.LoginProfiles.Where(profile => profile.ProviderId is not null).OrderBy(profile => profile.Id).Select(profile => new LoginProfile
        {
            Id = profile.ProviderId.ToString(),
            Name = profile.Provider?.Name,
            Type = IdentityProviderType.Oidc,
            ForeignId = profile.ForeignId,
        }));
        return shown;
    }

    /// <summary>Has a user sign in with these and nothing else; the caller saves. An empty list: with anything.</summary>
    /// <exception cref="ApiException">400: the list has something else than the ids of providers.</exception>
    public static async Task SetAsync(SuretyDb db, User user, IReadOnlyList<LoginProfile?>? wanted, EntityIdGenerator ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (wanted is null)
            return;
        var providers = await ReadAsync(db, wanted, cancellationToken);
        foreach (var profile in user.LoginProfiles.ToList())
        {
            profile.IsAssigned = providers.Contains(profile.ProviderId);
            // With an empty list, who the user is at a provider is still known; otherwise the provider is no longer the user's.
            if (!profile.IsAssigned && (providers.Count > 0 || profile.ForeignId is null))
            {
                user.LoginProfiles.Remove(profile);
                db.Remove(profile);
            }
        }

        foreach (var provider in providers.Where(id => !user.LoginProfiles.Exists(profile => profile.ProviderId == id)))
        {
            var profile = new UserLoginProfile { Id = ids.Next(), AccountId = user.AccountId, UserId = user.Id, ProviderId = provider, IsAssigned = true, CreatedAt = now };
            user.LoginProfiles.Add(profile);
            db.Add(profile);
        }
    }

    private static async Task<HashSet<EntityId?>> ReadAsync(SuretyDb db, IReadOnlyList<LoginProfile?> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count > MaxProfiles)
            throw ApiException.Invalid(Field, $"must have at most {MaxProfiles} items");
        var providers = new HashSet<EntityId?>();
        foreach (var text in wanted.Select(profile => profile?.Id ?? ""))
        {
            if (EntityId.TryParse(text, out var id) && id == LoginProfile.Native)
                providers.Add(null);
            // Tracked, so that what is shown has its name.
            else if (EntityId.TryParse(text, out id) && await db.Set<IdentityProvider>().SingleOrDefaultAsync(provider => provider.Id == id, cancellationToken) is not null)
                providers.Add(id);
            else
                throw ApiException.Invalid(Field, $"has '{ApiException.Shorten(text)}', which is not the id of an identity provider of the account, nor {LoginProfile.Native} for the password");
        }

        return providers;
    }
}
