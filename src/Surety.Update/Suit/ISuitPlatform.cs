namespace Surety.Update;

/// <summary>The device as a manifest's commands see it. What is not supported throws <see cref="NotSupportedException"/>, and the manifest is refused.</summary>
public interface ISuitPlatform
{
    /// <summary>Whether the device is of a vendor.</summary>
    bool IsOfVendor(SuitComponentId component, Guid vendor);

    /// <summary>Whether the component is of a class.</summary>
    bool IsOfClass(SuitComponentId component, Guid deviceClass);

    /// <summary>Whether the device is that one.</summary>
    bool IsDevice(ReadOnlyMemory<byte> id);

    /// <summary>Whether the component has a digest, and a length when one is given.</summary>
    ValueTask<bool> HasImageAsync(SuitComponentId component, SuitDigest digest, long? size, CancellationToken cancellationToken);

    /// <summary>Whether the component is just these bytes.</summary>
    ValueTask<bool> HasContentAsync(SuitComponentId component, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Whether the slot that is written next is that one.</summary>
    bool IsSlot(SuitComponentId component, ulong slot);

    /// <summary>Whether it is earlier; a device without a clock says no.</summary>
    bool IsBefore(DateTimeOffset time);

    /// <summary>Whether who is responsible agrees.</summary>
    ValueTask<bool> IsAuthorizedAsync(long priority, CancellationToken cancellationToken);

    /// <summary>Whether the battery has so many percent.</summary>
    bool HasBattery(int percent);

    /// <summary>Downloads into a component. A URI that begins with <c>#</c> is of the envelope.</summary>
    ValueTask FetchAsync(SuitComponentId component, string uri, long? size, CancellationToken cancellationToken);

    /// <summary>Writes bytes into a component.</summary>
    ValueTask WriteAsync(SuitComponentId component, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Copies a component into another.</summary>
    ValueTask CopyAsync(SuitComponentId component, SuitComponentId source, CancellationToken cancellationToken);

    /// <summary>Swaps two components.</summary>
    ValueTask SwapAsync(SuitComponentId component, SuitComponentId other, CancellationToken cancellationToken);

    /// <summary>Takes a component away.</summary>
    ValueTask UnlinkAsync(SuitComponentId component, CancellationToken cancellationToken);

    /// <summary>Runs a component.</summary>
    ValueTask InvokeAsync(SuitComponentId component, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken);

    /// <summary>Runs a section of a manifest that this one depends on and that the component holds.</summary>
    ValueTask<SuitResult> ProcessDependencyAsync(SuitComponentId component, SuitSection section, CancellationToken cancellationToken);
}
