using System.Text;

namespace Surety.Lwm2m;

/// <summary>How a list of entries is told in SenML: which base name, which base time, which names below it.</summary>
internal readonly ref struct SenmlLayout
{
    private readonly Span<byte> _buffer;
    private readonly int _baseLength;
    private readonly int _nameOffset;

    /// <summary>Chooses the layout.</summary>
    /// <param name="entries">At least one entry; those without value are not written.</param>
    /// <param name="alternatePath">What stands before the path in every name.</param>
    /// <param name="buffer">Room for the longest name: <see cref="SenmlNames.MaxName"/> octets.</param>
    public SenmlLayout(ReadOnlySpan<ResourceEntry> entries, string alternatePath, Span<byte> buffer)
    {
        _buffer = buffer;
        Base = EntryOrder.CommonPath(entries);
        HasNames = false;
        HasBaseTime = true;
        foreach (ref readonly ResourceEntry entry in entries)
        {
            HasNames |= entry.Path != Base;
            HasBaseTime &= entry.Timestamp is double time && BaseTimeOf(entries) + (time - BaseTimeOf(entries)) == time;
        }

        // Names must not be empty next to others that are not.
        if (HasNames)
        {
            foreach (ref readonly ResourceEntry entry in entries)
            {
                if (entry.Path != Base) continue;
                Base = Base.Parent;
                break;
            }
        }

        BaseTime = HasBaseTime ? BaseTimeOf(entries) : 0;
        int length = Encoding.UTF8.GetBytes(alternatePath, buffer);
        Base.TryFormat(buffer[length..], out int pathLength);
        _nameOffset = Base.IsRoot ? 1 : pathLength + 1;
        length += pathLength;
        if (HasNames && !Base.IsRoot) buffer[length++] = (byte)'/';
        _baseLength = length;
    }

    /// <summary>The path that all names share.</summary>
    public Lwm2mPath Base { get; }

    /// <summary>Whether records have names; without, all are about <see cref="Base"/>.</summary>
    public bool HasNames { get; }

    /// <summary>Whether every record has a time that is told relative to <see cref="BaseTime"/>.</summary>
    public bool HasBaseTime { get; }

    /// <summary>Seconds since the Unix epoch.</summary>
    public double BaseTime { get; }

    /// <summary>The base name.</summary>
    public ReadOnlySpan<byte> BaseName => _buffer[.._baseLength];

    /// <summary>The name of a path below <see cref="Base"/>; valid until the next call.</summary>
    public ReadOnlySpan<byte> GetName(Lwm2mPath path)
    {
        Span<byte> text = _buffer[_baseLength..];
        path.TryFormat(text, out int length);
        return text[_nameOffset..length];
    }

    private static double BaseTimeOf(ReadOnlySpan<ResourceEntry> entries) => entries[0].Timestamp ?? 0;
}
