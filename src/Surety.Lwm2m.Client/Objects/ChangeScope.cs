namespace Surety.Lwm2m.Client;

/// <summary>Changes of an instance that belong together: while it lives nobody else sees the client's Objects, at its end observers are told once.</summary>
public ref struct ChangeScope
{
    private readonly ObjectTree? _tree;
    private Lock.Scope _scope;

    internal ChangeScope(ObjectTree? tree)
    {
        _tree = tree;
        if (tree is null)
            return;
        _scope = tree.Gate.EnterScope();
        tree.BeginChanges();
    }

    /// <summary>Tells the changes.</summary>
    public void Dispose()
    {
        _tree?.EndChanges();
        _scope.Dispose();
    }
}
