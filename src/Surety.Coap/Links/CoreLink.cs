using System.Buffers;
using System.Globalization;

namespace Surety.Coap;

/// <summary>A link of the CoRE link format (RFC 6690): a target and its attributes.</summary>
public sealed class CoreLink : IEquatable<CoreLink>
{
    private readonly LinkAttribute[] _attributes;

    /// <summary>Makes a link.</summary>
    /// <param name="target">The URI reference between <c>&lt;</c> and <c>&gt;</c>, for example <c>/sensors/temp</c>.</param>
    /// <param name="attributes">Its attributes, in order.</param>
    public CoreLink(string target, params ReadOnlySpan<LinkAttribute> attributes)
    {
        Target = target;
        _attributes = attributes.ToArray();
    }

    /// <summary>The URI reference; percent-encoding is not resolved.</summary>
    public string Target { get; }

    /// <summary>The attributes in their order.</summary>
    public IReadOnlyList<LinkAttribute> Attributes => _attributes;

    /// <summary><c>rt</c>: the resource types, separated by spaces; null when absent.</summary>
    public string? ResourceTypes => Find("rt")?.Value;

    /// <summary><c>if</c>: the interface descriptions, separated by spaces; null when absent.</summary>
    public string? Interfaces => Find("if")?.Value;

    /// <summary><c>title</c>: a name for people; null when absent.</summary>
    public string? Title => Find("title")?.Value;

    /// <summary><c>obs</c>: whether observing the resource is useful (RFC 7641, 6).</summary>
    public bool IsObservable => Find("obs") is not null;

    /// <summary><c>sz</c>: the greatest size of a representation in octets; null when absent or not a number.</summary>
    public uint? Size => uint.TryParse(Find("sz")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out uint size) ? size : null;

    /// <summary><c>ct</c>: the content formats (RFC 7252, 7.2.1); what is not a number is left out.</summary>
    public IReadOnlyList<ContentFormat> ContentFormats
    {
        get
        {
            List<ContentFormat> formats = [];
            ReadOnlySpan<char> value = Find("ct")?.Value;
            foreach (Range part in value.Split(' '))
            {
                if (ushort.TryParse(value[part], NumberStyles.None, CultureInfo.InvariantCulture, out ushort format)) formats.Add(new(format));
            }

            return formats;
        }
    }

    /// <summary>The first attribute of that name, or null.</summary>
    public LinkAttribute? Find(string name)
    {
        foreach (LinkAttribute attribute in _attributes)
        {
            if (attribute.Name == name) return attribute;
        }

        return null;
    }

    /// <summary>Same target and same attributes in the same order.</summary>
    public bool Equals(CoreLink? other) =>
        other is not null && Target == other.Target && _attributes.AsSpan().SequenceEqual(other._attributes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CoreLink);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Target, _attributes.Length);

    /// <summary>The link in link format.</summary>
    public override string ToString()
    {
        ArrayBufferWriter<byte> buffer = new();
        LinkFormat.Write([this], buffer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
