using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Surety.Lwm2m.Client;

/// <summary>The arguments of an Execute: ten places, 0 to 9, each with or without a value (LwM2M Core 6.3.5).</summary>
public sealed class ExecuteArguments
{
    /// <summary>The longest argument list read, bytes; a longer one is refused.</summary>
    public const int MaxLength = 16 * 1024;

    private readonly string?[] _values;
    private readonly int _present;

    private ExecuteArguments(string?[] values, int present)
    {
        _values = values;
        _present = present;
    }

    /// <summary>No arguments.</summary>
    public static ExecuteArguments None { get; } = new([], 0);

    /// <summary>How many there are.</summary>
    public int Count => int.PopCount(_present);

    /// <summary>The value of an argument; null when it has none, or is not there.</summary>
    /// <param name="digit">0 to 9.</param>
    public string? this[int digit] => Contains(digit) ? _values[digit] : null;

    /// <summary>The argument is there, with or without a value.</summary>
    /// <param name="digit">0 to 9.</param>
    public bool Contains(int digit) => digit is >= 0 and <= 9 && (_present & (1 << digit)) != 0;

    /// <summary>Reads an argument list: <c>5</c>, <c>2='10.3'</c>, <c>7,0='text'</c>. Blanks within quotes are accepted, as the specification's examples have them.</summary>
    /// <param name="utf8">The payload; empty for none.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="reason">What is wrong.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out ExecuteArguments? arguments, [NotNullWhen(false)] out string? reason)
    {
        arguments = null;
        reason = null;
        if (utf8.IsEmpty)
        {
            arguments = None;
            return true;
        }

        if (utf8.Length > MaxLength)
        {
            reason = $"the argument list is longer than {MaxLength} bytes";
            return false;
        }

        string?[] values = new string?[10];
        int present = 0;
        while (true)
        {
            if (utf8.IsEmpty || utf8[0] is < (byte)'0' or > (byte)'9')
            {
                reason = "an argument begins with a digit";
                return false;
            }

            int digit = utf8[0] - '0';
            if ((present & (1 << digit)) != 0)
            {
                reason = $"argument {digit} occurs twice";
                return false;
            }

            present |= 1 << digit;
            utf8 = utf8[1..];
            if (utf8.StartsWith("='"u8) && !TryReadValue(ref utf8, out values[digit]))
            {
                reason = $"argument {digit} has a value that does not end, or a character that is not allowed";
                return false;
            }

            if (utf8.IsEmpty)
            {
                arguments = new ExecuteArguments(values, present);
                return true;
            }

            if (utf8[0] != (byte)',')
            {
                reason = $"there is something behind argument {digit} that is no comma";
                return false;
            }

            utf8 = utf8[1..];
        }
    }

    private static bool TryReadValue(ref ReadOnlySpan<byte> utf8, out string? value)
    {
        value = null;
        utf8 = utf8[2..];
        int length = utf8.IndexOf((byte)'\'');
        if (length < 0)
            return false;
        ReadOnlySpan<byte> text = utf8[..length];
        // CHAR of the grammar, and the blank.
        if (text.ContainsAnyExceptInRange((byte)' ', (byte)'~') || text.ContainsAny((byte)'"', (byte)'\\'))
            return false;
        value = Encoding.ASCII.GetString(text);
        utf8 = utf8[(length + 1)..];
        return true;
    }
}
