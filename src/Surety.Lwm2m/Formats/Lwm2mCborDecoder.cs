namespace Surety.Lwm2m;

/// <summary>
/// LwM2M CBOR, <c>application/vnd.oma.lwm2m+cbor</c> (Core TS 1.2.2, 7.5.4): maps in maps; a key is an id or an array of ids, and the keys from the
/// outside in make the path.
/// </summary>
internal static class Lwm2mCborDecoder
{
    public static bool TryDecode(ReadOnlySpan<byte> payload, ref ContentDecoder decoder, ref CreateInstance create)
    {
        CborReader reader = new(payload);
        if (!reader.TryReadItem(out CborItem map) || map.MajorType != CborOutput.Map) return decoder.Fail("LwM2M CBOR: not a map");
        return TryReadMap(ref reader, map, Lwm2mPath.Root, ref decoder, ref create)
            && (reader.IsAtEnd || decoder.Fail("LwM2M CBOR: octets after the map"));
    }

    // Every map adds at least one id to the path, so that nesting ends at four levels.
    private static bool TryReadMap(ref CborReader reader, CborItem map, Lwm2mPath path, ref ContentDecoder decoder, ref CreateInstance create)
    {
        for (int count = 0; ; count++)
        {
            if (!reader.TryGoOn(map, count, out bool goesOn)) return Malformed(ref reader, ref decoder);
            if (!goesOn) return count > 0 || path.Level is 0 or 1 || AddEmpty(path, ref decoder);
            if (!TryReadKey(ref reader, path, ref create, out Lwm2mPath node)) return decoder.Fail($"LwM2M CBOR: a key below {path} is no path");
            if (reader.Peek() >> 5 == CborOutput.Map)
            {
                if (!reader.TryReadItem(out CborItem inner)) return Malformed(ref reader, ref decoder);
                if (!TryReadMap(ref reader, inner, node, ref decoder, ref create)) return false;
            }
            else if (!CborValues.TryReadValue(ref reader, out ResourceValue value))
            {
                return Malformed(ref reader, ref decoder);
            }
            else if (value.IsNull && decoder.FindModel(node) is { Type: not ResourceType.None })
            {
                return decoder.Fail(node, "null is the value of executables only");
            }
            else if (!decoder.Add(node, value))
            {
                return false;
            }
        }
    }

    private static bool AddEmpty(Lwm2mPath path, ref ContentDecoder decoder) =>
        path.Level < Lwm2mPath.MaxLevel ? decoder.AddEmpty(path) : decoder.Fail(path, "nothing lies below a Resource Instance");

    private static bool Malformed(ref CborReader reader, ref ContentDecoder decoder) =>
        decoder.Fail($"LwM2M CBOR: malformed at offset {reader.Position}");

    private static bool TryReadKey(ref CborReader reader, Lwm2mPath parent, ref CreateInstance create, out Lwm2mPath path)
    {
        path = parent;
        if (!reader.TryReadItem(out CborItem key)) return false;
        if (key.MajorType == CborOutput.Unsigned) return TryAppend(key, ref create, ref path);
        if (key.MajorType != CborOutput.Array) return false;
        for (int count = 0; ; count++)
        {
            if (!reader.TryGoOn(key, count, out bool goesOn)) return false;
            if (!goesOn) return count > 0;
            if (!reader.TryReadItem(out CborItem id) || id.MajorType != CborOutput.Unsigned || !TryAppend(id, ref create, ref path)) return false;
        }
    }

    private static bool TryAppend(CborItem id, ref CreateInstance create, ref Lwm2mPath path)
    {
        if (id.Argument == Lwm2mPath.ReservedId && path.Level == 1 && create.IsCreate)
        {
            // Core TS 1.2.2, 7.5.4: MAX_ID in a Create leaves the choice of the id to the client.
            create.IsUnnamed = true;
            path = path.Append(0);
            return true;
        }

        create.IsNamed |= path.Level == 1;
        return id.Argument < Lwm2mPath.ReservedId && path.TryAppend((int)id.Argument, out path);
    }
}
