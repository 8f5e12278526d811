using System.Globalization;

namespace Surety.Lwm2m;

/// <summary>
/// One node of a decoded content: a path, its value and, where the format carries one, the time of the value; 32 bytes.
/// A content is a flat list of entries.
/// </summary>
/// <remarks>
/// An entry without value says that the node is there: an empty Object Instance (level 2), a Resource with no instances (level 3),
/// or, in a path list of a composite operation, the path that is meant.
/// </remarks>
public readonly record struct ResourceEntry
{
    // The bits of a NaN stand for "no time", and the field holds the difference to them: default has no time.
    private static readonly long NoTime = BitConverter.DoubleToInt64Bits(double.NaN);
    private readonly long _time;

    /// <summary>An entry; <paramref name="timestamp"/> is in seconds since the Unix epoch.</summary>
    public ResourceEntry(Lwm2mPath path, ResourceValue value, double? timestamp = null)
    {
        Path = path;
        Value = value;
        _time = BitConverter.DoubleToInt64Bits(timestamp ?? double.NaN) ^ NoTime;
    }

    /// <summary>An entry without value: the node is there and empty, or the path is what is asked for.</summary>
    public static ResourceEntry OfPath(Lwm2mPath path) => new(path, ResourceValue.None);

    /// <summary>The node.</summary>
    public Lwm2mPath Path { get; }

    /// <summary>Its value, or <see cref="ResourceValue.None"/>.</summary>
    public ResourceValue Value { get; }

    /// <summary>When the value was taken, in seconds since the Unix epoch; null when the content does not say.</summary>
    public double? Timestamp => _time == 0 ? null : BitConverter.Int64BitsToDouble(_time ^ NoTime);

    /// <summary>Path, value and time for logs and debuggers.</summary>
    public override string ToString() => Timestamp is double time
        ? string.Create(CultureInfo.InvariantCulture, $"{Path}={Value} @{time}")
        : $"{Path}={Value}";
}
