using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Storage;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>
/// Brings the policy groups of a user in line with what a provider says at each sign-in. The groups that the mapping names are the provider's: it puts users
/// in and takes them out. All others stay as they are.
/// </summary>
internal sealed partial class ProviderGroups(SuretyDbFactory databases, AccessChanges changes, TimeProvider time, ILogger<ProviderGroups> log)
{
    private const string Field = "oidc_attributes.group_mapping.policy_groups";

    /// <summary>Checks a mapping that a caller wants: it gives rights, as adding members does.</summary>
    /// <exception cref="ApiException">400: it names a group that the account does not have; 403.</exception>
    public static async Task CheckAsync(SuretyDb db, Caller caller, OidcGroupMapping? wanted, OidcGroupMapping? before, CancellationToken cancellationToken)
    {
        var named = Named(wanted).ToList();
        // A group that was there when it was mapped, and was deleted since, is in nobody's way.
        if (named.Count == 0 || IsSame(wanted, before))
            return;
        GroupMemberships.RequireAdministrator(caller);
        var ids = Ids(named);
        var known = await db.Set<PolicyGroup>().Where(group => ids.Contains(group.Id)).Select(group => group.Id).ToListAsync(cancellationToken);
        if (named.Find(text => !EntityId.TryParse(text, out var id) || !known.Contains(id)) is { } unknown)
            throw ApiException.Invalid(Field, $"has '{ApiException.Shorten(unknown)}', which is not the id of a policy group of the account");
    }

    /// <summary>Puts a user into the groups that the provider says, and takes it out of those that it could say and does not.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="user">The user, who has proven there who they are.</param>
    /// <param name="said">The values of the mapping's claim; none when the provider has not sent it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task ApplyAsync(IdentityProvider provider, EntityId user, IReadOnlyList<string> said, CancellationToken cancellationToken)
    {
        if (provider.Attributes().GroupMapping is not { PolicyGroups: { } mapping } mapped)
            return;
        var managed = Ids(Named(mapped));
        var wanted = Ids(said.SelectMany(value => mapping.GetValueOrDefault(value) ?? []));
        await using var db = databases.Open(provider.AccountId);
        var groups = await db.Set<PolicyGroup>().Where(group => managed.Contains(group.Id)).Select(group => group.Id).ToListAsync(cancellationToken);
        wanted.IntersectWith(groups);
        var present = await db.Set<PolicyGroupMember>().Where(member => member.SubjectId == user && managed.Contains(member.GroupId)).Select(member => member.GroupId)
            .ToListAsync(cancellationToken);
        if (wanted.SetEquals(present))
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var hadOne = await AdministratorsGroup.LockAsync(db, cancellationToken);
        // Behind the lock, so that the same person's other browser has either not begun or is done.
        if (await db.Set<Subject>().Include(row => row.Memberships).SingleOrDefaultAsync(row => row.Id == user, cancellationToken) is not { } subject)
            return;
        var before = subject.GroupIds();
        List<EntityId> after = [.. before.Where(id => !managed.Contains(id)), .. wanted];
        GroupMemberships.Set(db, subject, after);
        await db.SaveChangesAsync(cancellationToken);
        var now = time.GetInstant();
        var changed = before.Except(after).Union(after.Except(before)).ToList();
        await db.Set<PolicyGroup>().Where(group => changed.Contains(group.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(group => group.Version, group => group.Version + 1).SetProperty(group => group.UpdatedAt, now), cancellationToken);
        try
        {
            await AdministratorsGroup.RequireOneAsync(db, hadOne, cancellationToken);
        }
        catch (ApiException)
        {
            // A claim that is gone at the provider must not leave an account that nobody can administer.
            LogLastAdministrator(user, provider.Name, provider.Id);
            return;
        }

        await transaction.CommitAsync(cancellationToken);
        changes.Tell(user);
        LogChanged(user, provider.Name, provider.Id, after.Count);
    }

    private static IEnumerable<string> Named(OidcGroupMapping? mapping) => (mapping?.PolicyGroups ?? new Dictionary<string, IReadOnlyList<string>>()).Values.SelectMany(groups => groups);

    private static HashSet<EntityId> Ids(IEnumerable<string> texts) => [.. texts.SelectMany(text => EntityId.TryParse(text, out var id) ? new[] { id } : [])];

    private static bool IsSame(OidcGroupMapping? one, OidcGroupMapping? other) => IdentityProvider.Write(new OidcInfo { GroupMapping = one }) == IdentityProvider.Write(new OidcInfo { GroupMapping = other });

    [LoggerMessage(1233, LogLevel.Information, "The identity provider '{Provider}' ({Id}) has changed the policy groups of user {User}, who is in {Count} now")]
    private partial void LogChanged(EntityId user, string provider, EntityId id, int count);

    [LoggerMessage(1234, LogLevel.Warning, "The identity provider '{Provider}' ({Id}) would take away the account's last administrator, user {User}: the policy groups stay as they are. Make another administrator")]
    private partial void LogLastAdministrator(EntityId user, string provider, EntityId id);
}
