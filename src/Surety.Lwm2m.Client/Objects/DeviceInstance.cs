namespace Surety.Lwm2m.Client;

/// <summary>The instance of the Device Object (LwM2M Core, E.4): identity, time, errors, reboot.</summary>
public sealed class DeviceInstance : ObjectInstance
{
    private const ushort Reboot = 4;
    private const ushort FactoryReset = 5;
    private const ushort ErrorCode = 11;
    private const ushort ResetErrorCode = 12;
    private const ushort CurrentTime = CurrentTimeResource;

    /// <summary>Current Time: what a server writes here is the device's time.</summary>
    public const ushort CurrentTimeResource = 13;

    // The answer to the Execute must be on its way before the device goes down.
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time;
    private readonly Func<Task>? _reboot;
    private readonly Func<Task>? _factoryReset;
    private SortedSet<long>? _errors;
    private double _offset;

    /// <summary>The Device Object's instance.</summary>
    /// <param name="information">What it says.</param>
    /// <param name="reboot">Reboots the device, shortly after the server had its answer; null: nothing happens.</param>
    /// <param name="factoryReset">Resets the device in the same way; null: the Resource is not there.</param>
    /// <param name="time">The clock.</param>
    /// <param name="version">The release of LwM2M whose version of the Object is meant.</param>
    public DeviceInstance(
        DeviceInformation information, Func<Task>? reboot = null, Func<Task>? factoryReset = null, TimeProvider? time = null, Lwm2mVersion version = Lwm2mVersion.V12)
        : base(ObjectModelRegistry.Default.Find(CoreObjects.Device, CoreObjects.ImpliedVersion(version, CoreObjects.Device))!)
    {
        ArgumentNullException.ThrowIfNull(information);
        _time = time ?? TimeProvider.System;
        _reboot = reboot;
        _factoryReset = factoryReset;
        SetText(0, information.Manufacturer);
        SetText(1, information.ModelNumber);
        SetText(2, information.SerialNumber);
        SetText(3, information.FirmwareVersion);
        SetText(14, information.UtcOffset);
        SetText(15, information.Timezone);
        SetText(16, information.Binding);
        SetText(17, information.DeviceType);
        SetText(18, information.HardwareVersion);
        SetText(19, information.SoftwareVersion);
        Declare(Reboot);
        Declare(ResetErrorCode);
        Declare(CurrentTime);
        if (factoryReset is not null)
            Declare(FactoryReset);
        this[ErrorCode, 0] = 0;
    }

    /// <summary>An error has come up: 1 low battery, 2 power supply off, 3 GPS, 4 weak signal, 5 memory, 6 SMS, 7 IP, 8 peripheral; 16 to 32 as the maker likes.</summary>
    public void RaiseError(int code) => ChangeErrors(errors => errors.Add(code));

    /// <summary>An error is gone.</summary>
    public void ClearError(int code) => ChangeErrors(errors => errors.Remove(code));

    /// <inheritdoc/>
    protected override ResourceValue OnRead(ushort resourceId, ResourceValue stored) =>
        resourceId == CurrentTime ? ResourceValue.FromTime((long)Math.Floor(UnixSeconds + _offset)) : stored;

    /// <inheritdoc/>
    protected override void OnWritten(IReadOnlyList<ResourceEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (ResourceEntry entry in entries)
        {
            if (entry.Path.ResourceId == CurrentTime)
                _offset = entry.Value.AsTimeSeconds() - UnixSeconds;
        }

        base.OnWritten(entries);
    }

    /// <inheritdoc/>
    protected internal override ValueTask OnExecuteAsync(ushort resourceId, ExecuteArguments arguments, CancellationToken cancellationToken)
    {
        switch (resourceId)
        {
            case Reboot when _reboot is not null:
                _ = LaterAsync(_reboot);
                return ValueTask.CompletedTask;
            case FactoryReset when _factoryReset is not null:
                _ = LaterAsync(_factoryReset);
                return ValueTask.CompletedTask;
            case ResetErrorCode:
                ChangeErrors(errors => errors.RemoveWhere(static _ => true) > 0);
                return ValueTask.CompletedTask;
            default:
                return base.OnExecuteAsync(resourceId, arguments, cancellationToken);
        }
    }

    private double UnixSeconds => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    private async Task LaterAsync(Func<Task> action)
    {
        await Task.Delay(TimeToAnswer, _time).ConfigureAwait(false);
        await action().ConfigureAwait(false);
    }

    // E.4, resource 11: one instance with 0 when there is no error, otherwise one for each error.
    private void ChangeErrors(Func<SortedSet<long>, bool> change)
    {
        using ChangeScope changes = BeginChanges();
        if (!change(_errors ??= []))
            return;
        ushort id = 0;
        foreach (long code in _errors)
            this[ErrorCode, id++] = code;
        if (id == 0)
            this[ErrorCode, id++] = 0;
        while (!this[ErrorCode, id].IsNone)
            this[ErrorCode, id++] = ResourceValue.None;
    }

    private void SetText(ushort resourceId, string? text)
    {
        if (text is not null)
            this[resourceId] = text;
    }
}
