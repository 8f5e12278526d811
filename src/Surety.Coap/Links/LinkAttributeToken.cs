using System.Text;

namespace Surety.Coap;

/// <summary>An attribute of a link as it lies in the payload.</summary>
public readonly ref struct LinkAttributeToken
{
    internal LinkAttributeToken(ReadOnlySpan<byte> name, ReadOnlySpan<byte> rawValue, bool hasValue, bool isQuoted)
    {
        Name = name;
        RawValue = rawValue;
        HasValue = hasValue;
        IsQuoted = isQuoted;
    }

    /// <summary>The name, ASCII.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The value without its quotes, escapes not resolved; empty when there is none.</summary>
    public ReadOnlySpan<byte> RawValue { get; }

    /// <summary>False for a flag such as <c>obs</c>.</summary>
    public bool HasValue { get; }

    /// <summary>Whether the value came as a quoted string.</summary>
    public bool IsQuoted { get; }

    /// <summary>The value as text, escapes resolved (RFC 2616, 2.2: a backslash stands before the octet that is meant); null for a flag.</summary>
    public string? GetValue()
    {
        if (!HasValue) return null;
        int escape = IsQuoted ? RawValue.IndexOf((byte)'\\') : -1;
        if (escape < 0) return Encoding.UTF8.GetString(RawValue);

        byte[] value = new byte[RawValue.Length];
        int length = 0;
        for (int i = 0; i < RawValue.Length; i++)
        {
            if (RawValue[i] == (byte)'\\' && i + 1 < RawValue.Length) i++;
            value[length++] = RawValue[i];
        }

        return Encoding.UTF8.GetString(value, 0, length);
    }
}
