using Surety.Update;

namespace Surety.Fuzz.Targets.Update;

/// <summary>A device for which everything holds, and that counts what it does.</summary>
internal sealed class FuzzedSuitDevice : ISuitPlatform
{
    public int Steps { get; private set; }

    public bool IsOfVendor(SuitComponentId component, Guid vendor) => true;

    public bool IsOfClass(SuitComponentId component, Guid deviceClass) => true;

    public bool IsDevice(ReadOnlyMemory<byte> id) => true;

    public ValueTask<bool> HasImageAsync(SuitComponentId component, SuitDigest digest, long? size, CancellationToken cancellationToken) => new(true);

    public ValueTask<bool> HasContentAsync(SuitComponentId component, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => new(content.Length > 3);

    public bool IsSlot(SuitComponentId component, ulong slot) => slot == 1;

    public bool IsBefore(DateTimeOffset time) => true;

    public ValueTask<bool> IsAuthorizedAsync(long priority, CancellationToken cancellationToken) => new(true);

    public bool HasBattery(int percent) => true;

    public ValueTask FetchAsync(SuitComponentId component, string uri, long? size, CancellationToken cancellationToken) => Step();

    public ValueTask WriteAsync(SuitComponentId component, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Step();

    public ValueTask CopyAsync(SuitComponentId component, SuitComponentId source, CancellationToken cancellationToken) => Step();

    public ValueTask SwapAsync(SuitComponentId component, SuitComponentId other, CancellationToken cancellationToken) => Step();

    public ValueTask UnlinkAsync(SuitComponentId component, CancellationToken cancellationToken) => Step();

    public ValueTask InvokeAsync(SuitComponentId component, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken) => Step();

    public ValueTask<SuitResult> ProcessDependencyAsync(SuitComponentId component, SuitSection section, CancellationToken cancellationToken) => new(new SuitResult(SuitReason.Ok, section));

    private ValueTask Step()
    {
        Steps++;
        return default;
    }
}
