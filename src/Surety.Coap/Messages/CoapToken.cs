using System.Buffers.Binary;

namespace Surety.Coap;

/// <summary>
/// Ties a response to its request: 0 to 8 bytes (RFC 7252, 5.3.1), or up to 65,804 with extended tokens (RFC 8974).
/// Short tokens live in the struct; only extended ones allocate.
/// </summary>
public readonly struct CoapToken : IEquatable<CoapToken>
{
    /// <summary>The longest token of RFC 7252.</summary>
    public const int MaxShortLength = 8;

    /// <summary>The longest token whose length fits into TKL (RFC 8974, 2.1).</summary>
    public const int MaxPlainLength = 12;

    /// <summary>The longest token there is (RFC 8974, 2.1).</summary>
    public const int MaxExtendedLength = 65_804;

    private readonly ulong _short;
    private readonly byte[]? _extended;
    private readonly byte _shortLength;

    /// <summary>A copy of <paramref name="bytes"/>.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxExtendedLength"/> bytes.</exception>
    public CoapToken(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxShortLength)
        {
            if (bytes.Length > MaxExtendedLength)
                throw new ArgumentException($"A token has at most {MaxExtendedLength} bytes.", nameof(bytes));
            _extended = bytes.ToArray();
            return;
        }

        Span<byte> padded = stackalloc byte[MaxShortLength];
        padded.Clear();
        bytes.CopyTo(padded);
        _short = BinaryPrimitives.ReadUInt64BigEndian(padded);
        _shortLength = (byte)bytes.Length;
    }

    /// <summary>An eight-byte token from a number, most significant byte first.</summary>
    public CoapToken(ulong value)
    {
        _short = value;
        _shortLength = MaxShortLength;
    }

    /// <summary>The number of bytes.</summary>
    public int Length => _extended?.Length ?? _shortLength;

    /// <summary>Copies the bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        if (_extended is not null)
        {
            _extended.CopyTo(destination);
            return;
        }

        Span<byte> padded = stackalloc byte[MaxShortLength];
        BinaryPrimitives.WriteUInt64BigEndian(padded, _short);
        padded[.._shortLength].CopyTo(destination);
    }

    /// <summary>The token as an eight-byte number, where it has that length.</summary>
    internal bool TryGetUInt64(out ulong value)
    {
        value = _short;
        return _extended is null && _shortLength == MaxShortLength;
    }

    /// <inheritdoc/>
    public bool Equals(CoapToken other) => _short == other._short && _shortLength == other._shortLength
        && (_extended is null ? other._extended is null : _extended.AsSpan().SequenceEqual(other._extended));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CoapToken other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(_short);
        hash.Add(_shortLength);
        if (_extended is not null)
            hash.AddBytes(_extended);
        return hash.ToHashCode();
    }

    /// <summary>The bytes in hexadecimal.</summary>
    public override string ToString()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(CoapToken left, CoapToken right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(CoapToken left, CoapToken right) => !left.Equals(right);
}
