using System.Buffers;
using System.Globalization;

namespace Surety.Coap;

/// <summary>
/// Reads the CoRE link format (RFC 6690) token by token, without allocation: a link, its attributes, the next link.
/// More tolerant than the ABNF: white space between tokens and empty list elements are skipped.
/// </summary>
/// <remarks>
/// Call <see cref="ReadLink"/> until it returns false, and after each link <see cref="ReadAttribute"/> until it returns false (attributes that are not
/// read are checked and skipped by the next <see cref="ReadLink"/>). Then <see cref="Error"/> tells the end from malformed input.
/// </remarks>
public ref struct LinkFormatReader
{
    // RFC 6690, 2: ptoken, parmname. Separators and white space end them.
    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("!#$&+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz*"u8);

    private readonly ReadOnlySpan<byte> _payload;
    private int _position;
    private bool _inLink;

    /// <summary>Starts at the beginning of a payload in UTF-8.</summary>
    public LinkFormatReader(ReadOnlySpan<byte> payload) => _payload = payload;

    /// <summary>What is malformed, with the offset of the octet; null as long as nothing is.</summary>
    public string? Error { get; private set; }

    /// <summary>Offset of the next octet.</summary>
    public readonly int Position => _position;

    /// <summary>Goes to the next link.</summary>
    /// <param name="target">The octets between <c>&lt;</c> and <c>&gt;</c>, as they are.</param>
    /// <returns>False at the end and on an error.</returns>
    public bool ReadLink(out ReadOnlySpan<byte> target)
    {
        target = default;
        while (_inLink && ReadAttribute(out _))
        {
        }

        if (Error is not null) return false;
        SkipWhiteSpaceAnd((byte)',');
        if (_position == _payload.Length) return false;
        if (_payload[_position] != (byte)'<') return Fail("expected '<'");
        _position++;
        int length = _payload[_position..].IndexOf((byte)'>');
        if (length < 0) return Fail("'<' without '>'");
        target = _payload.Slice(_position, length);
        int bad = target.IndexOfAnyInRange((byte)0, (byte)' ');
        if (bad >= 0)
        {
            _position += bad;
            return Fail("white space or control character in a target");
        }

        _position += length + 1;
        _inLink = true;
        return true;
    }

    /// <summary>Goes to the next attribute of the current link.</summary>
    /// <param name="attribute">Name and value; valid as long as the payload.</param>
    /// <returns>False after the last attribute of the link and on an error.</returns>
    public bool ReadAttribute(out LinkAttributeToken attribute)
    {
        attribute = default;
        if (!_inLink || Error is not null) return false;
        SkipWhiteSpace();
        if (_position == _payload.Length || _payload[_position] == (byte)',')
        {
            _inLink = false;
            return false;
        }

        if (_payload[_position] != (byte)';') return Fail("expected ',' or ';'");
        SkipWhiteSpaceAnd((byte)';');
        if (_position == _payload.Length || _payload[_position] == (byte)',')
        {
            _inLink = false;
            return false;
        }

        ReadOnlySpan<byte> name = Take(NameBytes);
        if (name.IsEmpty) return Fail("expected the name of an attribute");
        SkipWhiteSpace();
        if (_position == _payload.Length || _payload[_position] != (byte)'=')
        {
            attribute = new LinkAttributeToken(name, default, hasValue: false, isQuoted: false);
            return true;
        }

        _position++;
        SkipWhiteSpace();
        if (_position < _payload.Length && _payload[_position] == (byte)'"') return ReadQuoted(name, out attribute);
        ReadOnlySpan<byte> value = Take(TokenBytes);
        if (value.IsEmpty) return Fail("expected a value after '='");
        attribute = new LinkAttributeToken(name, value, hasValue: true, isQuoted: false);
        return true;
    }

    private bool ReadQuoted(ReadOnlySpan<byte> name, out LinkAttributeToken attribute)
    {
        int start = ++_position;
        while (_position < _payload.Length)
        {
            switch (_payload[_position])
            {
                case (byte)'"':
                    attribute = new LinkAttributeToken(name, _payload[start.._position], hasValue: true, isQuoted: true);
                    _position++;
                    return true;
                case (byte)'\\':
                    _position += 2;
                    break;
                default:
                    _position++;
                    break;
            }
        }

        _position = start - 1;
        attribute = default;
        return Fail("quoted string without end");
    }

    private ReadOnlySpan<byte> Take(SearchValues<byte> allowed)
    {
        ReadOnlySpan<byte> rest = _payload[_position..];
        int length = rest.IndexOfAnyExcept(allowed);
        if (length < 0) length = rest.Length;
        _position += length;
        return rest[..length];
    }

    private void SkipWhiteSpace()
    {
        while (_position < _payload.Length && IsWhiteSpace(_payload[_position])) _position++;
    }

    private void SkipWhiteSpaceAnd(byte separator)
    {
        while (_position < _payload.Length && (IsWhiteSpace(_payload[_position]) || _payload[_position] == separator)) _position++;
    }

    private static bool IsWhiteSpace(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private bool Fail(string what)
    {
        _inLink = false;
        Error = string.Create(CultureInfo.InvariantCulture, $"link format: {what} at offset {_position}");
        return false;
    }
}
