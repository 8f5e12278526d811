namespace Surety.Server.Features.PolicyGroups;

/// <summary>
/// Tells who keeps the rights of subjects in memory that they have changed. What changes rights says so here, once, when the change is
/// committed; another node of a cluster is one more listener.
/// </summary>
internal sealed class AccessChanges
{
    /// <summary>The rights of a subject have changed, or the subject is no more.</summary>
    public event Action<EntityId>? Changed;

    /// <summary>Must be called when the change is committed.</summary>
    public void Tell(EntityId subject) => Changed?.Invoke(subject);

    /// <inheritdoc cref="Tell(EntityId)"/>
    public void Tell(IEnumerable<EntityId> subjects)
    {
        foreach (var subject in subjects)
            Tell(subject);
    }
}
