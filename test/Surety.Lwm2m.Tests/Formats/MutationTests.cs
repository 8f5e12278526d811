using System.Text;
using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

/// <summary>Hostile bytes: whatever is done to a valid payload, decoders answer with entries or with a reason, and their work stays bounded.</summary>
public sealed class MutationTests
{
    private static readonly int[] Formats = [0, 42, 60, 110, 112, 320, 322, 11542, 11543, 11544];

    private static readonly string[] Paths = ["/", "/3", "/3/0", "/3/0/9", "/3/0/6", "/3/0/6/1", "/3442/0", "/3442/0/150", "/65/0", "/9999"];

    private static readonly byte[][] Seeds =
    [
        Hex(DeviceExample.Tlv),
        Hex(DeviceExample.TlvOfObject),
        Hex(DeviceExample.SenmlCbor),
        Hex(DeviceExample.Lwm2mCbor),
        Utf8(DeviceExample.SenmlJson),
        Utf8(DeviceExample.OmaJson),
        Hex("9fbf217f622f3362302fff63786f7f006139021a5182428f22c482001a1dcd6504bfffff"),
        Hex("bf03bf00bf091864ff06bf0001ffffff"),
        Hex("83a421682f333434322f302f221a68fa2f040063313530085f42abcd41efffa200633137300763766c6f63313a32"),
        Utf8("""[{"bn":"/3442/0/","bt":1700000000.5,"n":"150","vd":"q83v"},{"n":"170","vlo":"1:2","t":-5},{"n":"140","vb":true,"x":{"y":[1,2,{}]}}]"""),
        Utf8("""[{"n":"/3/0/9"},{"n":"/1/0/1"}]"""),
        Utf8("-123.125"),
        [],
    ];

    [Fact]
    public void Nothing_throws_and_work_stays_bounded()
    {
        Random random = new(20_240_613);
        List<ResourceEntry> entries = [];
        List<Lwm2mPath> paths = [];
        int accepted = 0;
        for (int round = 0; round < 150_000; round++)
        {
            byte[] payload = Mutate(random, Seeds[random.Next(Seeds.Length)]);
            ContentFormat format = new((ushort)Formats[random.Next(Formats.Length)]);
            Lwm2mPath path = Lwm2mPath.Parse(Paths[random.Next(Paths.Length)]);
            entries.Clear();
            paths.Clear();

            long before = GC.GetAllocatedBytesForCurrentThread();
            bool isDecoded = Lwm2mContent.TryDecode(format, payload, path, Context, entries, out string? reason);
            Lwm2mContent.TryDecodeCreate(format, payload, 3, Context, entries, out _, out _);
            bool isList = Lwm2mContent.TryDecodePaths(format, payload, Context, paths, out string? reasonOfList);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.Equal(isDecoded, reason is null);
            Assert.Equal(isList, reasonOfList is null);
            Assert.InRange(allocated, 0, 20_000 + (200 * payload.Length));
            Assert.All(entries, e => Assert.True(e.Path.Level > 0));
            if (isDecoded) accepted++;
        }

        // The mutations are mild enough to reach deep into the decoders.
        Assert.InRange(accepted, 5_000, 140_000);
    }

    [Fact]
    public void No_prefix_of_a_valid_payload_throws()
    {
        List<ResourceEntry> entries = [];
        foreach (byte[] seed in Seeds)
        {
            foreach (int format in Formats)
            {
                for (int length = 0; length <= seed.Length; length++)
                {
                    entries.Clear();
                    bool isDecoded = Lwm2mContent.TryDecode(new ContentFormat((ushort)format), seed.AsSpan(0, length), Lwm2mPath.Parse("/3/0"), Context, entries, out string? reason);
                    Assert.Equal(isDecoded, reason is null);
                    Assert.True(isDecoded || entries.Count == 0);
                }
            }
        }
    }

    [Fact]
    public void More_values_than_the_limit_are_refused()
    {
        byte[] record = Hex("a221662f332f302f390201");
        byte[] payload = [0x9F, .. Enumerable.Repeat(record, Lwm2mContent.MaxEntries + 1).SelectMany(r => r), 0xFF];
        Assert.Contains("more than", Refuse(ContentFormat.SenmlCbor, "/", payload));
        StringBuilder json = new("[");
        for (int i = 0; i <= Lwm2mContent.MaxEntries; i++) json.Append("""{"n":"/3/0/9","v":1},""");
        Assert.Contains("more than", Refuse(ContentFormat.SenmlJson, "/", Utf8(json.Append(']').ToString())));
        byte[] tlv = [.. Enumerable.Range(0, Lwm2mContent.MaxEntries + 1).SelectMany(i => new byte[] { 0xC0, 0x01 })];
        Assert.Contains("more than", Refuse(ContentFormat.Lwm2mTlv, "/9999/0", tlv));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        byte[] json = [.. """[{"n":"/3/0/9","v":1,"x":"""u8, .. Enumerable.Repeat((byte)'[', 100_000)];
        Refuse(ContentFormat.SenmlJson, "/3/0", json);
        Refuse(ContentFormat.Lwm2mJson, "/3/0", [.. "{\"x\":"u8, .. Enumerable.Repeat((byte)'{', 100_000)]);
        Refuse(ContentFormat.Lwm2mCbor, "/", [.. Enumerable.Repeat<byte[]>([0xA1, 0x03], 100_000).SelectMany(b => b)]);
        Refuse(ContentFormat.Cbor, "/3442/0/110", [.. Enumerable.Repeat((byte)0x7F, 100_000)]);
        Refuse(ContentFormat.Cbor, "/3442/0/160", [.. Enumerable.Repeat((byte)0xC1, 100_000)]);
    }

    private static byte[] Mutate(Random random, byte[] seed)
    {
        List<byte> bytes = [.. seed];
        for (int i = random.Next(4); i >= 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 4:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at));
                    break;
                case 5:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(20), bytes.Count - at)));
                    break;
                default:
                    byte[] other = Seeds[random.Next(Seeds.Length)];
                    if (other.Length > 0) bytes.InsertRange(at, other.AsSpan(random.Next(other.Length)).ToArray().Take(random.Next(16)));
                    break;
            }
        }

        return [.. bytes];
    }
}
