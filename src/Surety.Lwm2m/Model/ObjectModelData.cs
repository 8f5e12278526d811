using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace Surety.Lwm2m;

/// <summary>
/// Definitions in the compact text form of <c>objects.txt</c>. Opening reads the lines of Objects only; a definition is parsed when it is first asked for.
/// </summary>
/// <remarks>
/// The form, columns separated by tabs: <c>id version lwm2m-version S|M M|O name</c> for an Object, then for each Resource a line that begins with a tab:
/// <c>id operations S|M M|O type name range units</c>. S and M: single or multiple instances; M and O: mandatory or optional; <c>-</c>: none.
/// </remarks>
internal sealed class ObjectModelData
{
    private readonly Func<Stream> _open;
    private readonly Dictionary<int, Block> _blocks = [];
    private readonly Dictionary<ushort, ObjectVersion> _newest = [];
    private readonly ConcurrentDictionary<int, ObjectModel> _models = [];

    /// <summary>Reads the index.</summary>
    /// <param name="open">Opens the text; called again for each definition.</param>
    public ObjectModelData(Func<Stream> open)
    {
        _open = open;
        using Stream stream = open();
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)stream.Length);
        int length = stream.ReadAtLeast(buffer, (int)stream.Length, throwOnEndOfStream: false);
        ReadIndex(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>OMA's registry.</summary>
    public static ObjectModelData Embedded { get; } =
        new(() => typeof(ObjectModelData).Assembly.GetManifestResourceStream("Surety.Lwm2m.objects.txt")!);

    public IEnumerable<ushort> ObjectIds => _newest.Keys;

    public IEnumerable<ObjectVersion> Versions(ushort objectId) =>
        _blocks.Keys.Where(key => key >> 16 == objectId).Select(key => new ObjectVersion((byte)(key >> 8), (byte)key));

    public ObjectModel? Find(ushort objectId) => _newest.TryGetValue(objectId, out ObjectVersion version) ? Find(objectId, version) : null;

    public ObjectModel? Find(ushort objectId, ObjectVersion version)
    {
        int key = ObjectModelRegistry.Key(objectId, version);
        if (_models.TryGetValue(key, out ObjectModel? model)) return model;
        return _blocks.TryGetValue(key, out Block block) ? _models.GetOrAdd(key, Parse(block)) : null;
    }

    private void ReadIndex(ReadOnlySpan<byte> text)
    {
        int current = 0;
        int start = -1;
        int position = 0;
        while (position <= text.Length)
        {
            bool isEnd = position == text.Length;
            if (isEnd || text[position] is not ((byte)'\t' or (byte)'#'))
            {
                if (start >= 0) _blocks[current] = new Block(start, position - start);
                if (isEnd) return;
                ReadOnlySpan<byte> line = text[position..];
                (ushort id, ObjectVersion version) = (Fields.Id(ref line), Fields.Version(ref line));
                current = ObjectModelRegistry.Key(id, version);
                start = position;
                if (!_newest.TryGetValue(id, out ObjectVersion newest) || newest < version) _newest[id] = version;
            }

            int end = text[position..].IndexOf((byte)'\n');
            position = end < 0 ? text.Length : position + end + 1;
        }
    }

    private ObjectModel Parse(Block block)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(block.Length);
        using Stream stream = _open();
        stream.Position = block.Offset;
        stream.ReadExactly(buffer, 0, block.Length);
        ReadOnlySpan<byte> text = buffer.AsSpan(0, block.Length);

        ReadOnlySpan<byte> line = Fields.Line(ref text);
        ushort id = Fields.Id(ref line);
        ObjectVersion version = Fields.Version(ref line);
        ObjectVersion lwm2mVersion = Fields.Version(ref line);
        bool isMultiple = Fields.Text(ref line) == "M";
        bool isMandatory = Fields.Text(ref line) == "M";
        string name = Fields.Text(ref line);
        List<ResourceModel> resources = [];
        while (!text.IsEmpty)
        {
            line = Fields.Line(ref text)[1..];
            resources.Add(ParseResource(line));
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return new ObjectModel(id, version, lwm2mVersion, name, isMultiple, isMandatory, resources);
    }

    private static ResourceModel ParseResource(ReadOnlySpan<byte> line)
    {
        ushort id = Fields.Id(ref line);
        ResourceOperations operations = ResourceOperations.None;
        foreach (char letter in Fields.Text(ref line))
        {
            operations |= letter switch
            {
                'R' => ResourceOperations.Read,
                'W' => ResourceOperations.Write,
                'E' => ResourceOperations.Execute,
                _ => ResourceOperations.None,
            };
        }

        bool isMultiple = Fields.Text(ref line) == "M";
        bool isMandatory = Fields.Text(ref line) == "M";
        string type = Fields.Text(ref line);
        string name = Fields.Text(ref line);
        string range = Fields.Text(ref line);
        string units = Fields.Text(ref line);
        return new ResourceModel(id, name, operations, isMultiple, isMandatory, type == "-" ? ResourceType.None : Enum.Parse<ResourceType>(type), range, units);
    }

    private readonly record struct Block(int Offset, int Length);

    /// <summary>Takes columns off the front of a line.</summary>
    private static class Fields
    {
        public static ReadOnlySpan<byte> Line(ref ReadOnlySpan<byte> text) => Take(ref text, (byte)'\n');

        public static string Text(ref ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(Take(ref line, (byte)'\t'));

        public static ushort Id(ref ReadOnlySpan<byte> line) =>
            PathText.TryReadId(Take(ref line, (byte)'\t'), out int id, out _) ? (ushort)id : throw new InvalidDataException("objects.txt: an id is malformed");

        public static ObjectVersion Version(ref ReadOnlySpan<byte> line) =>
            ObjectVersion.TryParse(Take(ref line, (byte)'\t'), out ObjectVersion version)
                ? version
                : throw new InvalidDataException("objects.txt: a version is malformed");

        private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> text, byte end)
        {
            int length = text.IndexOf(end);
            ReadOnlySpan<byte> taken = length < 0 ? text : text[..length];
            // Columns end at the end of their line too, when a whole text is scanned.
            int newLine = taken.IndexOf((byte)'\n');
            if (newLine >= 0 && end != (byte)'\n') taken = taken[..newLine];
            text = length < 0 ? default : text[(length + 1)..];
            return taken;
        }
    }
}
