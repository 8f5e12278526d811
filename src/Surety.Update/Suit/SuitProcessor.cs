using System.Formats.Cbor;
using Surety.Cose;

namespace Surety.Update;

/// <summary>
/// Carries out the sections of a manifest on a device (draft-ietf-suit-manifest, 6). Parameters live from the shared sequence on to the end of a
/// section, and each section begins anew, so that one can be run after a restart. Who calls has checked the signatures and the sequence number.
/// </summary>
/// <param name="manifest">The manifest.</param>
/// <param name="platform">The device.</param>
public sealed class SuitProcessor(SuitManifest manifest, ISuitPlatform platform)
{
    // Sequences within sequences.
    private const int MaxDepth = 4;

    // Commands of one section, with those of sequences that are run again: an end for what would go on.
    private const int MaxCommands = 1024;

    private readonly Dictionary<int, Dictionary<SuitParameter, ReadOnlyMemory<byte>>> _parameters = [];
    private int[] _indexes = [0];
    private bool _isSoftFailure;
    private int _commands;

    /// <summary>Carries out a section; one that the manifest does not have is carried out by doing nothing.</summary>
    public async ValueTask<SuitResult> RunAsync(SuitSection section, CancellationToken cancellationToken = default)
    {
        if (!manifest.Sections.TryGetValue(section, out IReadOnlyList<SuitCommand>? sequence))
            return new SuitResult(SuitReason.Ok, section);
        _parameters.Clear();
        _indexes = [0];
        _commands = 0;
        try
        {
            await RunAsync(manifest.SharedSequence, section, MaxDepth, cancellationToken).ConfigureAwait(false);
            _indexes = [0];
            await RunAsync(sequence, section, MaxDepth, cancellationToken).ConfigureAwait(false);
            return new SuitResult(SuitReason.Ok, section);
        }
        catch (SuitFailure failure)
        {
            return new SuitResult(failure.Reason, section, failure.Code, failure.Component, failure.Message);
        }
    }

    private async ValueTask RunAsync(IReadOnlyList<SuitCommand> sequence, SuitSection section, int depth, CancellationToken cancellationToken)
    {
        foreach (SuitCommand command in sequence)
        {
            if (++_commands > MaxCommands)
                throw new SuitFailure(SuitReason.OperationFailed, command.Code, null, $"a section has more than {MaxCommands} commands");
            try
            {
                await RunAsync(command, section, depth, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (StrictCbor.IsContent(e))
            {
                throw new SuitFailure(SuitReason.CborParse, command.Code, null, $"an argument or a parameter of {command.Code} cannot be read: {e.Message}");
            }
            catch (NotSupportedException e)
            {
                throw new SuitFailure(SuitReason.CommandUnsupported, command.Code, null, $"{command.Code} is not supported: {e.Message}");
            }
            catch (IOException e)
            {
                throw new SuitFailure(SuitReason.OperationFailed, command.Code, null, $"{command.Code} failed: {e.Message}");
            }
        }
    }

    private async ValueTask RunAsync(SuitCommand command, SuitSection section, int depth, CancellationToken cancellationToken)
    {
        switch (command.Code)
        {
            case SuitCode.SetComponentIndex:
                _indexes = ReadIndexes(command);
                break;
            case SuitCode.OverrideParameters or SuitCode.SetParameters:
                SetParameters(command);
                break;
            case SuitCode.TryEach:
                await TryEachAsync(command, section, depth, cancellationToken).ConfigureAwait(false);
                break;
            case SuitCode.RunSequence:
                await RunSequenceAsync(new CborReader(command.Argument).ReadByteString(), section, depth, command.Code, cancellationToken).ConfigureAwait(false);
                break;
            default:
                foreach (int index in _indexes)
                    await new SuitStep(manifest, platform, command.Code, index, ParametersOf(index)).RunAsync(section, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Runs the first sequence whose conditions hold; one of nothing always does.</summary>
    private async ValueTask TryEachAsync(SuitCommand command, SuitSection section, int depth, CancellationToken cancellationToken)
    {
        CborReader reader = new(command.Argument, CborConformanceMode.Strict);
        reader.ReadStartArray();
        SuitFailure? last = null;
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (reader.PeekState() == CborReaderState.Null)
                return;
            byte[] sequence = reader.ReadByteString();
            int[] indexes = _indexes;
            try
            {
                await RunSequenceAsync(sequence, section, depth, command.Code, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (SuitFailure failure) when (failure.Reason == SuitReason.ConditionFailed)
            {
                _indexes = indexes;
                last = failure;
            }
        }

        throw last ?? new SuitFailure(SuitReason.CborParse, command.Code, null, "there is nothing to try");
    }

    private async ValueTask RunSequenceAsync(byte[] sequence, SuitSection section, int depth, SuitCode code, CancellationToken cancellationToken)
    {
        if (depth == 0)
            throw new SuitFailure(SuitReason.CommandUnsupported, code, null, $"sequences nest deeper than {MaxDepth}");
        bool outer = _isSoftFailure;
        // 8.4.8.13: set for this sequence alone. To try another one is what trying each is for.
        _isSoftFailure = false;
        try
        {
            await RunAsync(SuitCommand.ReadSequence(sequence), section, depth - 1, cancellationToken).ConfigureAwait(false);
        }
        catch (SuitFailure failure) when (failure.Reason == SuitReason.ConditionFailed && _isSoftFailure && code != SuitCode.TryEach)
        {
            // It ends, and what comes after it goes on.
        }
        finally
        {
            _isSoftFailure = outer;
        }
    }

    private int[] ReadIndexes(SuitCommand command)
    {
        CborReader reader = new(command.Argument, CborConformanceMode.Strict);
        List<int> indexes = [];
        switch (reader.PeekState())
        {
            case CborReaderState.Boolean when reader.ReadBoolean():
                indexes.AddRange(Enumerable.Range(0, manifest.Components.Count).Except(manifest.Dependencies));
                break;
            case CborReaderState.StartArray:
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                    indexes.Add(CheckIndex(StrictCbor.ReadInt64(reader), command.Code));
                break;
            case CborReaderState.UnsignedInteger:
                indexes.Add(CheckIndex(StrictCbor.ReadInt64(reader), command.Code));
                break;
            default:
                throw new CborContentException("it names no component");
        }

        return [.. indexes];
    }

    private int CheckIndex(long index, SuitCode code) => index >= 0 && index < manifest.Components.Count
        ? (int)index
        : throw new SuitFailure(SuitReason.ComponentUnsupported, code, null, $"the manifest has no component {index}");

    private void SetParameters(SuitCommand command)
    {
        foreach ((CoseLabel label, ReadOnlyMemory<byte> value) in StrictCbor.ReadLabels(new CborReader(command.Argument, CborConformanceMode.Strict)))
        {
            if (label.Text is not null || label.Number is < 0 or > int.MaxValue || !Enum.IsDefined((SuitParameter)label.Number))
                throw new SuitFailure(SuitReason.ParameterUnsupported, command.Code, null, $"parameter {label} is not known here");
            SuitParameter parameter = (SuitParameter)label.Number;
            if (parameter == SuitParameter.SoftFailure)
            {
                _isSoftFailure = new CborReader(value).ReadBoolean();
                continue;
            }

            foreach (int index in _indexes)
            {
                if (command.Code == SuitCode.OverrideParameters)
                    ParametersOf(index)[parameter] = value;
                else
                    ParametersOf(index).TryAdd(parameter, value);
            }
        }
    }

    private Dictionary<SuitParameter, ReadOnlyMemory<byte>> ParametersOf(int index)
    {
        if (!_parameters.TryGetValue(index, out Dictionary<SuitParameter, ReadOnlyMemory<byte>>? parameters))
            _parameters[index] = parameters = [];
        return parameters;
    }
}
