using System.Buffers;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m;

/// <summary>An Object in the payload of a Register or Update, as a client tells it.</summary>
/// <param name="Id">Object id.</param>
/// <param name="Version">Its version; null when it is the one that the LwM2M version implies (see <see cref="CoreObjects.ImpliedVersion"/>).</param>
/// <param name="Instances">Its instances; may be empty.</param>
public readonly record struct RegisteredObject(ushort Id, ObjectVersion? Version, IReadOnlyCollection<ushort> Instances)
{
    /// <summary>Writes the payload of a Register or Update: the root link, then for each Object its link when it needs one, and its instances.</summary>
    /// <param name="rootPath">The alternate path, or empty.</param>
    /// <param name="contentFormats">The formats to announce on the root link; may be empty.</param>
    /// <param name="objects">The Objects.</param>
    /// <param name="output">Receives application/link-format.</param>
    public static void WritePayload(
        string rootPath,
        ReadOnlySpan<ContentFormat> contentFormats,
        IEnumerable<RegisteredObject> objects,
        IBufferWriter<byte> output)
    {
        byte[] root = Encoding.UTF8.GetBytes(rootPath);
        LinkFormatWriter writer = new(output);
        writer.WriteLink(root.Length == 0 ? "/"u8 : root);
        writer.WriteQuoted("rt"u8, "oma.lwm2m");
        if (contentFormats.Length == 1) writer.WriteNumber("ct"u8, contentFormats[0].Value);
        else if (contentFormats.Length > 1) writer.WriteQuoted("ct"u8, string.Join(' ', contentFormats.ToArray()));

        Span<byte> path = stackalloc byte[Lwm2mPath.MaxTextLength];
        foreach (RegisteredObject item in objects)
        {
            // The version stands on the Object's link, where every server looks for it.
            if (item.Version is not null || item.Instances.Count == 0)
            {
                new Lwm2mPath(item.Id).TryFormat(path, out int length);
                writer.WriteLink(root, path[..length]);
                if (item.Version is ObjectVersion version) writer.WriteToken("ver"u8, Encoding.ASCII.GetBytes(version.ToString()));
            }

            foreach (ushort instance in item.Instances)
            {
                new Lwm2mPath(item.Id, instance).TryFormat(path, out int length);
                writer.WriteLink(root, path[..length]);
            }
        }
    }
}
