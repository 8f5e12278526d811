using System.Text;

namespace Surety.Update.Tests;

/// <summary>A device with components in memory, and a record of what was done with them.</summary>
internal sealed class SimulatedSuitDevice : ISuitPlatform
{
    public Guid Vendor { get; init; }

    public Guid Class { get; init; }

    public ulong Slot { get; init; }

    /// <summary>What is to be downloaded, by URI.</summary>
    public Dictionary<string, byte[]> Network { get; } = [];

    public Dictionary<SuitComponentId, byte[]> Components { get; } = [];

    /// <summary>What was done, in order.</summary>
    public List<string> Log { get; } = [];

    public bool IsOfVendor(SuitComponentId component, Guid vendor) => vendor == Vendor;

    public bool IsOfClass(SuitComponentId component, Guid deviceClass) => deviceClass == Class;

    public bool IsDevice(ReadOnlyMemory<byte> id) => id.Span.SequenceEqual("device-1"u8);

    public ValueTask<bool> HasImageAsync(SuitComponentId component, SuitDigest digest, long? size, CancellationToken cancellationToken) =>
        new(Components.TryGetValue(component, out byte[]? image) && digest.IsOf(image) && (size is null || size == image.Length));

    public ValueTask<bool> HasContentAsync(SuitComponentId component, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        new(Components.TryGetValue(component, out byte[]? image) && content.Span.SequenceEqual(image));

    public bool IsSlot(SuitComponentId component, ulong slot) => slot == Slot;

    public bool IsBefore(DateTimeOffset time) => time > DateTimeOffset.FromUnixTimeSeconds(1000);

    public ValueTask<bool> IsAuthorizedAsync(long priority, CancellationToken cancellationToken) => new(priority >= 5);

    public bool HasBattery(int percent) => percent <= 50;

    public ValueTask FetchAsync(SuitComponentId component, string uri, long? size, CancellationToken cancellationToken)
    {
        Log.Add($"fetch {component} {uri}");
        Components[component] = Network.TryGetValue(uri, out byte[]? image) ? image : throw new IOException($"nothing is at {uri}");
        return default;
    }

    public ValueTask WriteAsync(SuitComponentId component, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Log.Add($"write {component}");
        Components[component] = content.ToArray();
        return default;
    }

    public ValueTask CopyAsync(SuitComponentId component, SuitComponentId source, CancellationToken cancellationToken)
    {
        Log.Add($"copy {source} to {component}");
        Components[component] = Components[source];
        return default;
    }

    public ValueTask SwapAsync(SuitComponentId component, SuitComponentId other, CancellationToken cancellationToken) => throw new NotSupportedException("it has one slot");

    public ValueTask UnlinkAsync(SuitComponentId component, CancellationToken cancellationToken)
    {
        Log.Add($"unlink {component}");
        Components.Remove(component);
        return default;
    }

    public ValueTask InvokeAsync(SuitComponentId component, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
    {
        Log.Add($"invoke {component} {Encoding.UTF8.GetString(arguments.Span)}".TrimEnd());
        return default;
    }

    public ValueTask<SuitResult> ProcessDependencyAsync(SuitComponentId component, SuitSection section, CancellationToken cancellationToken)
    {
        Log.Add($"{section} of {component}");
        return new(new SuitResult(SuitReason.Ok, section));
    }

}
