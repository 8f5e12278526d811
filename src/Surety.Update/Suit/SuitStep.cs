using System.Formats.Cbor;
using Surety.Cose;

namespace Surety.Update;

/// <summary>One command about one component, with the component's parameters.</summary>
internal readonly struct SuitStep(
    SuitManifest manifest, ISuitPlatform platform, SuitCode code, int index, IReadOnlyDictionary<SuitParameter, ReadOnlyMemory<byte>> parameters)
{
    private SuitComponentId Component => manifest.Components[index];

    /// <exception cref="SuitFailure">A condition does not hold, or the command cannot be carried out.</exception>
    public async ValueTask RunAsync(SuitSection section, CancellationToken cancellationToken)
    {
        switch (code)
        {
            case SuitCode.Fetch:
                await platform.FetchAsync(Component, Text(SuitParameter.Uri), Size(), cancellationToken).ConfigureAwait(false);
                break;
            case SuitCode.Copy:
                await platform.CopyAsync(Component, Source(), cancellationToken).ConfigureAwait(false);
                break;
            case SuitCode.Swap:
                await platform.SwapAsync(Component, Source(), cancellationToken).ConfigureAwait(false);
                break;
            case SuitCode.Write:
                await platform.WriteAsync(Component, Bytes(SuitParameter.Content), cancellationToken).ConfigureAwait(false);
                break;
            case SuitCode.Unlink:
                await platform.UnlinkAsync(Component, cancellationToken).ConfigureAwait(false);
                break;
            case SuitCode.Invoke:
                ReadOnlyMemory<byte> arguments = parameters.ContainsKey(SuitParameter.InvokeArguments) ? Bytes(SuitParameter.InvokeArguments) : default;
                await platform.InvokeAsync(Component, arguments, cancellationToken).ConfigureAwait(false);
                break;
            case SuitCode.ProcessDependency:
                SuitResult result = await platform.ProcessDependencyAsync(Component, section, cancellationToken).ConfigureAwait(false);
                if (!result.IsOk)
                    throw new SuitFailure(result.Reason, result.Code ?? code, result.Component, result.Problem ?? "a manifest that this one depends on failed");
                break;
            default:
                if (!await HoldsAsync(cancellationToken).ConfigureAwait(false))
                    throw new SuitFailure(SuitReason.ConditionFailed, code, Component, $"the condition {code} does not hold for {Component}");
                break;
        }
    }

    private ValueTask<bool> HoldsAsync(CancellationToken cancellationToken) => code switch
    {
        SuitCode.VendorIdentifier => new(platform.IsOfVendor(Component, Id(SuitParameter.VendorIdentifier))),
        SuitCode.ClassIdentifier => new(platform.IsOfClass(Component, Id(SuitParameter.ClassIdentifier))),
        SuitCode.DeviceIdentifier => new(platform.IsDevice(Bytes(SuitParameter.DeviceIdentifier))),
        SuitCode.ImageMatch or SuitCode.DependencyIntegrity => platform.HasImageAsync(Component, Digest(), Size(), cancellationToken),
        SuitCode.ImageNotMatch => NotAsync(platform.HasImageAsync(Component, Digest(), null, cancellationToken)),
        SuitCode.CheckContent => platform.HasContentAsync(Component, Bytes(SuitParameter.Content), cancellationToken),
        SuitCode.ComponentSlot => new(platform.IsSlot(Component, Number(SuitParameter.ComponentSlot))),
        SuitCode.UseBefore => new(platform.IsBefore(Time())),
        SuitCode.MinimumBattery => new(platform.HasBattery((int)Math.Min(Number(SuitParameter.MinimumBattery), 100))),
        SuitCode.UpdateAuthorized => platform.IsAuthorizedAsync(Priority(), cancellationToken),
        SuitCode.IsDependency => new(manifest.Dependencies.Contains(index)),
        SuitCode.Abort => new(false),
        _ => throw new NotSupportedException($"nothing on this device does {code}"),
    };

    private static async ValueTask<bool> NotAsync(ValueTask<bool> condition) => !await condition.ConfigureAwait(false);

    private ReadOnlyMemory<byte> Parameter(SuitParameter parameter) => parameters.TryGetValue(parameter, out ReadOnlyMemory<byte> value)
        ? value
        : throw new SuitFailure(SuitReason.ParameterUnsupported, code, Component, $"{code} needs the parameter {parameter}, which is not set for {Component}");

    private byte[] Bytes(SuitParameter parameter) => new CborReader(Parameter(parameter)).ReadByteString();

    private string Text(SuitParameter parameter) => new CborReader(Parameter(parameter)).ReadTextString();

    private ulong Number(SuitParameter parameter) => new CborReader(Parameter(parameter)).ReadUInt64();

    // The digest is in a string of bytes, as it is signed elsewhere.
    private SuitDigest Digest() => SuitDigest.Read(Bytes(SuitParameter.ImageDigest));

    private long? Size() => parameters.TryGetValue(SuitParameter.ImageSize, out ReadOnlyMemory<byte> size) ? StrictCbor.ReadInt64(new CborReader(size)) : null;

    private long Priority() =>
        parameters.TryGetValue(SuitParameter.UpdatePriority, out ReadOnlyMemory<byte> priority) ? StrictCbor.ReadInt64(new CborReader(priority)) : 0;

    private Guid Id(SuitParameter parameter) => Bytes(parameter) is { Length: 16 } id
        ? UpdateTarget.FromBytes(id)
        : throw new CborContentException($"{parameter} does not have 16 bytes");

    private DateTimeOffset Time()
    {
        ulong seconds = Number(SuitParameter.UseBefore);
        return seconds < (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : DateTimeOffset.MaxValue;
    }

    private SuitComponentId Source()
    {
        ulong source = Number(SuitParameter.SourceComponent);
        return source < (ulong)manifest.Components.Count
            ? manifest.Components[(int)source]
            : throw new SuitFailure(SuitReason.ComponentUnsupported, code, Component, $"the manifest has no component {source}");
    }
}
