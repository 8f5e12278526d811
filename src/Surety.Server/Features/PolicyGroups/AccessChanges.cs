using Surety.Server.Features.Cluster;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>
/// Tells who keeps the rights of subjects in memory that they have changed, also at another node. What changes rights says so here, once, when the change
/// is committed.
/// </summary>
internal sealed class AccessChanges
{
    private const string Topic = "access";

    private readonly IClusterNotices _notices;

    public AccessChanges(IClusterNotices notices)
    {
        _notices = notices;
        notices.Listen(Topic, OnToldElsewhereAsync);
    }

    /// <summary>The rights of a subject have changed, or the subject is no more; null: those of any, since notices may have been lost.</summary>
    public event Action<EntityId?>? Changed;

    /// <summary>Must be called when the change is committed.</summary>
    public void Tell(EntityId subject)
    {
        Changed?.Invoke(subject);
        _notices.Publish(Topic, subject.ToString());
    }

    /// <inheritdoc cref="Tell(EntityId)"/>
    public void Tell(IEnumerable<EntityId> subjects)
    {
        foreach (var subject in subjects)
            Tell(subject);
    }

    private Task OnToldElsewhereAsync(string? subject)
    {
        Changed?.Invoke(EntityId.TryParse(subject, out var id) ? id : null);
        return Task.CompletedTask;
    }
}
