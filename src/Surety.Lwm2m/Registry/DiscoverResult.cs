using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m;

/// <summary>The answer to a Discover or Bootstrap-Discover: nodes with their attributes (Core TS 1.2.2, 6.3.2 and 6.1.7.3).</summary>
/// <param name="Links">The nodes in the order of the answer.</param>
/// <param name="EnablerVersion"><c>lwm2m</c> of the root link, which only a Bootstrap-Discover tells.</param>
public sealed record DiscoverResult(IReadOnlyList<DiscoveredLink> Links, ObjectVersion? EnablerVersion)
{
    /// <summary>Reads the payload. Links that are no LwM2M paths are ignored.</summary>
    /// <param name="payload">application/link-format; an empty one has no nodes.</param>
    /// <param name="alternatePath">The device's alternate path; targets may come with or without it.</param>
    /// <param name="result">The nodes.</param>
    /// <param name="reason">What is wrong, with the offset of the octet.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> payload,
        string alternatePath,
        [NotNullWhen(true)] out DiscoverResult? result,
        [NotNullWhen(false)] out string? reason)
    {
        result = null;
        ObjectVersion? enabler = null;

        // An example of TS 1.0 and 1.1 has the version outside of a link; 6.1.7.3 allows to accept that.
        if (payload.StartsWith("lwm2m="u8))
        {
            int end = payload.IndexOf((byte)',');
            ReadOnlySpan<byte> version = (end < 0 ? payload : payload[..end])["lwm2m="u8.Length..].Trim((byte)'"');
            if (ObjectVersion.TryParse(version, out ObjectVersion bare)) enabler = bare;
            payload = end < 0 ? default : payload[(end + 1)..];
        }

        byte[] root = Encoding.UTF8.GetBytes(alternatePath);
        List<DiscoveredLink> links = [];
        LinkFormatReader reader = new(payload);
        while (reader.ReadLink(out ReadOnlySpan<byte> target))
        {
            if (!LinkTargets.TryGetPath(target, root, out Lwm2mPath path) && !LinkTargets.TryGetPath(target, default, out path)) continue;
            if (links.Count == LinkFormat.MaxLinks)
            {
                reason = $"more than {LinkFormat.MaxLinks} links";
                return false;
            }

            DiscoveredLink link = ReadAttributes(ref reader, path, ref enabler);
            if (!path.IsRoot) links.Add(link);
        }

        reason = reader.Error;
        if (reason is not null) return false;
        result = new DiscoverResult(links, enabler);
        return true;
    }

    /// <summary>Writes the payload.</summary>
    /// <param name="alternatePath">What stands before every target; empty in a Bootstrap-Discover.</param>
    /// <param name="output">Receives application/link-format.</param>
    public void Write(string alternatePath, IBufferWriter<byte> output)
    {
        byte[] root = Encoding.UTF8.GetBytes(alternatePath);
        LinkFormatWriter writer = new(output);
        if (EnablerVersion is ObjectVersion enabler)
        {
            writer.WriteLink("/"u8);
            writer.WriteToken("lwm2m"u8, Encoding.ASCII.GetBytes(enabler.ToString()));
        }

        Span<byte> path = stackalloc byte[Lwm2mPath.MaxTextLength];
        foreach (DiscoveredLink link in Links)
        {
            link.Path.TryFormat(path, out int length);
            writer.WriteLink(root, path[..length]);
            WriteAttributes(ref writer, link);
        }
    }

    private static void WriteAttributes(ref LinkFormatWriter writer, DiscoveredLink link)
    {
        if (link.Version is ObjectVersion version) writer.WriteToken("ver"u8, Encoding.ASCII.GetBytes(version.ToString()));
        if (link.Dimension is ushort dimension) writer.WriteNumber("dim"u8, dimension);
        if (link.ShortServerId is ushort server) writer.WriteNumber("ssid"u8, server);
        if (link.ServerUri is string uri) writer.WriteQuoted("uri"u8, uri);
        foreach (AttributeText.Attribute attribute in AttributeText.All)
        {
            if (attribute.IsSet(link.Attributes)) writer.WriteToken(attribute.Utf8Name, Encoding.ASCII.GetBytes(attribute.Format(link.Attributes)));
        }

        foreach (LinkAttribute other in link.Others)
        {
            byte[] name = Encoding.UTF8.GetBytes(other.Name);
            if (other.Value is null) writer.WriteFlag(name);
            else writer.WriteQuoted(name, other.Value);
        }
    }

    private static DiscoveredLink ReadAttributes(ref LinkFormatReader reader, Lwm2mPath path, ref ObjectVersion? enabler)
    {
        DiscoveredLink link = new(path);
        NotificationAttributes attributes = NotificationAttributes.None;
        List<LinkAttribute>? others = null;
        while (reader.ReadAttribute(out LinkAttributeToken token))
        {
            if (TryTakeProperty(ref link, token, ref enabler)) continue;
            if (AttributeText.Find(token.Name) is { } attribute && token.HasValue && attribute.TryParse(token.RawValue, ref attributes)) continue;
            others ??= [];
            if (others.Count < LinkFormat.MaxAttributes)
                others.Add(new LinkAttribute(Encoding.ASCII.GetString(token.Name), token.GetValue(), token.IsQuoted));
        }

        if (!attributes.IsEmpty) link = link with { Attributes = attributes };
        return others is null ? link : link with { Others = others };
    }

    private static bool TryTakeProperty(ref DiscoveredLink link, LinkAttributeToken token, ref ObjectVersion? enabler)
    {
        switch (token.Name)
        {
            case [(byte)'d', (byte)'i', (byte)'m'] when TryGetNumber(token, out ushort dimension):
                link = link with { Dimension = dimension };
                return true;
            case [(byte)'s', (byte)'s', (byte)'i', (byte)'d'] when TryGetNumber(token, out ushort server) && server is > 0 and < ushort.MaxValue:
                link = link with { ShortServerId = server };
                return true;
            case [(byte)'u', (byte)'r', (byte)'i'] when token.HasValue:
                link = link with { ServerUri = token.GetValue() };
                return true;
            case [(byte)'v', (byte)'e', (byte)'r'] when ObjectVersion.TryParse(token.RawValue, out ObjectVersion version):
                link = link with { Version = version };
                return true;
            case [(byte)'l', (byte)'w', (byte)'m', (byte)'2', (byte)'m'] when link.Path.IsRoot && ObjectVersion.TryParse(token.RawValue, out ObjectVersion release):
                enabler = release;
                return true;
            default:
                return false;
        }
    }

    private static bool TryGetNumber(LinkAttributeToken token, out ushort number) =>
        ushort.TryParse(token.RawValue, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
