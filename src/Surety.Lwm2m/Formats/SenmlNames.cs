using System.Text;

namespace Surety.Lwm2m;

/// <summary>Resolves SenML names and times (RFC 8428, 4.1 and 4.5): base name and name to a path, base time and time to an instant.</summary>
internal ref struct SenmlNames
{
    /// <summary>Longest resolved name in octets, alternate path included.</summary>
    public const int MaxName = 256;

    // RFC 8428, 4.5.3: smaller times are relative to the present.
    public const double FirstAbsoluteTime = 1 << 28;

    private readonly Span<byte> _buffer;
    private readonly ReadOnlySpan<byte> _prefix;
    private int _baseLength;
    private double _baseTime;
    private bool _hasBaseTime;
    private bool _isRelativeBase;

    /// <summary>The present, in seconds since the Unix epoch.</summary>
    public double Now { get; init; }

    /// <summary>
    /// The times of LwM2M 1.0 JSON, which is older than RFC 8428: positive times are absolute however small, negative ones relative to the present.
    /// </summary>
    public bool HasOldTimes { get; init; }

    /// <summary>Starts a pack.</summary>
    /// <param name="context">Alternate path and present.</param>
    /// <param name="buffer">Room for <see cref="MaxName"/> octets of name.</param>
    /// <param name="prefixBuffer">Room for the alternate path.</param>
    public SenmlNames(in ContentContext context, Span<byte> buffer, Span<byte> prefixBuffer)
    {
        _buffer = buffer;
        Now = context.UnixSeconds;
        string path = context.AlternatePath ?? "";
        _prefix = path.Length == 0 ? default
            : Encoding.UTF8.TryGetBytes(path, prefixBuffer, out int length) ? prefixBuffer[..length]
            : Encoding.UTF8.GetBytes(path);
    }

    public bool TrySetBaseName(scoped ReadOnlySpan<byte> name)
    {
        if (!name.TryCopyTo(_buffer)) return false;
        _baseLength = name.Length;
        _isRelativeBase = false;
        return true;
    }

    /// <summary>Makes names relative to a path as long as no base name is set; names that begin with a slash stay as they are.</summary>
    public void SetRelativeBase(Lwm2mPath path)
    {
        path.TryFormat(_buffer, out _baseLength);
        if (!path.IsRoot) _buffer[_baseLength++] = (byte)'/';
        _isRelativeBase = true;
    }

    public bool TrySetBaseTime(double time)
    {
        _baseTime = time;
        _hasBaseTime = true;
        return double.IsFinite(time);
    }

    /// <summary>Writes the full name of a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="alternatePath">What stands before it; short enough, see <see cref="RegistrationLinks.MaxRootPath"/>.</param>
    /// <param name="destination"><see cref="MaxName"/> octets.</param>
    public static int Format(Lwm2mPath path, string alternatePath, Span<byte> destination)
    {
        int length = Encoding.UTF8.GetBytes(alternatePath, destination);
        if (path.IsRoot && length > 0) return length;
        path.TryFormat(destination[length..], out int pathLength);
        return length + pathLength;
    }

    /// <summary>The path that the base name and a name make together.</summary>
    public readonly bool TryGetPath(scoped ReadOnlySpan<byte> name, out Lwm2mPath path)
    {
        if (_isRelativeBase && name is [(byte)'/', ..]) return Lwm2mPath.TryParse(name, out path);
        path = default;
        if (!name.TryCopyTo(_buffer[_baseLength..])) return false;
        ReadOnlySpan<byte> full = _buffer[..(_baseLength + name.Length)];
        if (!_prefix.IsEmpty && full.StartsWith(_prefix) && (full.Length == _prefix.Length || full[_prefix.Length] == (byte)'/'))
        {
            full = full[_prefix.Length..];
            if (full.IsEmpty) return true;
        }

        // Peers leave the first slash out and put one at the end; neither is ambiguous.
        if (full.Length > 1 && full[^1] == (byte)'/') full = full[..^1];
        if (full.IsEmpty) return false;
        if (full[0] == (byte)'/') return Lwm2mPath.TryParse(full, out path);
        Span<byte> rooted = stackalloc byte[Lwm2mPath.MaxTextLength];
        if (full.Length >= rooted.Length) return false;
        rooted[0] = (byte)'/';
        full.CopyTo(rooted[1..]);
        return Lwm2mPath.TryParse(rooted[..(full.Length + 1)], out path);
    }

    /// <summary>The instant of a record, in seconds since the Unix epoch; null when it tells none, or only "now".</summary>
    public readonly double? GetTime(double time, bool hasTime)
    {
        if (!hasTime && !_hasBaseTime) return null;
        double sum = (_hasBaseTime ? _baseTime : 0) + (hasTime ? time : 0);
        return sum == 0 ? null : sum < (HasOldTimes ? 0 : FirstAbsoluteTime) ? Now + sum : sum;
    }
}
