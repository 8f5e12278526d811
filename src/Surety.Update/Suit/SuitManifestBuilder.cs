using System.Formats.Cbor;
using Surety.Cose;

namespace Surety.Update;

/// <summary>Makes manifests: components, what is true of them, and what is done in which section.</summary>
/// <param name="sequenceNumber">Of the manifest; greater than that of each one before.</param>
public sealed class SuitManifestBuilder(ulong sequenceNumber)
{
    // Nothing is recorded, or all: the draft's examples report all.
    private const int ReportAll = 15;
    private const int ReportFailure = 2;

    private readonly List<SuitComponentId> _components = [];
    private readonly List<SuitCommand> _shared = [];
    private readonly SortedDictionary<SuitSection, List<SuitCommand>> _sections = [];

    /// <summary>A component; it has the index that is returned.</summary>
    public int AddComponent(SuitComponentId component)
    {
        _components.Add(component);
        return _components.Count - 1;
    }

    /// <summary>
    /// An image of one component, downloaded and installed in one (the draft's example 1): vendor and class are checked first, the digest after the
    /// download and at each start.
    /// </summary>
    public SuitManifestBuilder AddImage(SuitComponentId component, Guid vendor, Guid deviceClass, SuitDigest digest, long size, string uri)
    {
        ArgumentNullException.ThrowIfNull(digest);
        int index = AddComponent(component);
        SelectIn(_shared, index);
        _shared.Add(new(SuitCode.OverrideParameters, Encode(writer => StrictCbor.WriteMap(writer, new Dictionary<CoseLabel, ReadOnlyMemory<byte>>
        {
            [(long)SuitParameter.VendorIdentifier] = Encode(value => value.WriteByteString(UpdateTarget.ToBytes(vendor))),
            [(long)SuitParameter.ClassIdentifier] = Encode(value => value.WriteByteString(UpdateTarget.ToBytes(deviceClass))),
            [(long)SuitParameter.ImageDigest] = Encode(value => value.WriteByteString(digest.Encode())),
            [(long)SuitParameter.ImageSize] = Encode(value => value.WriteInt64(size)),
        }))));
        _shared.Add(Condition(SuitCode.VendorIdentifier, ReportAll));
        _shared.Add(Condition(SuitCode.ClassIdentifier, ReportAll));
        List<SuitCommand> install = Section(SuitSection.Install);
        SelectIn(install, index);
        install.Add(new(SuitCode.OverrideParameters, Encode(writer => StrictCbor.WriteMap(writer, new Dictionary<CoseLabel, ReadOnlyMemory<byte>>
        {
            [(long)SuitParameter.Uri] = Encode(value => value.WriteTextString(uri)),
        }))));
        install.Add(Condition(SuitCode.Fetch, ReportFailure));
        install.Add(Condition(SuitCode.ImageMatch, ReportAll));
        List<SuitCommand> validate = Section(SuitSection.Validate);
        SelectIn(validate, index);
        validate.Add(Condition(SuitCode.ImageMatch, ReportAll));
        return this;
    }

    /// <summary>The encoded manifest, to be signed (<see cref="SuitEnvelope.Sign"/>).</summary>
    public byte[] Build()
    {
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> common = new()
        {
            [2] = Encode(writer =>
            {
                writer.WriteStartArray(_components.Count);
                foreach (SuitComponentId component in _components)
                    component.Write(writer);
                writer.WriteEndArray();
            }),
            [4] = Encode(writer => writer.WriteByteString(SuitCommand.EncodeSequence(_shared))),
        };
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> members = new()
        {
            [1] = Encode(writer => writer.WriteInt32(1)),
            [2] = Encode(writer => writer.WriteUInt64(sequenceNumber)),
            [3] = Encode(writer => writer.WriteByteString(Encode(inner => StrictCbor.WriteMap(inner, common)))),
        };
        foreach ((SuitSection section, List<SuitCommand> commands) in _sections)
            members[(long)section] = Encode(writer => writer.WriteByteString(SuitCommand.EncodeSequence(commands)));
        return Encode(writer => StrictCbor.WriteMap(writer, members));
    }

    private List<SuitCommand> Section(SuitSection section)
    {
        if (!_sections.TryGetValue(section, out List<SuitCommand>? commands))
            _sections[section] = commands = [];
        return commands;
    }

    // The first component is selected where a sequence begins.
    private static void SelectIn(List<SuitCommand> sequence, int index)
    {
        if (index > 0)
            sequence.Add(new(SuitCode.SetComponentIndex, Encode(writer => writer.WriteInt32(index))));
    }

    private static SuitCommand Condition(SuitCode code, int report) => new(code, Encode(writer => writer.WriteInt32(report)));

    private static byte[] Encode(Action<CborWriter> write) => StrictCbor.Encode(write);
}
