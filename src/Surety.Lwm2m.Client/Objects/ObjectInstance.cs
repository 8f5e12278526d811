using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>
/// An Object Instance. Used as it is, it holds values by resource id, typed and checked by the Object's definition; a derived class computes
/// values, refuses writes or acts on them. Safe to use from any thread.
/// </summary>
/// <remarks>
/// The overrides and delegates of Read and Write run on the thread that serves a request, under the client's lock: they must be quick and must
/// not wait. Those of Execute run outside of it and may take their time.
/// </remarks>
public partial class ObjectInstance
{
    // By position in the definition. None: the resource is not there; Null: it is, and its value is elsewhere - computed, multiple, executable.
    private readonly ResourceValue[] _values;
    private ResourceInstances? _multiples;
    private Dictionary<ushort, Delegate>? _delegates;

    /// <summary>An instance of an Object that OMA's registry describes, in its newest version.</summary>
    /// <param name="objectId">The Object.</param>
    /// <param name="id">The instance, 0 to 65534.</param>
    /// <exception cref="ArgumentException">Nobody described the Object.</exception>
    public ObjectInstance(ushort objectId, ushort id = 0)
        : this(Describe(objectId), id)
    {
    }

    /// <summary>An instance of any Object.</summary>
    /// <param name="model">The Object's definition.</param>
    /// <param name="id">The instance, 0 to 65534.</param>
    public ObjectInstance(ObjectModel model, ushort id = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        Path = new Lwm2mPath(model.Id, id);
        _values = new ResourceValue[model.Resources.Count];
    }

    /// <summary>The Object's definition.</summary>
    public ObjectModel Model { get; }

    /// <summary><c>/object/instance</c>.</summary>
    public Lwm2mPath Path { get; }

    /// <summary>The instance's id.</summary>
    public ushort Id => Path.InstanceId;

    /// <summary>Asked before a server's values are taken, all of them checked against the definition already. Refuses them by throwing <see cref="CoapException"/>.</summary>
    public Action<IReadOnlyList<ResourceEntry>>? Writing { get; set; }

    /// <summary>Told when a server's values have been taken.</summary>
    public Action<IReadOnlyList<ResourceEntry>>? Written { get; set; }

    /// <summary>The instance belongs to an Object.</summary>
    protected bool IsAdded => Owner is not null;

    /// <summary>Where the instance belongs; null before it was added.</summary>
    internal Lwm2mObject? Owner { get; set; }

    /// <summary>
    /// The value of a Resource; <see cref="ResourceValue.None"/> when it is not there, is executable, or has Resource Instances. Setting
    /// tells those who observe it; setting <see cref="ResourceValue.None"/> takes it away.
    /// </summary>
    /// <exception cref="ArgumentException">The Object defines no such Resource, or one of another type.</exception>
    public ResourceValue this[ushort resourceId]
    {
        get
        {
            using Lock.Scope scope = Enter();
            int index = IndexOf(resourceId);
            return index < 0 ? ResourceValue.None : Read(index);
        }

        set
        {
            ResourceModel model = DefinitionOf(resourceId);
            if (model.IsMultiple)
                throw new ArgumentException($"Resource {resourceId} of {Model} has resource instances: set those", nameof(resourceId));
            ResourceValue typed = ToDefinedType(model, value);
            using Lock.Scope scope = Enter();
            ref ResourceValue stored = ref _values[IndexOf(resourceId)];
            if (stored == typed)
                return;
            stored = typed;
            Owner?.Tree?.OnChanged(Path.Append(resourceId));
        }
    }

    /// <summary>The value of a Resource Instance; <see cref="ResourceValue.None"/> when it is not there. Setting that takes it away.</summary>
    /// <exception cref="ArgumentException">The Object defines no such multiple Resource, or one of another type.</exception>
    public ResourceValue this[ushort resourceId, ushort resourceInstanceId]
    {
        get
        {
            using Lock.Scope scope = Enter();
            return FindMultiple(resourceId)?.Find(resourceInstanceId) ?? ResourceValue.None;
        }

        set
        {
            ResourceModel model = Model.Find(resourceId) is { IsMultiple: true } found
                ? found
                : throw new ArgumentException($"{Model} defines no multiple resource {resourceId}", nameof(resourceId));
            ResourceValue typed = ToDefinedType(model, value);
            using Lock.Scope scope = Enter();
            if (SetMultiple(resourceId, resourceInstanceId, typed))
                Owner?.Tree?.OnChanged(Path.Append(resourceId).Append(resourceInstanceId));
        }
    }

    /// <summary>The Resource is there.</summary>
    public bool Contains(ushort resourceId)
    {
        using Lock.Scope scope = Enter();
        int index = IndexOf(resourceId);
        return index >= 0 && !_values[index].IsNone;
    }

    /// <summary>Begins changes that belong together: <c>using (instance.BeginChanges()) { ... }</c>. For a moment's work: everything else of the client waits.</summary>
    public ChangeScope BeginChanges() => new(Owner?.Tree);

    /// <summary>Lets a Resource be there without Resource Instances, or, for one that a derived class computes or executes, be there at all.</summary>
    /// <exception cref="ArgumentException">The Object defines no such Resource.</exception>
    public ObjectInstance Declare(ushort resourceId)
    {
        DefinitionOf(resourceId);
        using Lock.Scope scope = Enter();
        int index = IndexOf(resourceId);
        if (_values[index].IsNone)
            _values[index] = ResourceValue.Null;
        return this;
    }

    /// <summary>Lets a Resource be computed whenever it is read. What changes by itself is told with <see cref="NotifyChanged"/>.</summary>
    /// <exception cref="ArgumentException">The Object defines no such Resource that has one value.</exception>
    public ObjectInstance Computed(ushort resourceId, Func<ResourceValue> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (DefinitionOf(resourceId) is { IsMultiple: true } or { IsExecutable: true })
            throw new ArgumentException($"Resource {resourceId} of {Model} has no single value", nameof(resourceId));
        (_delegates ??= [])[resourceId] = read;
        return Declare(resourceId);
    }

    /// <summary>Says what an executable Resource does. Who executed it is answered when it has ended; <see cref="CoapException"/> chooses another answer than 5.00 for a failure.</summary>
    /// <exception cref="ArgumentException">The Object defines no such executable Resource.</exception>
    public ObjectInstance OnExecute(ushort resourceId, Func<ExecuteArguments, CancellationToken, ValueTask> execute)
    {
        ArgumentNullException.ThrowIfNull(execute);
        if (!DefinitionOf(resourceId).IsExecutable)
            throw new ArgumentException($"Resource {resourceId} of {Model} is not executable", nameof(resourceId));
        (_delegates ??= [])[resourceId] = execute;
        return Declare(resourceId);
    }

    /// <summary>Says what an executable Resource does whose arguments have a form of their own, not that of LwM2M, and that answers with content: those of Pelion's Objects.</summary>
    /// <exception cref="ArgumentException">The Object defines no such executable Resource.</exception>
    public ObjectInstance OnPost(ushort resourceId, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> post)
    {
        ArgumentNullException.ThrowIfNull(post);
        if (!DefinitionOf(resourceId).IsExecutable)
            throw new ArgumentException($"Resource {resourceId} of {Model} is not executable", nameof(resourceId));
        (_delegates ??= [])[resourceId] = post;
        return Declare(resourceId);
    }

    /// <inheritdoc cref="OnExecute(ushort, Func{ExecuteArguments, CancellationToken, ValueTask})"/>
    public ObjectInstance OnExecute(ushort resourceId, Action execute)
    {
        ArgumentNullException.ThrowIfNull(execute);
        return OnExecute(resourceId, (_, _) =>
        {
            execute();
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>A computed Resource has another value now.</summary>
    public void NotifyChanged(ushort resourceId)
    {
        using Lock.Scope scope = Enter();
        Owner?.Tree?.OnChanged(Path.Append(resourceId));
    }

    /// <summary>The Resource Instances of a multiple Resource, by id; empty when it is not there.</summary>
    public IReadOnlyList<KeyValuePair<ushort, ResourceValue>> GetResourceInstances(ushort resourceId)
    {
        using Lock.Scope scope = Enter();
        return ItemsOf(resourceId).ToArray();
    }

    /// <summary>Mandatory Resources that are not there.</summary>
    public IEnumerable<ResourceModel> MissingResources() => Model.Resources.Where(r => r.IsMandatory && !Contains(r.Id));

    /// <inheritdoc/>
    public override string ToString() => $"{Path} {Model.Name}";

    /// <summary>Gives the value of a Resource that is there; a derived class computes those that it declared.</summary>
    /// <param name="resourceId">The Resource.</param>
    /// <param name="stored">The value that was set, if any.</param>
    protected virtual ResourceValue OnRead(ushort resourceId, ResourceValue stored) =>
        _delegates is not null && _delegates.TryGetValue(resourceId, out Delegate? read) ? ((Func<ResourceValue>)read)() : stored;

    /// <summary>Whether a server may bring an optional Resource into being by writing it. Default: no.</summary>
    protected virtual bool CanAdd(ResourceModel resource) => false;

    /// <summary>See <see cref="Writing"/>.</summary>
    protected virtual void OnWriting(IReadOnlyList<ResourceEntry> entries) => Writing?.Invoke(entries);

    /// <summary>See <see cref="Written"/>.</summary>
    protected virtual void OnWritten(IReadOnlyList<ResourceEntry> entries) => Written?.Invoke(entries);

    /// <summary>Executes a Resource; see <see cref="OnExecute(ushort, Func{ExecuteArguments, CancellationToken, ValueTask})"/>.</summary>
    protected internal virtual ValueTask OnExecuteAsync(ushort resourceId, ExecuteArguments arguments, CancellationToken cancellationToken) =>
        _delegates is not null && _delegates.TryGetValue(resourceId, out Delegate? execute) && execute is not Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<ReadOnlyMemory<byte>>>
            ? ((Func<ExecuteArguments, CancellationToken, ValueTask>)execute)(arguments, cancellationToken)
            : ValueTask.CompletedTask;

    private static ObjectModel Describe(ushort objectId) => ObjectModelRegistry.Default.Find(objectId)
        ?? throw new ArgumentException($"Nobody described object {objectId}: make an ObjectModel for it", nameof(objectId));

    private static ResourceValue ToDefinedType(ResourceModel model, ResourceValue value)
    {
        if (value.IsNone)
            return value;
        if (model.Type == ResourceType.None)
            throw new ArgumentException($"Resource {model.Id} ({model.Name}) is executable and has no value", nameof(value));
        return value.TryConvert(model.Type, out ResourceValue typed)
            ? typed
            : throw new ArgumentException($"Resource {model.Id} ({model.Name}) is {model.Type}, not {value.Type}", nameof(value));
    }

    private ResourceModel DefinitionOf(ushort resourceId) =>
        Model.Find(resourceId) ?? throw new ArgumentException($"{Model} defines no resource {resourceId}", nameof(resourceId));

    private protected Lock.Scope Enter() => Owner?.Tree is { } tree ? tree.Gate.EnterScope() : default;
}
