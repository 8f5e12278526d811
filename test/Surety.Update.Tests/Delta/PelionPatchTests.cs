using System.Buffers.Binary;
using System.Text;

namespace Surety.Update.Tests;

public sealed class PelionPatchTests
{
    /// <summary>
    /// By hand from the description of the format: 5 bytes of the old image of which the last is one more, 2 new ones, and 1 old one that stands 3 before
    /// where the old image was left. Frames are LZ4 blocks of literals alone: the count in the upper half of a byte, then the bytes.
    /// </summary>
    [Fact]
    public void A_patch_that_was_written_by_hand_makes_the_image()
    {
        byte[] patch =
        [
            .. "PELION/BSDIFF001"u8, .. Number(8), .. Number(512), .. Number(6),
            5, 2, (3 << 1) | 1, 6, 0x50, 0, 0, 0, 0, 1, 3, 0x20, (byte)'x', (byte)'y',
            1, 0, 0, 2, 0x10, 0,
        ];
        Assert.Equal("abcdfxyc", Encoding.ASCII.GetString(Apply(patch, "abcdef"u8.ToArray())));
    }

    public static TheoryData<int, int> Images => new() { { 0, 0 }, { 0, 100 }, { 100, 0 }, { 1, 1 }, { 2, 3 }, { 1000, 1000 }, { 5000, 20000 }, { 20000, 5000 }, { 65536, 65600 } };

    [Theory]
    [MemberData(nameof(Images))]
    public void What_is_made_of_two_images_makes_the_one_of_the_other(int oldLength, int newLength)
    {
        Random random = new((oldLength * 31) + newLength);
        foreach (byte[] old in (byte[][])[Code(random, oldLength), Noise(random, oldLength), new byte[oldLength]])
        {
            foreach (byte[] current in (byte[][])[Edit(random, old, newLength), Noise(random, newLength), new byte[newLength]])
            {
                foreach (int frame in (int[])[64, 512, 4096])
                    Assert.Equal(current, Apply(PelionPatch.Create(old, current, frame), old));
            }
        }
    }

    /// <summary>What patches are for: an image in which code moved, so that every address in it changed.</summary>
    [Fact]
    public void An_image_whose_code_moved_makes_a_patch_of_a_few_percent()
    {
        byte[] old = new byte[200_000];
        Random random = new(4);
        random.NextBytes(old);
        for (int i = 0; i + 4 <= old.Length; i += 64)
            BinaryPrimitives.WriteInt32LittleEndian(old.AsSpan(i), i);
        byte[] current = [.. old[..1000], .. new byte[48], .. old[1000..]];
        for (int i = 1048 - (1000 % 64); i + 4 <= current.Length; i += 64)
            BinaryPrimitives.WriteInt32LittleEndian(current.AsSpan(i), BinaryPrimitives.ReadInt32LittleEndian(current.AsSpan(i)) + 48);
        byte[] patch = PelionPatch.Create(old, current);
        Assert.Equal(current, Apply(patch, old));
        Assert.InRange(patch.Length, 100, current.Length / 20);
    }

    [Fact]
    public void A_device_needs_memory_for_no_longer_frames_than_were_asked_for()
    {
        Random random = new(9);
        byte[] noise = Noise(random, 10_000);
        byte[] patch = PelionPatch.Create([], noise, 128);
        Assert.Equal(128, BinaryPrimitives.ReadInt64LittleEndian(patch.AsSpan(24)));
        Assert.InRange(BinaryPrimitives.ReadInt64LittleEndian(patch.AsSpan(32)), 1, 128);
        Assert.Throws<ArgumentOutOfRangeException>(() => PelionPatch.Create([], noise, 63));
    }

    [Fact]
    public void No_byte_that_is_changed_or_missing_makes_it_read_or_write_out_of_bounds()
    {
        Random random = new(5);
        byte[] old = Code(random, 3000);
        byte[] current = Edit(random, old, 3100);
        byte[] patch = PelionPatch.Create(old, current, 128);
        for (int i = 0; i < patch.Length; i++)
        {
            byte[] changed = [.. patch];
            changed[i] ^= (byte)(1 << random.Next(8));
            using MemoryStream output = new();
            PelionPatch.TryApply(new MemoryStream(changed), new MemoryStream(old), output, 4000, out _);
            Assert.InRange(output.Length, 0, 4000);
            using MemoryStream shorter = new();
            Assert.False(PelionPatch.TryApply(new MemoryStream(patch, 0, i), new MemoryStream(old), shorter, 4000, out string? problem));
            Assert.NotNull(problem);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_words()
    {
        byte[] old = Code(new Random(1), 500);
        byte[] patch = PelionPatch.Create(old, Code(new Random(1), 600));
        Assert.Contains("longer than 599", Problem(patch, old, 599), StringComparison.Ordinal);
        Assert.Contains("for another image", Problem(patch, old[..100], 1000), StringComparison.Ordinal);
        Assert.Contains("PELION/BSDIFF001", Problem([.. "BSDIFF40"u8, .. new byte[40]], old, 1000), StringComparison.Ordinal);
        Assert.Contains("goes on", Problem([.. patch, 0], old, 1000), StringComparison.Ordinal);
        Assert.Contains("too early", Problem(patch[..^1], old, 1000), StringComparison.Ordinal);
    }

    [Fact]
    public void Suffixes_are_in_their_order()
    {
        Random random = new(7);
        for (int round = 0; round < 300; round++)
        {
            byte[] text = new byte[random.Next(1, 60)];
            for (int i = 0; i < text.Length; i++)
                text[i] = (byte)random.Next(1 + (round % 4));
            SuffixArray suffixes = new(text);
            byte[] sought = new byte[random.Next(1, 8)];
            for (int i = 0; i < sought.Length; i++)
                sought[i] = (byte)random.Next(1 + (round % 4));
            int longest = Enumerable.Range(0, text.Length).Max(start => text.AsSpan(start).CommonPrefixLength(sought));
            Assert.Equal(longest, suffixes.FindLongest(sought, out int position));
            Assert.Equal(longest, text.AsSpan(position).CommonPrefixLength(sought));
        }
    }

    private static string Problem(byte[] patch, byte[] old, long maxLength)
    {
        Assert.False(PelionPatch.TryApply(new MemoryStream(patch), new MemoryStream(old), Stream.Null, maxLength, out string? problem));
        return problem;
    }

    private static byte[] Apply(byte[] patch, byte[] old)
    {
        using MemoryStream output = new();
        Assert.True(PelionPatch.TryApply(new MemoryStream(patch), new MemoryStream(old), output, 1 << 20, out string? problem), problem);
        return output.ToArray();
    }

    private static byte[] Number(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Noise(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Like code: pieces that come again and again.</summary>
    private static byte[] Code(Random random, int length)
    {
        byte[][] pieces = [.. Enumerable.Range(0, 40).Select(_ => Noise(random, random.Next(2, 20)))];
        List<byte> bytes = [];
        while (bytes.Count < length)
            bytes.AddRange(pieces[random.Next(pieces.Length)]);
        return [.. bytes[..length]];
    }

    /// <summary>Another version: pieces moved, bytes changed.</summary>
    private static byte[] Edit(Random random, byte[] image, int length)
    {
        List<byte> bytes = [.. image];
        for (int i = 0; i < 10 && bytes.Count > 20; i++)
        {
            int from = random.Next(bytes.Count - 10), count = random.Next(1, Math.Min(200, bytes.Count - from));
            List<byte> piece = bytes.GetRange(from, count);
            bytes.RemoveRange(from, count);
            bytes.InsertRange(random.Next(bytes.Count + 1), piece);
            bytes[random.Next(bytes.Count)]++;
        }

        while (bytes.Count < length)
            bytes.Insert(random.Next(bytes.Count + 1), (byte)random.Next(256));
        return [.. bytes[..length]];
    }
}
