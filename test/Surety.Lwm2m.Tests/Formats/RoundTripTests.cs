using System.Buffers;
using Surety.Coap;

namespace Surety.Lwm2m.Tests.Formats;

/// <summary>What is encoded is decoded again, for random contents of every type in every format.</summary>
public sealed class RoundTripTests
{
    private static readonly ResourceType[] Types =
    [
        ResourceType.String, ResourceType.Integer, ResourceType.UnsignedInteger, ResourceType.Float, ResourceType.Boolean, ResourceType.Opaque,
        ResourceType.Time, ResourceType.ObjectLink, ResourceType.CoreLink,
    ];

    private static readonly ObjectModelRegistry Models = ObjectModelRegistry.Empty.With(
    [
        Contents.Define(10, [.. Types.Select((t, i) => ((ushort)i, t, false)), .. Types.Select((t, i) => ((ushort)(300 + i), t, true))]),
        Contents.Define(60_000, [.. Types.Select((t, i) => ((ushort)i, t, false)), .. Types.Select((t, i) => ((ushort)(300 + i), t, true))]),
    ]);

    private static readonly ContentContext Context = new(Models, Contents.Now) { AlternatePath = "/alt" };

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(60)]
    [InlineData(110)]
    [InlineData(112)]
    [InlineData(320)]
    [InlineData(322)]
    [InlineData(11542)]
    [InlineData(11543)]
    [InlineData(11544)]
    public void Random_contents_survive(int number)
    {
        ContentFormat format = new((ushort)number);
        Random random = new(number);
        for (int round = 0; round < 2_000; round++)
        {
            (Lwm2mPath path, ResourceEntry[] entries) = MakeContent(random, format);
            ArrayBufferWriter<byte> output = new();
            Assert.True(Lwm2mContent.TryEncode(format, path, entries, Context, output, out string? reason), reason);
            List<ResourceEntry> decoded = [];
            Assert.True(Lwm2mContent.TryDecode(format, output.WrittenSpan, path, Context, decoded, out reason), reason);
            Assert.Equal(entries.Select(Contents.Describe), decoded.Select(Contents.Describe));
        }
    }

    private static (Lwm2mPath Path, ResourceEntry[] Entries) MakeContent(Random random, ContentFormat format)
    {
        if (!Lwm2mContent.HoldsMany(format))
        {
            ushort index = (ushort)(format == ContentFormat.OctetStream ? Array.IndexOf(Types, ResourceType.Opaque) : random.Next(Types.Length));
            Lwm2mPath single = random.Next(2) == 0
                ? new Lwm2mPath(10, (ushort)random.Next(65535), index)
                : new Lwm2mPath(10, 1, (ushort)(300 + index), (ushort)random.Next(65535));
            return (single, [new ResourceEntry(single, MakeValue(random, Types[index], format))]);
        }

        bool isRoot = format != ContentFormat.Lwm2mTlv && random.Next(2) == 0;
        SortedDictionary<Lwm2mPath, ResourceValue> values = [];
        int count = random.Next(1, 12);
        ushort only = random.Next(2) == 0 ? (ushort)10 : (ushort)60_000;
        for (int i = 0; i < count; i++)
        {
            ushort index = (ushort)random.Next(Types.Length);
            ushort objectId = isRoot && random.Next(2) == 0 ? (ushort)60_000 : only;
            ushort instance = (ushort)(random.Next(4) == 0 ? random.Next(65535) : random.Next(3));
            Lwm2mPath path = random.Next(2) == 0
                ? new Lwm2mPath(objectId, instance, index)
                : new Lwm2mPath(objectId, instance, (ushort)(300 + index), (ushort)random.Next(300));
            values[path] = MakeValue(random, Types[index], format);
        }

        bool isTimed = Lwm2mContent.HoldsTimes(format) && random.Next(3) == 0;
        ResourceEntry[] entries =
        [
            .. values.Select(v => new ResourceEntry(v.Key, v.Value, isTimed ? 1_700_000_000 + (random.Next(2) == 0 ? random.Next(-1000, 1000) : random.NextDouble()) : null)),
        ];
        return (isRoot ? Lwm2mPath.Root : new Lwm2mPath(only), entries);
    }

    private static ResourceValue MakeValue(Random random, ResourceType type, ContentFormat format)
    {
        bool isText = format.Value is 0 or 110 or 320 or 11543;
        switch (type)
        {
            case ResourceType.String:
                return ResourceValue.FromString(MakeText(random));
            case ResourceType.CoreLink:
                return ResourceValue.FromCoreLink(MakeText(random));
            case ResourceType.Integer:
                return ResourceValue.FromInteger(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
            case ResourceType.UnsignedInteger:
                return ResourceValue.FromUnsigned((ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
            case ResourceType.Float:
                double number = random.Next(3) switch
                {
                    0 => random.Next(-100, 100),
                    1 => (float)(random.NextDouble() * 1000),
                    _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                };
                return ResourceValue.FromFloat(isText && !double.IsFinite(number) ? 0.5 : double.IsNaN(number) ? double.NaN : number);
            case ResourceType.Boolean:
                return ResourceValue.FromBoolean(random.Next(2) == 0);
            case ResourceType.Opaque:
                byte[] octets = new byte[random.Next(4) == 0 ? random.Next(400) : random.Next(10)];
                random.NextBytes(octets);
                return ResourceValue.FromOpaque(octets);
            case ResourceType.Time:
                long seconds = random.NextInt64(-(1L << 40), 1L << 40) >> random.Next(40);
                return format != ContentFormat.Lwm2mTlv && random.Next(3) == 0 ? ResourceValue.FromTime(seconds + 0.5) : ResourceValue.FromTime(seconds);
            default:
                return ResourceValue.FromObjectLink(new ObjectLink((ushort)random.Next(65536), (ushort)random.Next(65536)));
        }
    }

    private static string MakeText(Random random)
    {
        const string letters = "aZ09 \"\\/<>,;=\n\t\u0001é€中/\ud83d\ude00";
        char[] text = new char[random.Next(20)];
        for (int i = 0; i < text.Length; i++) text[i] = letters[random.Next(letters.Length - 2)];
        return random.Next(4) == 0 ? new string(text) + "\ud83d\ude00" : new string(text);
    }
}
