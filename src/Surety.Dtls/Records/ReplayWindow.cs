namespace Surety.Dtls;

/// <summary>Which records of an epoch have been seen (RFC 6347, 4.1.2.6): the last 64.</summary>
internal struct ReplayWindow
{
    /// <summary>Records behind the newest that are still told apart.</summary>
    public const int Size = 64;

    private ulong _next;
    private ulong _seen;

    /// <summary>A window that accepts nothing below a number.</summary>
    public static ReplayWindow After(ulong next) => new() { _next = next, _seen = ulong.MaxValue };

    /// <summary>One more than the highest number seen.</summary>
    public readonly ulong Next => _next;

    /// <summary>The record is neither too old nor seen; to be asked before its tag is verified.</summary>
    public readonly bool IsNew(ulong number)
    {
        if (number >= _next)
            return true;
        ulong behind = _next - 1 - number;
        return behind < Size && (_seen >> (int)behind & 1) == 0;
    }

    /// <summary>A record was verified.</summary>
    /// <returns>It is newer than all before.</returns>
    public bool Mark(ulong number)
    {
        if (number < _next)
        {
            _seen |= 1UL << (int)(_next - 1 - number);
            return false;
        }

        ulong ahead = number + 1 - _next;
        _seen = ahead >= Size ? 1 : _seen << (int)ahead | 1;
        _next = number + 1;
        return true;
    }
}
