using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Surety.Server.Features.Accounts;
using Surety.Server.Storage;

namespace Surety.Server.Features.Audit;

/// <summary>Reads what a context is about to write, and says it in the words of the log.</summary>
internal static class AuditCollector
{
    // So many things of one kind at once are one entry: who adds ten thousand devices has done one thing.
    private const int MaxSingle = 20;
    private const int MaxNamed = 100;

    /// <summary>What is recorded of the changes that are pending.</summary>
    public static IEnumerable<AuditRecord> Collect(SuretyDb db, AuditActor actor)
    {
        List<EntityEntry>? changed = null;
        List<EntityEntry>? ownedChanges = null;
        // Once: each enumeration looks at every row for changes.
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
                continue;
            if (entry.Metadata.IsOwned())
                (ownedChanges ??= []).Add(entry);
            else if (IsRecorded(entry.Metadata.ClrType, actor))
                (changed ??= []).Add(entry);
        }

        var owned = ownedChanges?.ToLookup(OwnerKey);
        if (owned is not null)
            AddOwners(db, owned, actor, changed ??= []);
        if (changed is null)
            return [];
        return changed.GroupBy(entry => (entry.Metadata.ClrType, entry.State, AccountOf(entry)))
            .SelectMany(group => group.Key.State != EntityState.Modified && group.Skip(MaxSingle).Any()
                ? [Summarize(group.Key.Item3, group.Key.State, [.. group])]
                : group.Select(entry => Describe(entry, entry.State, owned)).OfType<AuditRecord>());
    }

    /// <summary>Whether changes of the type by the actor are recorded.</summary>
    public static bool IsRecorded(Type type, AuditActor actor) =>
        AuditedEntity.Of(type) is { } audited && !(audited.OnlyByCallers && actor.Type == AuditActorType.Platform);

    /// <summary>What is recorded of rows that were deleted past the change tracker.</summary>
    public static IEnumerable<AuditRecord> Deleted<T>(SuretyDb db, List<T> rows)
        where T : class, IAccountOwned
    {
        var entries = rows.ConvertAll(EntityEntry (row) => db.Entry(row));
        return entries.GroupBy(AccountOf).SelectMany(group => group.Skip(MaxSingle).Any()
            ? [Summarize(group.Key, EntityState.Deleted, [.. group])]
            : group.Select(entry => Describe(entry, EntityState.Deleted, owned: null)).OfType<AuditRecord>());
    }

    private static void AddOwners(SuretyDb db, ILookup<(Type Owner, EntityId Id), EntityEntry> owned, AuditActor actor, List<EntityEntry> changed)
    {
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State == EntityState.Unchanged && entry.Entity is IEntity row && owned.Contains((entry.Metadata.ClrType, row.Id)) && IsRecorded(entry.Metadata.ClrType, actor))
                changed.Add(entry);
        }
    }

    private static (Type Owner, EntityId Id) OwnerKey(EntityEntry entry)
    {
        var ownership = entry.Metadata.FindOwnership()!;
        return (ownership.PrincipalEntityType.ClrType, (EntityId)entry.Property(ownership.Properties[0].Name).CurrentValue!);
    }

    private static EntityId AccountOf(EntityEntry entry) => entry.Entity switch
    {
        IAccountOwned owned => owned.AccountId,
        // With an account goes its log; whose tenant it was keeps the entry.
        Account account => entry.State == EntityState.Deleted ? account.ParentId ?? account.Id : account.Id,
        _ => throw new InvalidOperationException($"{entry.Metadata.Name} belongs to no account"),
    };

    private static AuditRecord Summarize(EntityId account, EntityState state, List<EntityEntry> entries) => new(
        account, ActionOf(state), AuditedEntity.Of(entries[0].Metadata.ClrType)!.Name, null)
    {
        Count = entries.Count,
        Changes = [.. entries.Take(MaxNamed).Select(entry => state == EntityState.Deleted
            ? new AuditChange("id", AuditedEntity.IdOf(entry), null)
            : new AuditChange("id", null, AuditedEntity.IdOf(entry)))],
    };

    private static AuditRecord? Describe(EntityEntry entry, EntityState state, ILookup<(Type Owner, EntityId Id), EntityEntry>? owned)
    {
        var audited = AuditedEntity.Of(entry.Metadata.ClrType)!;
        var changes = new List<AuditChange>();
        foreach (var property in entry.Properties)
            Add(changes, property, state, AuditedEntity.NameOf(property.Metadata.Name));
        foreach (var property in entry.ComplexProperties.SelectMany(complex => complex.Properties))
            Add(changes, property, state, AuditedEntity.NameOf(property.Metadata.Name));
        if (owned is not null && entry.Entity is IEntity row)
            AddOwned(changes, owned[(entry.Metadata.ClrType, row.Id)]);
        var isUpdate = state is EntityState.Modified or EntityState.Unchanged;
        if (isUpdate && changes.Count == 0)
            return null;
        return new AuditRecord(AccountOf(entry), ActionOf(state), audited.Name, AuditedEntity.IdOf(entry))
        {
            EntityName = audited.LabelOf(entry),
            Changes = changes,
        };
    }

    private static void AddOwned(List<AuditChange> changes, IEnumerable<EntityEntry> owned)
    {
        foreach (var entry in owned)
        {
            var name = AuditedEntity.NameOf(entry.Metadata.FindOwnership()!.PrincipalToDependent!.Name);
            // A map: the key is the name of the member.
            var key = entry.Metadata.FindProperty("Key") is { } part ? $"{name}.{entry.Property(part.Name).CurrentValue}" : null;
            foreach (var property in entry.Properties)
                Add(changes, property, entry.State, key ?? $"{name}.{AuditedEntity.NameOf(property.Metadata.Name)}");
        }
    }

    private static void Add(List<AuditChange> changes, PropertyEntry property, EntityState state, string name)
    {
        if (!AuditedEntity.IsRecorded(property.Metadata) || (state == EntityState.Modified && !property.IsModified))
            return;
        var before = state == EntityState.Added ? null : AuditedEntity.Show(property.Metadata, property.OriginalValue);
        var after = state == EntityState.Deleted ? null : AuditedEntity.Show(property.Metadata, property.CurrentValue);
        var isNothing = string.IsNullOrEmpty(before) && string.IsNullOrEmpty(after);
        var isSecret = before == AuditValues.Secret && after == AuditValues.Secret;
        if (state != EntityState.Unchanged && !isNothing && (isSecret || before != after))
            changes.Add(new AuditChange(name, before, after));
    }

    private static string ActionOf(EntityState state) => state switch
    {
        EntityState.Added => AuditActions.Create,
        EntityState.Deleted => AuditActions.Delete,
        _ => AuditActions.Update,
    };
}
