using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Storage;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>Who is in which policy group: the one place that changes it.</summary>
internal sealed class GroupMemberships(SuretyDbFactory databases, AccessChanges changes, TimeProvider time)
{
    private const string Field = "groups";

    /// <summary>The ids of policy groups that a caller sent, each once; null when there is no list.</summary>
    /// <exception cref="ApiException">400: the list has something else.</exception>
    public static async Task<IReadOnlyList<EntityId>?> ReadAsync(SuretyDb db, IReadOnlyList<string>? groups, CancellationToken cancellationToken)
    {
        if (groups is null)
            return null;
        var ids = ParseAll(groups, Field, "policy group");
        var known = await db.Set<PolicyGroup>().Where(group => ids.Contains(group.Id)).Select(group => group.Id).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            if (!known.Contains(id))
                throw Unknown(Field, id.ToString(), "policy group");
        }

        return ids;
    }

    /// <summary>
    /// The groups of a new key or user for which none were named: those of the maker, whose rights it can thus not exceed; what an administrator makes
    /// is in <c>Developers</c>.
    /// </summary>
    public static async Task<IReadOnlyList<EntityId>> OfNewAsync(SuretyDb db, Caller caller, CancellationToken cancellationToken) => caller.IsAdministrator
        ? await db.Set<PolicyGroup>().Where(group => group.Kind == PolicyGroupKind.Developers).Select(group => group.Id).ToListAsync(cancellationToken)
        : await OfCallerAsync(db, caller, cancellationToken);

    /// <summary>The ids of the groups that the caller is in.</summary>
    public static async Task<IReadOnlyList<EntityId>> OfCallerAsync(SuretyDb db, Caller caller, CancellationToken cancellationToken) =>
        await db.Set<PolicyGroupMember>().Where(member => member.SubjectId == caller.ApplicationId).Select(member => member.GroupId).ToListAsync(cancellationToken);

    /// <summary>Has a subject, whose memberships were read with <paramref name="db"/>, belong to these groups and no others; the caller saves.</summary>
    public static void Set(SuretyDb db, Subject subject, IReadOnlyList<EntityId> groups)
    {
        var gone = subject.Memberships.Where(member => !groups.Contains(member.GroupId)).ToList();
        var added = groups.Except(subject.Memberships.Select(member => member.GroupId)).ToList();
        foreach (var member in gone)
        {
            subject.Memberships.Remove(member);
            db.Remove(member);
        }

        subject.Memberships.AddRange(added.Select(group => new PolicyGroupMember { AccountId = subject.AccountId, GroupId = group, SubjectId = subject.Id }));
    }

    /// <summary>Adds members to a group.</summary>
    /// <exception cref="ApiException">400, 403, 404, or 409: one of them is a member.</exception>
    public Task AddAsync(Caller caller, string group, SubjectList subjects, CancellationToken cancellationToken) =>
        ChangeAsync(caller, group, subjects, AddOneAsync, cancellationToken);

    /// <summary>Removes members of a group; who is no member stays none.</summary>
    /// <exception cref="ApiException">400, 403 or 404.</exception>
    public Task RemoveAsync(Caller caller, string group, SubjectList subjects, CancellationToken cancellationToken) =>
        ChangeAsync(caller, group, subjects, RemoveOneAsync, cancellationToken);

    /// <summary>Adds a subject to groups.</summary>
    /// <exception cref="ApiException">400, 403, 404, or 409: it is in one of them.</exception>
    public Task AddToAsync(Caller caller, SubjectKind kind, string subject, IReadOnlyList<string> groups, CancellationToken cancellationToken) =>
        ChangeAsync(caller, kind, subject, groups, AddOneAsync, cancellationToken);

    /// <summary>Removes a subject from groups; where it is not, it stays away.</summary>
    /// <exception cref="ApiException">400, 403 or 404.</exception>
    public Task RemoveFromAsync(Caller caller, SubjectKind kind, string subject, IReadOnlyList<string> groups, CancellationToken cancellationToken) =>
        ChangeAsync(caller, kind, subject, groups, RemoveOneAsync, cancellationToken);

    /// <summary>Members for a new group, which the caller saves with it.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static async Task<IReadOnlyList<EntityId>> ReadAsync(SuretyDb db, SubjectList subjects, CancellationToken cancellationToken)
    {
        var found = new List<EntityId>();
        foreach (var (names, kind, field) in new[]
        {
            (subjects.Users, SubjectKind.User, "users"),
            (subjects.Apikeys, SubjectKind.ApiKey, "apikeys"),
            (subjects.Applications, SubjectKind.Application, "applications"),
        })
        {
            if (names is not { Count: > 0 })
                continue;
            var ids = ParseAll(names, field, NameOf(kind));
            var known = await db.Set<Subject>().Where(subject => subject.Kind == kind && ids.Contains(subject.Id)).Select(subject => subject.Id)
                .ToListAsync(cancellationToken);
            foreach (var id in ids)
            {
                if (!known.Contains(id))
                    throw Unknown(field, id.ToString(), NameOf(kind));
            }

            found.AddRange(ids);
        }

        return found;
    }

    /// <exception cref="ApiException">403.</exception>
    public static void RequireAdministrator(Caller caller)
    {
        if (!caller.IsAdministrator)
            throw ApiException.Forbidden("Only an administrator can change policy groups and their members.");
    }

    /// <summary>What stands for a subject in messages.</summary>
    public static string NameOf(SubjectKind kind) => kind switch
    {
        SubjectKind.User => "user",
        SubjectKind.ApiKey => "API key",
        _ => "application",
    };

    private static List<EntityId> ParseAll(IReadOnlyList<string> names, string field, string kind)
    {
        var ids = new List<EntityId>();
        foreach (var name in names)
        {
            if (!EntityId.TryParse(name, out var id))
                throw Unknown(field, name ?? "null", kind);
            if (!ids.Contains(id))
                ids.Add(id);
        }

        return ids;
    }

    private static ApiException Unknown(string field, string id, string kind) =>
        ApiException.Invalid(field, $"has '{ApiException.Shorten(id)}', which is not the id of {(kind[0] is 'A' or 'a' ? "an" : "a")} {kind} of the account");

    private static Task<bool> AddOneAsync(SuretyDb db, EntityId group, EntityId subject, bool isMember, CancellationToken cancellationToken)
    {
        if (isMember)
            throw ApiException.Duplicate($"{subject} is a member of the policy group {group} already.");
        db.Add(new PolicyGroupMember { AccountId = db.AccountId, GroupId = group, SubjectId = subject });
        return Task.FromResult(true);
    }

    private static Task<bool> RemoveOneAsync(SuretyDb db, EntityId group, EntityId subject, bool isMember, CancellationToken cancellationToken)
    {
        if (isMember)
            db.Remove(new PolicyGroupMember { AccountId = db.AccountId, GroupId = group, SubjectId = subject });
        return Task.FromResult(isMember);
    }

    private async Task ChangeAsync(Caller caller, string group, SubjectList subjects, Change change, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var id = (await db.Set<PolicyGroup>().AsNoTracking().RequireAsync(group, PolicyGroupService.Kind, cancellationToken)).Id;
        RequireAdministrator(caller);
        var members = await ReadAsync(db, subjects, cancellationToken);
        await ChangeAsync(db, [.. members.Select(member => (id, member))], change, cancellationToken);
    }

    private async Task ChangeAsync(
        Caller caller, SubjectKind kind, string subject, IReadOnlyList<string> groups, Change change, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var id = (await db.Set<Subject>().AsNoTracking().Where(row => row.Kind == kind).RequireAsync(subject, NameOf(kind), cancellationToken)).Id;
        RequireAdministrator(caller);
        var ids = await ReadAsync(db, groups, cancellationToken);
        await ChangeAsync(db, [.. ids!.Select(group => (group, id))], change, cancellationToken);
    }

    private async Task ChangeAsync(SuretyDb db, IReadOnlyList<(EntityId Group, EntityId Subject)> pairs, Change change, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var hadOne = await AdministratorsGroup.LockAsync(db, cancellationToken);
        var now = time.GetInstant();
        var changed = new HashSet<EntityId>();
        foreach (var (group, subject) in pairs.Distinct())
        {
            var isMember = await db.Set<PolicyGroupMember>().AnyAsync(member => member.GroupId == group && member.SubjectId == subject, cancellationToken);
            if (await change(db, group, subject, isMember, cancellationToken))
                changed.Add(subject);
        }

        if (changed.Count == 0)
            return;
        await db.SaveChangesAsync(cancellationToken);
        foreach (var group in pairs.Select(pair => pair.Group).Distinct())
        {
            await db.Set<PolicyGroup>().Where(row => row.Id == group).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Version, row => row.Version + 1).SetProperty(row => row.UpdatedAt, now), cancellationToken);
        }

        await AdministratorsGroup.RequireOneAsync(db, hadOne, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.Tell(changed);
    }

    private delegate Task<bool> Change(SuretyDb db, EntityId group, EntityId subject, bool isMember, CancellationToken cancellationToken);
}
