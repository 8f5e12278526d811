using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Surety.Coap;

/// <summary>Writes the CoRE link format (RFC 6690): a link, then its attributes, then the next link.</summary>
public ref struct LinkFormatWriter
{
    private readonly IBufferWriter<byte> _output;
    private bool _notFirst;

    /// <summary>Writes to <paramref name="output"/>.</summary>
    public LinkFormatWriter(IBufferWriter<byte> output) => _output = output;

    /// <summary>Begins a link.</summary>
    /// <param name="target">A URI reference in ASCII; it must not hold <c>&gt;</c>.</param>
    public void WriteLink(scoped ReadOnlySpan<byte> target) => WriteLink(target, default);

    /// <summary>Begins a link whose target comes in two parts, for example an alternate path and a path below it.</summary>
    /// <param name="target">The first part.</param>
    /// <param name="rest">What follows it.</param>
    public void WriteLink(scoped ReadOnlySpan<byte> target, scoped ReadOnlySpan<byte> rest)
    {
        _output.Write(_notFirst ? ",<"u8 : "<"u8);
        _notFirst = true;
        _output.Write(target);
        _output.Write(rest);
        _output.Write(">"u8);
    }

    /// <summary>Adds a flag, an attribute without value.</summary>
    public readonly void WriteFlag(scoped ReadOnlySpan<byte> name)
    {
        _output.Write(";"u8);
        _output.Write(name);
    }

    /// <summary>Adds an attribute with an unquoted value, which must be a <c>ptoken</c>.</summary>
    public readonly void WriteToken(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        WriteFlag(name);
        _output.Write("="u8);
        _output.Write(value);
    }

    /// <summary>Adds an attribute with a number as its unquoted value.</summary>
    public readonly void WriteNumber(scoped ReadOnlySpan<byte> name, uint value)
    {
        Span<byte> digits = stackalloc byte[10];
        Utf8Formatter.TryFormat(value, digits, out int length);
        WriteToken(name, digits[..length]);
    }

    /// <summary>Adds an attribute with a quoted value; quotes and backslashes are escaped.</summary>
    public readonly void WriteQuoted(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<char> value)
    {
        WriteFlag(name);
        _output.Write("=\""u8);
        while (!value.IsEmpty)
        {
            int plain = value.IndexOfAny('"', '\\');
            if (plain < 0) plain = value.Length;
            Encoding.UTF8.GetBytes(value[..plain], _output);
            value = value[plain..];
            if (value.IsEmpty) break;
            _output.Write(value[0] == '"' ? "\\\""u8 : "\\\\"u8);
            value = value[1..];
        }

        _output.Write("\""u8);
    }
}
