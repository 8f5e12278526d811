using System.Buffers;

namespace Surety.Lwm2m;

/// <summary>
/// Writes LwM2M CBOR (Core TS 1.2.2, 7.5.4) with definite lengths: a key of the outer map runs to the first place where paths differ, as an array
/// of ids; below it every id is a map of its own.
/// </summary>
internal static class Lwm2mCborEncoder
{
    /// <summary>Writes entries that are grouped by Object, in tree order within each, without conflicts.</summary>
    public static void Encode(ReadOnlySpan<ResourceEntry> entries, bool isUnnamed, IBufferWriter<byte> output)
    {
        CborOutput.WriteHead(output, CborOutput.Map, (ulong)CountChildren(entries, 0));
        while (!entries.IsEmpty)
        {
            ReadOnlySpan<ResourceEntry> group = EntryOrder.TakeChild(ref entries, 0);
            Lwm2mPath key = EntryOrder.CommonPath(group);
            WriteKey(key, isUnnamed, output);
            if (group.Length == 1) WriteLeaf(group[0], output);
            else WriteMap(group, key.Level, output);
        }
    }

    /// <summary>Writes an Object Instance without Resources, whose id is left open.</summary>
    public static void EncodeEmptyUnnamed(ushort objectId, IBufferWriter<byte> output)
    {
        CborOutput.WriteHead(output, CborOutput.Map, 1);
        WriteKey(new Lwm2mPath(objectId, 0), isUnnamed: true, output);
        CborOutput.WriteHead(output, CborOutput.Map, 0);
    }

    private static void WriteKey(Lwm2mPath key, bool isUnnamed, IBufferWriter<byte> output)
    {
        if (key.Level > 1) CborOutput.WriteHead(output, CborOutput.Array, (ulong)key.Level);
        for (int i = 0; i < key.Level; i++)
            CborOutput.WriteHead(output, CborOutput.Unsigned, i == 1 && isUnnamed ? Lwm2mPath.ReservedId : key[i]);
    }

    private static void WriteMap(ReadOnlySpan<ResourceEntry> entries, int level, IBufferWriter<byte> output)
    {
        CborOutput.WriteHead(output, CborOutput.Map, (ulong)CountChildren(entries, level));
        while (!entries.IsEmpty)
        {
            ReadOnlySpan<ResourceEntry> child = EntryOrder.TakeChild(ref entries, level);
            CborOutput.WriteHead(output, CborOutput.Unsigned, child[0].Path[level]);
            if (child[0].Path.Level == level + 1) WriteLeaf(child[0], output);
            else WriteMap(child, level + 1, output);
        }
    }

    private static void WriteLeaf(in ResourceEntry entry, IBufferWriter<byte> output)
    {
        // What is there and empty is an empty map: the grammar has no other way to say it.
        if (entry.Value.IsNone) CborOutput.WriteHead(output, CborOutput.Map, 0);
        else CborValueOutput.Write(output, entry.Value);
    }

    private static int CountChildren(ReadOnlySpan<ResourceEntry> entries, int level)
    {
        int count = 0;
        while (!entries.IsEmpty)
        {
            EntryOrder.TakeChild(ref entries, level);
            count++;
        }

        return count;
    }
}
