using System.Buffers.Binary;

namespace Surety.Fuzz;

/// <summary>Takes an input to pieces that is a script. Beyond its end everything is zero or empty.</summary>
internal static class ScriptInput
{
    /// <summary>A byte.</summary>
    public static int Take(ref ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return 0;
        int value = input[0];
        input = input[1..];
        return value;
    }

    /// <summary>A length in one byte, or in two more when that is 255, and as many bytes as there are.</summary>
    public static byte[] TakeMany(ref ReadOnlySpan<byte> input)
    {
        int length = Take(ref input);
        if (length == 255 && input.Length >= 2)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(input);
            input = input[2..];
        }

        length = Math.Min(length, input.Length);
        byte[] bytes = input[..length].ToArray();
        input = input[length..];
        return bytes;
    }
}
