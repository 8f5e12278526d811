using System.Formats.Cbor;
using Surety.Cose;

namespace Surety.Update;

/// <summary>One condition or directive of a manifest.</summary>
/// <param name="Code">Which.</param>
/// <param name="Argument">Its argument as it is encoded; of a condition, what is to be reported.</param>
public readonly record struct SuitCommand(SuitCode Code, ReadOnlyMemory<byte> Argument)
{
    // A manifest has some dozen.
    private const int MaxCommands = 256;

    /// <summary>Whether it is a condition, which holds or does not.</summary>
    public bool IsCondition => Code is
        SuitCode.VendorIdentifier or SuitCode.ClassIdentifier or SuitCode.ImageMatch or SuitCode.UseBefore or SuitCode.ComponentSlot or SuitCode.CheckContent
        or SuitCode.DependencyIntegrity or SuitCode.IsDependency or SuitCode.Abort or SuitCode.DeviceIdentifier or SuitCode.ImageNotMatch
        or SuitCode.MinimumBattery or SuitCode.UpdateAuthorized or SuitCode.Version;

    /// <summary>Reads a sequence.</summary>
    /// <exception cref="CborContentException">It is none, or has commands that are not known here: what they would do nobody can say.</exception>
    internal static IReadOnlyList<SuitCommand> ReadSequence(ReadOnlyMemory<byte> encoded)
    {
        List<SuitCommand> commands = [];
        CborReader reader = StrictCbor.Open(encoded);
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (commands.Count == MaxCommands)
                throw new CborContentException($"a sequence has more than {MaxCommands} commands");
            long code = StrictCbor.ReadInt64(reader);
            if (code is < 0 or > int.MaxValue || !Enum.IsDefined((SuitCode)code))
                throw new CborContentException($"command {code} is not known here");
            commands.Add(new SuitCommand((SuitCode)code, StrictCbor.ReadEncodedValue(reader)));
        }

        reader.ReadEndArray();
        StrictCbor.End(reader);
        return commands;
    }

    internal static byte[] EncodeSequence(IEnumerable<SuitCommand> commands) => StrictCbor.Encode(writer =>
    {
        SuitCommand[] all = [.. commands];
        writer.WriteStartArray(all.Length * 2);
        foreach (SuitCommand command in all)
        {
            writer.WriteInt32((int)command.Code);
            writer.WriteEncodedValue(command.Argument.Span);
        }

        writer.WriteEndArray();
    });
}
