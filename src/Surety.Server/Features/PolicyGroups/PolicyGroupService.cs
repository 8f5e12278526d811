using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Audit;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Storage;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>The policy groups of an account; only administrators come to change them (<see cref="PlatformFeatures.PolicyGroups"/>).</summary>
internal sealed class PolicyGroupService(SuretyDbFactory databases, AuditTrail audit, AccessChanges changes, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>What stands for a group in messages.</summary>
    public const string Kind = "policy group";

    /// <summary>The filters of the list.</summary>
    public static readonly FilterSet<PolicyGroup> Filters = new FilterSet<PolicyGroup>().Equality("name", group => group.Name, name => name);

    /// <exception cref="ApiException">400.</exception>
    public async Task<ListResponse<GroupSummary>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return await ListAsync(db, Filters.Apply(db.Set<PolicyGroup>(), list.Conditions), list, cancellationToken);
    }

    /// <summary>The groups of a user, key or application.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ListResponse<GroupSummary>> ListOfAsync(
        Caller caller, SubjectKind kind, string subject, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var id = (await db.Set<Subject>().AsNoTracking().Where(row => row.Kind == kind).RequireAsync(subject, GroupMemberships.NameOf(kind), cancellationToken)).Id;
        var groups = db.Set<PolicyGroup>().Where(group => group.Members.Any(member => member.SubjectId == id));
        return await ListAsync(db, Filters.Apply(groups, list.Conditions), list, cancellationToken);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<GroupSummary> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var group = await db.Set<PolicyGroup>().AsNoTracking().RequireAsync(id, Kind, cancellationToken);
        return (await CountAsync(db, [GroupSummary.Of(group)], cancellationToken))[0];
    }

    /// <exception cref="ApiException">400, 403, or 409: the name is taken.</exception>
    public async Task<GroupSummary> CreateAsync(Caller caller, GroupCreationInfo request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var now = time.GetInstant();
        var group = new PolicyGroup { Id = ids.Next(), AccountId = caller.AccountId, Name = request.Name!, CreatedAt = now, UpdatedAt = now };
        if (request.Policies is { } policies)
            group.Policies = FeaturePolicies.Read(policies);
        var members = request.Members is null ? [] : await GroupMemberships.ReadAsync(db, request.Members, cancellationToken);
        group.Members.AddRange(members.Select(member => new PolicyGroupMember { AccountId = caller.AccountId, GroupId = group.Id, SubjectId = member }));
        db.Add(group);
        await SaveAsync(db, group.Name, cancellationToken);
        changes.Tell(members);
        return (await CountAsync(db, [GroupSummary.Of(group)], cancellationToken))[0];
    }

    /// <exception cref="ApiException">400, 403, 404, or 409: the name is taken.</exception>
    public async Task<GroupSummary> UpdateAsync(Caller caller, string id, GroupUpdateInfo request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var group = await db.Set<PolicyGroup>().RequireAsync(id, Kind, cancellationToken);
        var before = group.Policies;
        if (request.Name != group.Name)
            RequireCustom(group, "renamed");
        group.Name = request.Name!;
        SetPolicies(group, request.Policies);
        if (db.ChangeTracker.HasChanges())
        {
            group.Version++;
            group.UpdatedAt = time.GetInstant();
            await SaveAsync(db, group.Name, cancellationToken);
            // After the change: who joins meanwhile is told of by whoever adds it.
            if (group.Policies != before)
                changes.Tell(await MembersAsync(db, group, cancellationToken));
        }

        return (await CountAsync(db, [GroupSummary.Of(group)], cancellationToken))[0];
    }

    /// <exception cref="ApiException">403 or 404.</exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var group = await db.Set<PolicyGroup>().RequireAsync(id, Kind, cancellationToken);
        RequireCustom(group, "deleted");
        var members = await MembersAsync(db, group, cancellationToken);
        await audit.DeleteAsync(db, db.Set<PolicyGroup>().Where(row => row.Id == group.Id), cancellationToken);
        changes.Tell(members);
    }

    private static void SetPolicies(PolicyGroup group, IReadOnlyList<FeaturePolicy>? policies)
    {
        // Clients send back what they have read.
        if (policies is null || (group.Kind != PolicyGroupKind.Custom && policies.SequenceEqual(FeaturePolicies.Of(group))))
            return;
        RequireCustom(group, "given other policies");
        group.Policies = FeaturePolicies.Read(policies);
    }

    private static Task<List<EntityId>> MembersAsync(SuretyDb db, PolicyGroup group, CancellationToken cancellationToken) =>
        db.Set<PolicyGroupMember>().Where(member => member.GroupId == group.Id).Select(member => member.SubjectId).ToListAsync(cancellationToken);

    private static void RequireCustom(PolicyGroup group, string change)
    {
        if (group.Kind != PolicyGroupKind.Custom)
            throw ApiException.Forbidden($"The policy group {group.Name} is part of every account and cannot be {change}.");
    }

    private static async Task<ListResponse<GroupSummary>> ListAsync(SuretyDb db, IQueryable<PolicyGroup> groups, ListQuery list, CancellationToken cancellationToken)
    {
        var page = await groups.ToPageAsync(list, GroupSummary.Of, alwaysCount: true, cancellationToken);
        return page with { Data = await CountAsync(db, page.Data, cancellationToken) };
    }

    private static async Task<IReadOnlyList<GroupSummary>> CountAsync(SuretyDb db, IReadOnlyList<GroupSummary> groups, CancellationToken cancellationToken)
    {
        var ids = groups.Select(group => group.Id).ToList();
        var counts = await db.Set<PolicyGroupMember>().Where(member => ids.Contains(member.GroupId))
            .GroupBy(member => new { member.GroupId, member.Subject.Kind })
            .Select(members => new { members.Key.GroupId, members.Key.Kind, Count = members.Count() })
            .ToDictionaryAsync(count => (count.GroupId, count.Kind), count => count.Count, cancellationToken);
        return
        [
            .. groups.Select(group => group with
            {
                UserCount = counts.GetValueOrDefault((group.Id, SubjectKind.User)),
                ApikeyCount = counts.GetValueOrDefault((group.Id, SubjectKind.ApiKey)),
                ApplicationCount = counts.GetValueOrDefault((group.Id, SubjectKind.Application)),
            }),
        ];
    }

    private static async Task SaveAsync(SuretyDb db, string name, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            throw ApiException.Duplicate($"Another policy group of the account has the name {name}.", new ErrorField("name", "is taken"));
        }
    }
}
