namespace Surety.Lwm2m;

/// <summary>The forms in which peers write object links, beyond the specified <c>3:0</c>.</summary>
internal static class ObjectLinkText
{
    /// <summary>
    /// Reads an object link of a peer: <c>3:0</c>; with a trailing NUL, as Zephyr sends it; and <c>FFFF:FFFF</c>, the null link as an example of
    /// Core TS 1.2.2, 7.5.6 writes it.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ObjectLink link)
    {
        if (utf8 is [.., 0]) utf8 = utf8[..^1];
        if (utf8.SequenceEqual("FFFF:FFFF"u8))
        {
            link = ObjectLink.Null;
            return true;
        }

        return ObjectLink.TryParse(utf8, out link);
    }
}
