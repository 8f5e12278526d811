using System.Formats.Cbor;
using Surety.Cose;

namespace Surety.Update;

/// <summary>SUIT_Manifest: which components there are, and what is done with them (draft-ietf-suit-manifest, 8.4).</summary>
public sealed class SuitManifest
{
    private const long VersionLabel = 1;
    private const long SequenceNumberLabel = 2;
    private const long CommonLabel = 3;
    private const long ReferenceUriLabel = 4;
    private const long ComponentIdLabel = 5;
    private const long TextLabel = 23;

    private const long DependenciesLabel = 1;
    private const long ComponentsLabel = 2;
    private const long SharedSequenceLabel = 4;

    private const int MaxComponents = 32;

    private readonly Dictionary<SuitSection, IReadOnlyList<SuitCommand>> _sections = [];
    private readonly Dictionary<long, SuitDigest> _severed = [];

    /// <summary>Of the manifest, which grows with each one of a device; older ones are refused.</summary>
    public ulong SequenceNumber { get; private set; }

    /// <summary>The components, which commands name by their index.</summary>
    public IReadOnlyList<SuitComponentId> Components { get; private set; } = [];

    /// <summary>The indexes of components that are manifests which this one depends on.</summary>
    public IReadOnlySet<int> Dependencies { get; private set; } = new HashSet<int>();

    /// <summary>What is run before each section.</summary>
    public IReadOnlyList<SuitCommand> SharedSequence { get; private set; } = [];

    /// <summary>The sections that are here; those that were severed from the manifest come with the envelope.</summary>
    public IReadOnlyDictionary<SuitSection, IReadOnlyList<SuitCommand>> Sections => _sections;

    /// <summary>Where the manifest is; null: not said.</summary>
    public string? ReferenceUri { get; private set; }

    /// <summary>The component that the manifest itself is; null: not said.</summary>
    public SuitComponentId? ComponentId { get; private set; }

    /// <summary>The digests of what was severed, by the label it has in the envelope.</summary>
    internal IReadOnlyDictionary<long, SuitDigest> Severed => _severed;

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="CborContentException">It is none.</exception>
    internal static SuitManifest Read(ReadOnlyMemory<byte> encoded)
    {
        CborReader reader = StrictCbor.Open(encoded);
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> members = StrictCbor.ReadLabels(reader);
        StrictCbor.End(reader);
        if (!members.TryGetValue(VersionLabel, out ReadOnlyMemory<byte> version) || StrictCbor.ReadInt64(new CborReader(version)) != 1)
            throw new CborContentException("it is no manifest of version 1");
        if (!members.TryGetValue(SequenceNumberLabel, out ReadOnlyMemory<byte> number) || !members.TryGetValue(CommonLabel, out ReadOnlyMemory<byte> common))
            throw new CborContentException("the manifest has no sequence number, or no components");
        SuitManifest manifest = new() { SequenceNumber = new CborReader(number).ReadUInt64() };
        manifest.ReadCommon(new CborReader(common).ReadByteString());
        foreach ((CoseLabel label, ReadOnlyMemory<byte> value) in members)
            manifest.ReadMember(label, value);
        return manifest;
    }

    /// <summary>Takes a section that was severed; its digest has been compared.</summary>
    internal void Join(SuitSection section, ReadOnlyMemory<byte> sequence) => _sections[section] = SuitCommand.ReadSequence(sequence);

    private void ReadMember(CoseLabel label, ReadOnlyMemory<byte> value)
    {
        if (label.Text is null && Enum.IsDefined((SuitSection)label.Number))
        {
            if (new CborReader(value).PeekState() == CborReaderState.StartArray)
                _severed[label.Number] = SuitDigest.Read(value);
            else
                Join((SuitSection)label.Number, new CborReader(value).ReadByteString());
            return;
        }

        switch (label.Text is null ? label.Number : 0)
        {
            case VersionLabel or SequenceNumberLabel or CommonLabel:
                break;
            case ReferenceUriLabel:
                ReferenceUri = new CborReader(value).ReadTextString();
                break;
            case ComponentIdLabel:
                ComponentId = SuitComponentId.Read(new CborReader(value, CborConformanceMode.Strict));
                break;
            case TextLabel when new CborReader(value).PeekState() == CborReaderState.StartArray:
                _severed[TextLabel] = SuitDigest.Read(value);
                break;
            case TextLabel:
                break;
            default:
                // What is not understood could be what matters (draft-ietf-suit-manifest, 6.2).
                throw new CborContentException($"member {label} of the manifest is not known here");
        }
    }

    private void ReadCommon(ReadOnlyMemory<byte> encoded)
    {
        CborReader reader = StrictCbor.Open(encoded);
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> members = StrictCbor.ReadLabels(reader);
        StrictCbor.End(reader);
        if (members.TryGetValue(ComponentsLabel, out ReadOnlyMemory<byte> components))
            Components = ReadComponents(new CborReader(components, CborConformanceMode.Strict));
        if (members.TryGetValue(DependenciesLabel, out ReadOnlyMemory<byte> dependencies))
            Dependencies = ReadDependencies(new CborReader(dependencies, CborConformanceMode.Strict));
        if (members.TryGetValue(SharedSequenceLabel, out ReadOnlyMemory<byte> sequence))
            SharedSequence = SuitCommand.ReadSequence(new CborReader(sequence).ReadByteString());
        if (Components.Count == 0)
            throw new CborContentException("the manifest has no components");
    }

    private static List<SuitComponentId> ReadComponents(CborReader reader)
    {
        List<SuitComponentId> components = [];
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (components.Count == MaxComponents)
                throw new CborContentException($"the manifest has more than {MaxComponents} components");
            components.Add(SuitComponentId.Read(reader));
        }

        reader.ReadEndArray();
        return components;
    }

    private HashSet<int> ReadDependencies(CborReader reader)
    {
        HashSet<int> indexes = [];
        foreach (CoseLabel label in StrictCbor.ReadLabels(reader).Keys)
        {
            if (label.Text is not null || label.Number < 0 || label.Number >= Components.Count)
                throw new CborContentException($"dependency {label} is no component");
            indexes.Add((int)label.Number);
        }

        return indexes;
    }
}
