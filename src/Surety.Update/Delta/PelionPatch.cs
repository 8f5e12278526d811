using System.Buffers.Binary;
using K4os.Compression.LZ4;

namespace Surety.Update;

/// <summary>
/// Delta images in the format of Pelion's device client (magic <c>PELION/BSDIFF001</c>): steps of similar and of new bytes, in frames that are
/// compressed with LZ4 one by one, so that a device needs memory for one frame and no more.
/// </summary>
/// <remarks>
/// Layout: magic (16 bytes); length of the new image, of the largest frame and of the largest compressed frame (8 bytes each, least significant first,
/// the highest bit for the sign). Then steps: three numbers of 7 bits a byte, least significant first - similar bytes, new bytes, and how far the
/// place in the old image moves on, whose lowest bit is the sign - and the frames of both kinds, each with its compressed length before it. A
/// similar byte is the difference to the old one.
/// </remarks>
public static partial class PelionPatch
{
    /// <summary>Length of a frame when nothing else is asked for, bytes; a device needs memory for two.</summary>
    public const int DefaultFrameLength = 512;

    /// <summary>The shortest frame.</summary>
    public const int MinFrameLength = 64;

    /// <summary>The longest frame that is read or written.</summary>
    public const int MaxFrameLength = 1024 * 1024;

    private const int HeaderLength = 40;

    private static ReadOnlySpan<byte> Magic => "PELION/BSDIFF001"u8;

    /// <summary>Writes what makes one image of another. The memory needed is some 20 times that of the old image.</summary>
    /// <param name="old">The image that devices have.</param>
    /// <param name="current">The image that they get.</param>
    /// <param name="frameLength">Bytes of a frame; 64 at least, and best what the device's network buffer has.</param>
    public static byte[] Create(byte[] old, byte[] current, int frameLength = DefaultFrameLength)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameLength, MinFrameLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frameLength, MaxFrameLength);
        using MemoryStream output = new();
        output.Write(new byte[HeaderLength]);
        FrameWriter frames = new(output, frameLength);
        List<DeltaStep> steps = current.Length == 0 ? [] : [.. new DeltaFinder(old, current).Find()];
        for (int i = 0; i < steps.Count; i++)
        {
            DeltaStep step = steps[i];
            WriteNumber(output, (ulong)step.SimilarLength);
            WriteNumber(output, (ulong)step.AddedLength);
            long move = i + 1 < steps.Count ? steps[i + 1].OldStart - (step.OldStart + (long)step.SimilarLength) : 0;
            WriteNumber(output, ((ulong)Math.Abs(move) << 1) | (move < 0 ? 1UL : 0));
            byte[] similar = new byte[step.SimilarLength];
            for (int j = 0; j < similar.Length; j++)
                similar[j] = (byte)(current[step.NewStart + j] - old[step.OldStart + j]);
            frames.Write(similar);
            frames.Write(current.AsSpan(step.NewStart + step.SimilarLength, step.AddedLength));
        }

        byte[] patch = output.ToArray();
        Magic.CopyTo(patch);
        BinaryPrimitives.WriteInt64LittleEndian(patch.AsSpan(16), current.Length);
        BinaryPrimitives.WriteInt64LittleEndian(patch.AsSpan(24), frameLength);
        BinaryPrimitives.WriteInt64LittleEndian(patch.AsSpan(32), frames.LongestCompressed);
        return patch;
    }

    private static void WriteNumber(MemoryStream output, ulong number)
    {
        while (number > 0x7f)
        {
            output.WriteByte((byte)(number | 0x80));
            number >>= 7;
        }

        output.WriteByte((byte)number);
    }

    /// <summary>Cuts bytes into frames, none of which is longer than allowed, compressed or not.</summary>
    private sealed class FrameWriter(MemoryStream output, int frameLength)
    {
        // What cannot be compressed becomes longer: by a byte for each 255, and some.
        private readonly int _incompressible = frameLength - (frameLength / 255) - 16;
        private readonly byte[] _compressed = new byte[frameLength];

        public int LongestCompressed { get; private set; }

        public void Write(ReadOnlySpan<byte> data)
        {
            while (data.Length > 0)
            {
                int taken = Math.Min(data.Length, frameLength);
                int length = LZ4Codec.Encode(data[..taken], _compressed, LZ4Level.L12_MAX);
                if (length <= 0)
                {
                    taken = Math.Min(taken, _incompressible);
                    length = LZ4Codec.Encode(data[..taken], _compressed, LZ4Level.L12_MAX);
                }

                WriteNumber(output, (ulong)length);
                output.Write(_compressed, 0, length);
                LongestCompressed = Math.Max(LongestCompressed, length);
                data = data[taken..];
            }
        }
    }
}
