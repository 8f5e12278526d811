using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Surety.Server.Features.Audit;

/// <summary>What the attributes of an entity say about its changes.</summary>
internal sealed class AuditedEntity
{
    private static readonly ConcurrentDictionary<Type, AuditedEntity?> Known = [];

    private readonly string? _label;

    private AuditedEntity(AuditedAttribute attribute)
    {
        Name = attribute.Name;
        OnlyByCallers = attribute.OnlyByCallers;
        _label = attribute.Label;
    }

    /// <summary>What the log calls it.</summary>
    public string Name { get; }

    /// <inheritdoc cref="AuditedAttribute.OnlyByCallers"/>
    public bool OnlyByCallers { get; }

    /// <summary>Null for entities whose changes are not recorded.</summary>
    public static AuditedEntity? Of(Type type) => Known.GetOrAdd(
        type, static type => type.GetCustomAttribute<AuditedAttribute>() is { } attribute ? new AuditedEntity(attribute) : null);

    /// <summary>The name of a member.</summary>
    public static string NameOf(string member) => JsonNamingPolicy.SnakeCaseLower.ConvertName(member);

    /// <summary>The value of a member as the log may show it.</summary>
    public static string? Show(IReadOnlyPropertyBase property, object? value) =>
        value is not null && property.PropertyInfo?.GetCustomAttribute<SecretAttribute>() is not null ? AuditValues.Secret : AuditValues.Format(value);

    /// <summary>Whether changes of the member are recorded. Keys name the thing, and are not members.</summary>
    public static bool IsRecorded(IReadOnlyProperty property) =>
        !property.IsPrimaryKey() && property.Name != "AccountId" && property.PropertyInfo is { } info && info.GetCustomAttribute<NotAuditedAttribute>() is null;

    /// <summary>The id of the thing: the members of its key, but for the account.</summary>
    public static string IdOf(EntityEntry entry) => string.Join(
        '/', entry.Metadata.FindPrimaryKey()!.Properties.Where(property => property.Name != "AccountId" || entry.Metadata.FindPrimaryKey()!.Properties.Count == 1)
            .Select(property => AuditValues.Format(entry.Property(property.Name).CurrentValue)));

    /// <summary>What people call the thing.</summary>
    public string LabelOf(EntityEntry entry) => _label is null ? "" : AuditValues.Format(entry.Property(_label).CurrentValue) ?? "";
}
