using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.Connect;
using Surety.Server.Features.Directory;
using Surety.Server.Storage;

namespace Surety.Server.Features.Bootstrap;

/// <summary>The bootstrap rules of an account.</summary>
internal sealed class BootstrapRuleService(SuretyDbFactory databases, ObjectDefinitions definitions, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>Rules of an account: each is asked at each bootstrap.</summary>
    public const int MaxRules = 200;

    /// <summary>The rules of an account have changed.</summary>
    public event Action<EntityId>? Changed;

    private const string Kind = "bootstrap rule";

    public static readonly FilterSet<BootstrapRule> Filters = new FilterSet<BootstrapRule>().Text("name", rule => rule.Name);

    /// <summary>The rules in the order in which they are asked; pages go on behind a rule.</summary>
    public async Task<ListResponse<BootstrapRuleResp>> ListAsync(EntityId account, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var rows = await Filters.Apply(db.Set<BootstrapRule>().AsNoTracking(), list.Conditions)
            .OrderBy(rule => rule.Priority).ThenBy(rule => rule.Id).ToListAsync(cancellationToken);
        if (list.Order == ListOrder.Descending)
            rows.Reverse();
        var start = list.After is { } after ? rows.FindIndex(rule => rule.Id == after) + 1 : 0;
        var limit = list.Limit ?? ListQuery.DefaultLimit;
        return new ListResponse<BootstrapRuleResp>
        {
            Limit = limit,
            After = list.After,
            Order = list.Order,
            HasMore = rows.Count > start + limit,
            TotalCount = list.WantsTotalCount ? rows.Count : null,
            Data = [.. rows.Skip(start).Take(limit).Select(BootstrapRuleResp.Of)],
        };
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<BootstrapRuleResp> GetAsync(EntityId account, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        return BootstrapRuleResp.Of(await FindAsync(db, id, cancellationToken));
    }

    /// <exception cref="ApiException">400; 403 for more than <see cref="MaxRules"/>.</exception>
    public async Task<BootstrapRuleResp> CreateAsync(EntityId account, BootstrapRuleReq request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var content = await CheckAsync(db, request, null, cancellationToken);
        if (await db.Set<BootstrapRule>().CountAsync(cancellationToken) >= MaxRules)
            throw ApiException.LimitExceeded($"An account has at most {MaxRules} bootstrap rules.");
        var now = time.GetInstant();
        var rule = new BootstrapRule { Id = ids.Next(), AccountId = account, Name = "", Content = "", CreatedAt = now, UpdatedAt = now };
        Apply(rule, request, content);
        db.Add(rule);
        await db.SaveChangesAsync(cancellationToken);
        Changed?.Invoke(account);
        return BootstrapRuleResp.Of(rule);
    }

    /// <exception cref="ApiException">400 or 404.</exception>
    public async Task<BootstrapRuleResp> UpdateAsync(EntityId account, string id, BootstrapRuleReq request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var rule = await FindAsync(db, id, cancellationToken);
        Apply(rule, request, await CheckAsync(db, request, rule, cancellationToken));
        if (db.ChangeTracker.HasChanges())
        {
            rule.Version++;
            rule.UpdatedAt = time.GetInstant();
            await SaveAsync(db, id, cancellationToken);
            Changed?.Invoke(account);
        }

        return BootstrapRuleResp.Of(rule);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task DeleteAsync(EntityId account, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        db.Remove(await FindAsync(db, id, cancellationToken));
        await SaveAsync(db, id, cancellationToken);
        Changed?.Invoke(account);
    }

    /// <param name="db">Of the account.</param>
    /// <param name="request">What the rule is to be.</param>
    /// <param name="before">What it is; null: a new one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    private async Task<BootstrapRuleContent> CheckAsync(SuretyDb db, BootstrapRuleReq request, BootstrapRule? before, CancellationToken cancellationToken)
    {
        var content = request.ToContent();
        BootstrapRuleCheck.Validate(content, definitions.Registry);
        if (content.Match.GroupId is not { } group || await db.Set<DeviceGroup>().AnyAsync(row => row.Id == group, cancellationToken))
            return content;
        // A group that is deleted leaves its rules, which are then for no device (the dry run says so); such a rule can be put out of force.
        if (before is null || before.Read().Match.GroupId != group)
            throw ApiException.Invalid("match.group_id", "must be the id of a device group of the account");
        if (request.Enabled ?? true)
            throw ApiException.Invalid("match.group_id", "is the id of a device group that was deleted: name another group, or disable the rule (enabled: false)");
        return content;
    }

    private static void Apply(BootstrapRule rule, BootstrapRuleReq request, BootstrapRuleContent content)
    {
        rule.Name = request.Name!;
        rule.Description = request.Description ?? "";
        rule.Priority = request.Priority!.Value;
        rule.IsEnabled = request.Enabled ?? true;
        rule.Content = BootstrapRule.Write(content);
    }

    private static async Task<BootstrapRule> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) =>
        (EntityId.TryParse(id, out var ruleId) ? await db.Set<BootstrapRule>().SingleOrDefaultAsync(rule => rule.Id == ruleId, cancellationToken) : null)
        ?? throw ApiException.NotFound(Kind, id);

    private static Task SaveAsync(SuretyDb db, string id, CancellationToken cancellationToken) => db.SaveAsync(Kind, id, duplicate: null, cancellationToken);
}
