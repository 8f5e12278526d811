using Surety.Coap;
using static Surety.Fuzz.ScriptInput;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>
/// The stream that hands one TLS record at a time to the TLS above it. The input says how reads and packets are cut, then what comes. Every byte
/// passes, in order, and no read goes beyond the end of a record.
/// </summary>
internal sealed class TlsRecordStreamTarget : FuzzTarget
{
    private const int HeaderLength = 5;

    public override string Name => "tls-record-stream";

    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { "1703030000", "1703030001", "1703030010", "16030100FF", "1503030002", "170303FFFF" }.Select(Convert.FromHexString)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        byte[] cuts = TakeMany(ref input);
        byte[] bytes = input.ToArray();
        using var stream = new TlsRecordStream(new CutStream(bytes, cuts));
        byte[] buffer = new byte[300];
        int position = 0, recordStart = 0;
        for (int i = 0; position < bytes.Length; i++)
        {
            int room = cuts.Length == 0 ? buffer.Length : 1 + cuts[(i * 7) % cuts.Length];
            ValueTask<int> read = stream.ReadAsync(buffer.AsMemory(0, room));
            Assert.True(read.IsCompletedSuccessfully);
            int count = read.Result;
            Assert.InRange(count, 1, room);
            Assert.True(bytes.AsSpan(position, count).SequenceEqual(buffer.AsSpan(0, count)));
            // RFC 8446, 5.1: the header, then as many bytes as it says.
            int recordEnd = recordStart + HeaderLength + (bytes.Length - recordStart >= HeaderLength ? bytes[recordStart + 3] << 8 | bytes[recordStart + 4] : 0);
            position += count;
            Assert.True(position <= recordEnd, "a read went into the next record");
            if (position == recordEnd)
            {
                features.AddAmount(0, recordEnd - recordStart);
                recordStart = position;
            }
        }

        Assert.Equal(0, stream.ReadAsync(buffer).Result);
        features.AddAmount(1, position - recordStart);
    }

    /// <summary>Gives bytes as a network does: some now, some later.</summary>
    private sealed class CutStream(byte[] bytes, byte[] cuts) : MemoryStream(bytes)
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int most = cuts.Length == 0 ? buffer.Length : 1 + cuts[_reads++ % cuts.Length];
            return new(Read(buffer.Span[..Math.Min(most, buffer.Length)]));
        }
    }
}
