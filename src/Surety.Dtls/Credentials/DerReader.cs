namespace Surety.Dtls;

/// <summary>Walks DER (X.690) without copying. After the first failure everything reads as empty.</summary>
internal ref struct DerReader(ReadOnlySpan<byte> bytes)
{
    public const byte Boolean = 0x01;
    public const byte Integer = 0x02;
    public const byte BitString = 0x03;
    public const byte OctetString = 0x04;
    public const byte ObjectIdentifier = 0x06;
    public const byte UtcTime = 0x17;
    public const byte GeneralizedTime = 0x18;
    public const byte Sequence = 0x30;

    private ReadOnlySpan<byte> _rest = bytes;
    private bool _failed;

    public readonly bool IsValid => !_failed;

    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>The tag of the next element; 0 at the end.</summary>
    public readonly byte NextTag => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>The content of the next element, which must have this tag.</summary>
    public ReadOnlySpan<byte> Read(byte tag)
    {
        ReadElement(tag, out ReadOnlySpan<byte> content);
        return content;
    }

    /// <summary>The content of the next element, when it has this tag.</summary>
    public bool TryRead(byte tag, out ReadOnlySpan<byte> content)
    {
        bool isThere = NextTag == tag && !_failed;
        content = isThere ? Read(tag) : default;
        return isThere && !_failed;
    }

    /// <summary>The next element with its head, and its content.</summary>
    public ReadOnlySpan<byte> ReadElement(byte tag, out ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> element = ReadAny(out byte actual, out content);
        return actual == tag ? element : Fail(out content);
    }

    /// <summary>The next element, of any tag.</summary>
    public ReadOnlySpan<byte> ReadAny(out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        if (_failed || _rest.Length < 2)
            return Fail(out content);
        tag = _rest[0];
        int length = _rest[1], head = 2;
        if (length >= 0x80)
        {
            int count = length & 0x7F;
            if (count is 0 or > 3 || _rest.Length < 2 + count || _rest[2] == 0)
                return Fail(out content);
            length = 0;
            for (; count > 0; count--)
                length = length << 8 | _rest[head++];
            if (length < 0x80)
                return Fail(out content);
        }

        // Tags of more than one byte do not occur in certificates.
        if ((tag & 0x1F) == 0x1F || _rest.Length - head < length)
            return Fail(out content);
        content = _rest.Slice(head, length);
        ReadOnlySpan<byte> element = _rest[..(head + length)];
        _rest = _rest[(head + length)..];
        return element;
    }

    private ReadOnlySpan<byte> Fail(out ReadOnlySpan<byte> content)
    {
        _failed = true;
        _rest = default;
        content = default;
        return default;
    }
}
