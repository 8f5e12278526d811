namespace Surety.Lwm2m.Client;

/// <summary>An instance of the Server Object: how the client deals with one server (LwM2M Core, E.2). What servers or the application write takes effect at once.</summary>
public sealed class ServerInstance : ObjectInstance
{
    internal const ushort ShortServerIdResource = 0;
    internal const ushort LifetimeResource = 1;
    internal const ushort MinimumPeriodResource = 2;
    internal const ushort MaximumPeriodResource = 3;
    internal const ushort DisableResource = 4;
    internal const ushort DisableTimeoutResource = 5;
    internal const ushort StoringResource = 6;
    internal const ushort BindingResource = 7;
    internal const ushort UpdateTriggerResource = 8;
    internal const ushort BootstrapTriggerResource = 9;
    internal const ushort LastBootstrappedResource = 12;
    internal const ushort PriorityOrderResource = 13;
    internal const ushort InitialDelayResource = 14;
    internal const ushort FailureBlockResource = 15;
    internal const ushort BootstrapOnFailureResource = 16;
    internal const ushort RetryCountResource = 17;
    internal const ushort RetryTimerResource = 18;
    internal const ushort SequenceDelayResource = 19;
    internal const ushort SequenceRetryCountResource = 20;
    internal const ushort MuteSendResource = 23;
    internal const ushort SupportedVersionsResource = 25;
    internal const ushort NotificationModeResource = 26;

    private const uint DefaultDisableTimeout = 86_400;

    internal ServerInstance(ObjectModel model, ushort id, ServerAccount account)
        : this(model, id, [])
    {
        this[ShortServerIdResource] = account.ShortServerId;
        this[LifetimeResource] = account.Lifetime;
        this[StoringResource] = account.StoresNotifications;
        this[BindingResource] = account.Binding ?? account.DefaultBinding;
        SetOptional(MinimumPeriodResource, account.DefaultMinimumPeriod);
        SetOptional(MaximumPeriodResource, account.DefaultMaximumPeriod);
        SetOptional(DisableTimeoutResource, account.DisableTimeout);
        if (model.Find(MuteSendResource) is not null)
            this[MuteSendResource] = account.MutesSend;
        if (account.ConfirmsNotifications && model.Find(NotificationModeResource) is not null)
            this[NotificationModeResource] = 1;
    }

    /// <summary>An instance with the values of a bootstrap, all of them checked.</summary>
    internal ServerInstance(ObjectModel model, ushort id, List<ResourceEntry> values)
        : base(model, id)
    {
        Write(values, WriteKind.Update);
        Declare(DisableResource);
        Declare(UpdateTriggerResource);
    }

    /// <summary>A server has executed the Bootstrap-Request Trigger (resource 9).</summary>
    internal Action? BootstrapRequested
    {
        get;
        set
        {
            field = value;
            if (value is not null && Model.Find(BootstrapTriggerResource) is not null)
                Declare(BootstrapTriggerResource);
        }
    }

    /// <summary>LwM2M Core, table 6.2.1.1-1: true when it is not there.</summary>
    internal bool BootstrapsOnFailure => Model.Find(BootstrapOnFailureResource) is null || this[BootstrapOnFailureResource].IsNone || Flag(BootstrapOnFailureResource);

    /// <summary>The account itself says when it is tried again.</summary>
    internal bool HasRetryRules => Number(RetryCountResource) is not null || Number(RetryTimerResource) is not null
        || Number(SequenceDelayResource) is not null || Number(SequenceRetryCountResource) is not null;

    /// <summary>Short Server ID.</summary>
    public ushort ShortServerId => (ushort)this[ShortServerIdResource].AsInteger();

    /// <summary>The registration's lifetime, seconds; 0 never ends.</summary>
    public uint Lifetime => (uint)Math.Clamp(this[LifetimeResource].AsInteger(), 0, uint.MaxValue);

    /// <summary>The binding, as written.</summary>
    public string Binding => this[BindingResource].AsString();

    /// <summary>Send is switched off: Mute Send is true, or not there although the Object's version has it.</summary>
    public bool MutesSend => Model.Find(MuteSendResource) is null || this[MuteSendResource] is not { Type: ResourceType.Boolean } mute || mute.AsBoolean();

    internal ServerSession? Session { get; set; }

    internal bool StoresNotifications => this[StoringResource].AsBoolean();

    internal bool ConfirmsNotifications => Number(NotificationModeResource) == 1;

    internal uint DisableTimeout => Number(DisableTimeoutResource) ?? DefaultDisableTimeout;

    internal NotificationAttributes DefaultAttributes
    {
        get
        {
            uint? least = Number(MinimumPeriodResource);
            uint? most = Number(MaximumPeriodResource);
            return least is null && most is null ? NotificationAttributes.None : new NotificationAttributes { MinimumPeriod = least, MaximumPeriod = most };
        }
    }

    /// <summary>A number that is there, as a whole number of 32 bits.</summary>
    internal uint? Number(ushort resourceId) =>
        this[resourceId].TryGetNumber(out double number) ? (uint)Math.Clamp(number, 0, uint.MaxValue) : null;

    internal bool Flag(ushort resourceId) => this[resourceId] is { Type: ResourceType.Boolean } value && value.AsBoolean();

    /// <inheritdoc/>
    protected override bool CanAdd(ResourceModel resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource is { IsWritable: true } && resource.Id is MinimumPeriodResource or MaximumPeriodResource or DisableTimeoutResource
            or (>= InitialDelayResource and <= SequenceRetryCountResource) or MuteSendResource or SupportedVersionsResource or NotificationModeResource;
    }

    /// <inheritdoc/>
    protected internal override ValueTask OnExecuteAsync(ushort resourceId, ExecuteArguments arguments, CancellationToken cancellationToken)
    {
        switch (resourceId)
        {
            case DisableResource:
                Session?.RequestDisable();
                return ValueTask.CompletedTask;
            case BootstrapTriggerResource:
                BootstrapRequested?.Invoke();
                return ValueTask.CompletedTask;
            case UpdateTriggerResource:
                ArgumentNullException.ThrowIfNull(arguments);
                Session?.RequestUpdate(arguments[0]);
                return ValueTask.CompletedTask;
            default:
                return base.OnExecuteAsync(resourceId, arguments, cancellationToken);
        }
    }

    private void SetOptional(ushort resourceId, uint? value)
    {
        if (value is { } number)
            this[resourceId] = number;
    }
}
