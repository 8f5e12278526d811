using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using K4os.Compression.LZ4;

namespace Surety.Update;

/// <content>The device's side.</content>
public static partial class PelionPatch
{
    /// <summary>Makes the new image. The memory needed is that of two frames.</summary>
    /// <param name="patch">The delta image, from its beginning.</param>
    /// <param name="old">The image that the device has; it can be sought in.</param>
    /// <param name="output">Where the new image goes. What is written is of no use when this does not succeed.</param>
    /// <param name="maxLength">The longest image that there is room for, bytes.</param>
    /// <param name="problem">What is wrong with the patch, or that it is not for this image.</param>
    /// <exception cref="IOException">A stream failed.</exception>
    public static bool TryApply(Stream patch, Stream old, Stream output, long maxLength, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            new Applier(patch, old, output).Apply(maxLength);
            problem = null;
            return true;
        }
        catch (InvalidDataException e)
        {
            problem = e.Message;
            return false;
        }
        catch (EndOfStreamException)
        {
            problem = "the patch ends too early";
            return false;
        }
    }

    private sealed class Applier(Stream patch, Stream old, Stream output)
    {
        private byte[] _compressed = [];
        private byte[] _frame = [];
        private byte[] _before = [];

        public void Apply(long maxLength)
        {
            Span<byte> header = stackalloc byte[HeaderLength];
            patch.ReadExactly(header);
            if (!header[..16].SequenceEqual(Magic))
                throw new InvalidDataException("it is no patch: it does not begin with PELION/BSDIFF001");
            long length = ReadLength(header[16..], "image", maxLength);
            _frame = new byte[ReadLength(header[24..], "frame", MaxFrameLength)];
            _before = new byte[_frame.Length];
            _compressed = new byte[ReadLength(header[32..], "compressed frame", MaxFrameLength)];
            long oldPosition = 0;
            for (long left = length; left > 0;)
            {
                long similar = (long)ReadNumber(), added = (long)ReadNumber();
                ulong move = ReadNumber();
                if (similar > left || added > left - similar)
                    throw new InvalidDataException("a step makes more than the image has");
                if (similar > 0)
                    AddSimilar(oldPosition, similar);
                Unpack(added, frame => output.Write(frame));
                oldPosition += similar + ((move & 1) == 0 ? (long)(move >> 1) : -(long)(move >> 1));
                left -= similar + added;
            }

            if (patch.ReadByte() >= 0)
                throw new InvalidDataException("the image is complete, and the patch goes on");
        }

        private void AddSimilar(long position, long length)
        {
            if (position < 0 || position > old.Length - length)
                throw new InvalidDataException("it is for another image: it reaches beyond this one");
            old.Position = position;
            Unpack(length, frame =>
            {
                Span<byte> before = _before.AsSpan(0, frame.Length);
                old.ReadExactly(before);
                for (int i = 0; i < frame.Length; i++)
                    frame[i] += before[i];
                output.Write(frame);
            });
        }

        private void Unpack(long length, FrameAction take)
        {
            while (length > 0)
            {
                ulong compressedLength = ReadNumber();
                if (compressedLength == 0 || compressedLength > (ulong)_compressed.Length)
                    throw new InvalidDataException($"a frame has {compressedLength} bytes, and at most {_compressed.Length} were announced");
                Span<byte> compressed = _compressed.AsSpan(0, (int)compressedLength);
                patch.ReadExactly(compressed);
                int taken = LZ4Codec.Decode(compressed, _frame);
                if (taken <= 0 || taken > length)
                    throw new InvalidDataException("a frame cannot be unpacked");
                take(_frame.AsSpan(0, taken));
                length -= taken;
            }
        }

        private ulong ReadNumber()
        {
            ulong number = 0;
            // 8 bytes at most, as they are written: 56 bits.
            for (int shift = 0; shift < 56; shift += 7)
            {
                int next = patch.ReadByte();
                if (next < 0)
                    throw new EndOfStreamException();
                number |= (ulong)(next & 0x7f) << shift;
                if (next < 0x80)
                    return number;
            }

            throw new InvalidDataException("a number has more than 8 bytes");
        }

        private static long ReadLength(ReadOnlySpan<byte> bytes, string name, long max)
        {
            long length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            return length >= 0 && length <= max ? length : throw new InvalidDataException($"the {name} would be longer than {max} bytes");
        }

        private delegate void FrameAction(Span<byte> frame);
    }
}
