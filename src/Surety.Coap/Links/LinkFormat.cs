using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Surety.Coap;

/// <summary>Whole documents in the CoRE link format, <c>application/link-format</c> (RFC 6690).</summary>
public static class LinkFormat
{
    /// <summary>Most links in one document; more are refused.</summary>
    public const int MaxLinks = 8_192;

    /// <summary>Most attributes of one link; more are refused.</summary>
    public const int MaxAttributes = 64;

    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Reads a document; an empty one has no links.</summary>
    /// <param name="payload">UTF-8.</param>
    /// <param name="links">The links in their order.</param>
    /// <param name="reason">What is malformed, with the offset of the octet.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> payload,
        [NotNullWhen(true)] out IReadOnlyList<CoreLink>? links,
        [NotNullWhen(false)] out string? reason)
    {
        links = null;
        if (!Utf8.IsValid(payload))
        {
            reason = "link format: not valid UTF-8";
            return false;
        }

        List<CoreLink> found = [];
        List<LinkAttribute> attributes = [];
        LinkFormatReader reader = new(payload);
        while (reader.ReadLink(out ReadOnlySpan<byte> target))
        {
            if (found.Count == MaxLinks)
            {
                reason = $"link format: more than {MaxLinks} links";
                return false;
            }

            attributes.Clear();
            while (reader.ReadAttribute(out LinkAttributeToken token))
            {
                if (attributes.Count == MaxAttributes)
                {
                    reason = $"link format: a link with more than {MaxAttributes} attributes";
                    return false;
                }

                attributes.Add(new LinkAttribute(Encoding.ASCII.GetString(token.Name), token.GetValue(), token.IsQuoted));
            }

            found.Add(new CoreLink(Encoding.UTF8.GetString(target), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(attributes)));
        }

        reason = reader.Error;
        if (reason is not null) return false;
        links = found;
        return true;
    }

    /// <summary>Writes a document.</summary>
    public static void Write(IEnumerable<CoreLink> links, IBufferWriter<byte> output)
    {
        LinkFormatWriter writer = new(output);
        foreach (CoreLink link in links)
        {
            writer.WriteLink(Encoding.UTF8.GetBytes(link.Target));
            foreach (LinkAttribute attribute in link.Attributes)
            {
                byte[] name = Encoding.UTF8.GetBytes(attribute.Name);
                if (attribute.Value is null) writer.WriteFlag(name);
                else if (attribute.IsQuoted || !IsToken(attribute.Value)) writer.WriteQuoted(name, attribute.Value);
                else writer.WriteToken(name, Encoding.ASCII.GetBytes(attribute.Value));
            }
        }
    }

    private static bool IsToken(string value) => value.Length > 0 && !value.AsSpan().ContainsAnyExcept(TokenChars);
}
