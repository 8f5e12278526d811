namespace Surety.Fuzz;

/// <summary>Makes inputs from inputs.</summary>
internal sealed class Mutator(Random random, FuzzTarget target)
{
    private static readonly byte[] Interesting = [0, 1, 12, 13, 14, 15, 16, 31, 32, 63, 64, 127, 128, 254, 255];

    private readonly byte[] _buffer = new byte[target.MaxLength];
    private int _length;

    /// <summary>An input from one or two others; valid until the next call.</summary>
    public ReadOnlySpan<byte> Mutate(ReadOnlySpan<byte> input, ReadOnlySpan<byte> other)
    {
        _length = Math.Min(input.Length, _buffer.Length);
        input[.._length].CopyTo(_buffer);
        for (int i = 1 << random.Next(5); i > 0; i--)
            MutateOnce(other);
        return _buffer.AsSpan(0, _length);
    }

    private void MutateOnce(ReadOnlySpan<byte> other)
    {
        switch (random.Next(11))
        {
            case 0 when _length > 0:
                _buffer[random.Next(_length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when _length > 0:
                _buffer[random.Next(_length)] = (byte)random.Next(256);
                break;
            case 2 when _length > 0:
                _buffer[random.Next(_length)] = Interesting[random.Next(Interesting.Length)];
                break;
            case 3 when _length > 0:
                _buffer[random.Next(_length)] += (byte)random.Next(-8, 9);
                break;
            case 4:
                byte[] noise = new byte[1 + random.Next(8)];
                random.NextBytes(noise);
                Insert(random.Next(_length + 1), noise);
                break;
            case 5 when _length > 0:
                Remove(random.Next(_length), 1 + random.Next(8));
                break;
            case 6 when _length > 0:
                Remove(random.Next(_length), _length);
                break;
            case 7 when _length > 0:
                int start = random.Next(_length);
                Insert(random.Next(_length + 1), _buffer.AsSpan(start, 1 + random.Next(Math.Min(64, _length - start))).ToArray());
                break;
            case 8 when other.Length > 0:
                int from = random.Next(other.Length);
                Insert(random.Next(_length + 1), other.Slice(from, 1 + random.Next(other.Length - from)));
                break;
            case 9 when target.Words.Count > 0:
                Insert(random.Next(_length + 1), target.Words[random.Next(target.Words.Count)]);
                break;
            case 10 when _length > 0:
                Insert(random.Next(_length + 1), Enumerable.Repeat((byte)random.Next(256), 1 + random.Next(300)).ToArray());
                break;
        }
    }

    private void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, _buffer.Length - at);
        int rest = Math.Min(_length - at, _buffer.Length - at - count);
        _buffer.AsSpan(at, rest).CopyTo(_buffer.AsSpan(at + count));
        bytes[..count].CopyTo(_buffer.AsSpan(at));
        _length = at + count + rest;
    }

    private void Remove(int at, int count)
    {
        count = Math.Min(count, _length - at);
        _buffer.AsSpan(at + count, _length - at - count).CopyTo(_buffer.AsSpan(at));
        _length -= count;
    }
}
