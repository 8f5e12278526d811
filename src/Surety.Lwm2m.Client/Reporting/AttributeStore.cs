namespace Surety.Lwm2m.Client;

/// <summary>The attributes that one server has attached to nodes (LwM2M Core 7.3.2).</summary>
internal sealed class AttributeStore
{
    /// <summary>The most nodes that one server may attach attributes to; further ones are refused.</summary>
    public const int MaxNodes = 1000;

    private Dictionary<Lwm2mPath, NotificationAttributes>? _nodes;

    public int Count => _nodes?.Count ?? 0;

    public IEnumerable<KeyValuePair<Lwm2mPath, NotificationAttributes>> All => _nodes ?? Enumerable.Empty<KeyValuePair<Lwm2mPath, NotificationAttributes>>();

    /// <summary>Those attached to the node itself.</summary>
    public NotificationAttributes Own(Lwm2mPath path) => _nodes?.GetValueOrDefault(path) ?? NotificationAttributes.None;

    /// <summary>Those attached to the node, completed by those of the levels above.</summary>
    public NotificationAttributes Effective(Lwm2mPath path)
    {
        NotificationAttributes result = NotificationAttributes.None;
        if (_nodes is null)
            return result;
        for (int level = path.Level; level > 0; level--)
            result = result.Over(Own(path.Truncate(level)));
        return result;
    }

    public void Set(Lwm2mPath path, NotificationAttributes attributes)
    {
        if (attributes.IsEmpty)
            _nodes?.Remove(path);
        else
            (_nodes ??= [])[path] = attributes;
    }

    /// <summary>The node is gone, and everything below it.</summary>
    public void RemoveBelow(Lwm2mPath path)
    {
        if (_nodes is null)
            return;
        foreach (Lwm2mPath node in _nodes.Keys.Where(node => node.StartsWith(path)).ToArray())
            _nodes.Remove(node);
    }
}
