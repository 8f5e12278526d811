using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Surety.Lwm2m;

/// <summary>
/// The value of a Resource or Resource Instance: a tagged union of 16 bytes; numbers are never boxed.
/// <c>default</c> is <see cref="None"/>, "no value".
/// </summary>
/// <remarks>
/// An accessor of another type than the value's throws <see cref="InvalidOperationException"/>: look at <see cref="Type"/> first,
/// or convert with <see cref="TryConvert"/>.
/// </remarks>
public readonly partial struct ResourceValue : IEquatable<ResourceValue>
{
    // A marker object, a string or a byte[]; it tells the type. Numbers lie in _bits; for byte[] _bits is offset and length.
    private readonly object? _reference;
    private readonly long _bits;

    private ResourceValue(object? reference, long bits)
    {
        _reference = reference;
        _bits = bits;
    }

    /// <summary>No value.</summary>
    public static ResourceValue None => default;

    /// <summary>An explicit <c>null</c> on the wire; its type is <see cref="ResourceType.None"/>. In SenML-ETCH it removes (RFC 8790, 3.2).</summary>
    public static ResourceValue Null => new(Marker.Null, 0);

    /// <summary>Text. The text must not hold unpaired surrogates, which UTF-8 cannot carry.</summary>
    public static ResourceValue FromString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, 0);
    }

    /// <summary>CoRE links (RFC 6690) as text.</summary>
    public static ResourceValue FromCoreLink(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, 1);
    }

    /// <summary>A signed integer.</summary>
    public static ResourceValue FromInteger(long value) => new(Marker.Integer, value);

    /// <summary>An unsigned integer.</summary>
    public static ResourceValue FromUnsigned(ulong value) => new(Marker.UnsignedInteger, (long)value);

    /// <summary>A floating-point number.</summary>
    public static ResourceValue FromFloat(double value) => new(Marker.Float, BitConverter.DoubleToInt64Bits(value));

    /// <summary>True or false.</summary>
    public static ResourceValue FromBoolean(bool value) => new(Marker.Boolean, value ? 1 : 0);

    /// <summary>Octets. The value refers to the memory, it does not copy it.</summary>
    public static ResourceValue FromOpaque(ReadOnlyMemory<byte> value) => MemoryMarshal.TryGetArray(value, out ArraySegment<byte> segment)
        ? new(segment.Array ?? [], ((long)segment.Offset << 32) | (uint)segment.Count)
        : FromOpaque(value.ToArray());

    /// <summary>A point in time, in whole seconds since 1970-01-01T00:00:00Z.</summary>
    public static ResourceValue FromTime(long unixSeconds) => new(Marker.Time, unixSeconds);

    /// <summary>A point in time, in seconds since 1970-01-01T00:00:00Z with a fraction, as SenML may carry.</summary>
    public static ResourceValue FromTime(double unixSeconds)
    {
        return Numbers.TryToInt64(unixSeconds, out long whole)
            ? FromTime(whole)
            : new(Marker.FractionalTime, BitConverter.DoubleToInt64Bits(unixSeconds));
    }

    /// <summary>A point in time; what is finer than a microsecond is lost.</summary>
    public static ResourceValue FromTime(DateTimeOffset value) =>
        FromTime((value - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond);

    /// <summary>A reference to an Object Instance.</summary>
    public static ResourceValue FromObjectLink(ObjectLink value) => new(Marker.ObjectLink, (value.ObjectId << 16) | value.InstanceId);

    /// <summary>The data type; <see cref="ResourceType.None"/> when there is no value.</summary>
    public ResourceType Type => _reference switch
    {
        null => ResourceType.None,
        Marker marker => marker.Type,
        string => _bits == 0 ? ResourceType.String : ResourceType.CoreLink,
        _ => ResourceType.Opaque,
    };

    /// <summary>Whether there is no value, not even an explicit null.</summary>
    public bool IsNone => _reference is null;

    /// <summary>Whether this is an explicit null.</summary>
    public bool IsNull => ReferenceEquals(_reference, Marker.Null);

    /// <summary>The text of a String or CoreLink.</summary>
    public string AsString() => _reference as string ?? throw WrongType(ResourceType.String);

    /// <summary>The links of a CoreLink.</summary>
    public string AsCoreLink() => _bits == 1 && _reference is string text ? text : throw WrongType(ResourceType.CoreLink);

    /// <summary>The number of an Integer.</summary>
    public long AsInteger() => ReferenceEquals(_reference, Marker.Integer) ? _bits : throw WrongType(ResourceType.Integer);

    /// <summary>The number of an UnsignedInteger.</summary>
    public ulong AsUnsigned() =>
        ReferenceEquals(_reference, Marker.UnsignedInteger) ? (ulong)_bits : throw WrongType(ResourceType.UnsignedInteger);

    /// <summary>The number of a Float.</summary>
    public double AsFloat() =>
        ReferenceEquals(_reference, Marker.Float) ? BitConverter.Int64BitsToDouble(_bits) : throw WrongType(ResourceType.Float);

    /// <summary>The truth of a Boolean.</summary>
    public bool AsBoolean() => ReferenceEquals(_reference, Marker.Boolean) ? _bits != 0 : throw WrongType(ResourceType.Boolean);

    /// <summary>The octets of an Opaque.</summary>
    public ReadOnlyMemory<byte> AsOpaque() =>
        _reference is byte[] array ? array.AsMemory((int)(_bits >> 32), (int)(uint)_bits) : throw WrongType(ResourceType.Opaque);

    /// <summary>The seconds since the Unix epoch of a Time, a fraction cut off downwards.</summary>
    public long AsTime() => ReferenceEquals(_reference, Marker.Time) ? _bits : (long)Math.Floor(AsTimeSeconds());

    /// <summary>The seconds since the Unix epoch of a Time, with their fraction.</summary>
    public double AsTimeSeconds() => ReferenceEquals(_reference, Marker.Time) ? _bits
        : ReferenceEquals(_reference, Marker.FractionalTime) ? BitConverter.Int64BitsToDouble(_bits)
        : throw WrongType(ResourceType.Time);

    /// <summary>The seconds of a Time without fraction.</summary>
    internal bool TryGetWholeTime(out long unixSeconds)
    {
        unixSeconds = _bits;
        return ReferenceEquals(_reference, Marker.Time);
    }

    /// <summary>The reference of an ObjectLink.</summary>
    public ObjectLink AsObjectLink() => ReferenceEquals(_reference, Marker.ObjectLink)
        ? new ObjectLink((ushort)(_bits >> 16), (ushort)_bits)
        : throw WrongType(ResourceType.ObjectLink);

    /// <summary>The number of an Integer, UnsignedInteger, Float or Time as a <see cref="double"/>; false for every other type.</summary>
    public bool TryGetNumber(out double number)
    {
        switch (Type)
        {
            case ResourceType.Integer:
                number = _bits;
                return true;
            case ResourceType.UnsignedInteger:
                number = (ulong)_bits;
                return true;
            case ResourceType.Float:
                number = BitConverter.Int64BitsToDouble(_bits);
                return true;
            case ResourceType.Time:
                number = AsTimeSeconds();
                return true;
            default:
                number = 0;
                return false;
        }
    }

    /// <summary>Same type and same value; NaN equals NaN, opaque values are compared by content.</summary>
    public bool Equals(ResourceValue other) => _reference switch
    {
        byte[] => other._reference is byte[] && AsOpaque().Span.SequenceEqual(other.AsOpaque().Span),
        string text => _bits == other._bits && other._reference is string otherText && string.Equals(text, otherText, StringComparison.Ordinal),
        _ when ReferenceEquals(_reference, Marker.Float) || ReferenceEquals(_reference, Marker.FractionalTime) =>
            ReferenceEquals(_reference, other._reference)
            && BitConverter.Int64BitsToDouble(_bits).Equals(BitConverter.Int64BitsToDouble(other._bits)),
        _ => ReferenceEquals(_reference, other._reference) && _bits == other._bits,
    };

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ResourceValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Type);
        switch (_reference)
        {
            case byte[]:
                hash.AddBytes(AsOpaque().Span);
                break;
            case string text:
                hash.Add(text, StringComparer.Ordinal);
                break;
            case Marker marker when marker == Marker.Float || marker == Marker.FractionalTime:
                hash.Add(BitConverter.Int64BitsToDouble(_bits));
                break;
            default:
                hash.Add(_bits);
                break;
        }

        return hash.ToHashCode();
    }

    /// <summary>Equality of type and value.</summary>
    public static bool operator ==(ResourceValue left, ResourceValue right) => left.Equals(right);

    /// <summary>Inequality of type or value.</summary>
    public static bool operator !=(ResourceValue left, ResourceValue right) => !left.Equals(right);

    /// <summary>A String.</summary>
    public static implicit operator ResourceValue(string value) => FromString(value);

    /// <summary>An Integer.</summary>
    public static implicit operator ResourceValue(long value) => FromInteger(value);

    /// <summary>A Float.</summary>
    public static implicit operator ResourceValue(double value) => FromFloat(value);

    /// <summary>A Boolean.</summary>
    public static implicit operator ResourceValue(bool value) => FromBoolean(value);

    private InvalidOperationException WrongType(ResourceType wanted) => new($"The value is of type {Type}, not {wanted}");

    /// <summary>Says in the place of a reference which type the bits have.</summary>
    private sealed class Marker(ResourceType type)
    {
        public static readonly Marker Null = new(ResourceType.None);
        public static readonly Marker Integer = new(ResourceType.Integer);
        public static readonly Marker UnsignedInteger = new(ResourceType.UnsignedInteger);
        public static readonly Marker Float = new(ResourceType.Float);
        public static readonly Marker Boolean = new(ResourceType.Boolean);
        public static readonly Marker Time = new(ResourceType.Time);
        public static readonly Marker FractionalTime = new(ResourceType.Time);
        public static readonly Marker ObjectLink = new(ResourceType.ObjectLink);

        public ResourceType Type { get; } = type;
    }
}
