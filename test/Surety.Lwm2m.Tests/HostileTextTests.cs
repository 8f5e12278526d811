using System.Text;

namespace Surety.Lwm2m.Tests;

/// <summary>Hostile text: object lists, Discover results, queries and definitions, mutated.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] Seeds =
    [
        "</>;rt=\"oma.lwm2m\";ct=\"110 112\",</1/0>;ver=1.1,</3>;ver=\"1.2\";x=\"a\\\"b\",</3/0>, </31024/10>",
        "</lwm2m>;rt=\"oma.lwm2m\",</lwm2m/1/0>,</lwm2m/5>",
        "</3/0>;pmin=10;pmax=60, </3/0/7>;dim=2;gt=50;lt=42.2, </3/0/7/1>;lt=45;edge=1;con=0;hqmax=5",
        "lwm2m=1.0,</0/0>;ssid=101;uri=\"coaps://s1\",</0/1/>",
    ];

    [Fact]
    public void Object_lists_and_discover_results_never_throw_and_their_work_is_bounded()
    {
        Random random = new(11);
        int lists = 0;
        int results = 0;
        for (int round = 0; round < 60_000; round++)
        {
            byte[] payload = Mutate(random, Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]));
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool isList = RegistrationLinks.TryParse(payload, out RegistrationLinks? links, out string? reasonOfList);
            bool isResult = DiscoverResult.TryParse(payload, "/lwm2m", out DiscoverResult? result, out string? reasonOfResult);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000 + (200 * payload.Length));
            Assert.Equal((isList, isList), (links is not null, reasonOfList is null));
            Assert.Equal((isResult, isResult), (result is not null, reasonOfResult is null));
            if (isList) lists++;
            if (isResult) results++;
            foreach (Lwm2mPath path in links is null ? default : links.Paths) Assert.True(links!.Contains(path) && path.Level is 1 or 2);
        }

        Assert.InRange(lists, 5_000, 55_000);
        Assert.InRange(results, 5_000, 55_000);
    }

    [Fact]
    public void Queries_never_throw()
    {
        Random random = new(12);
        string[] seeds = ["pmin=10", "gt=-2.5e3", "lt", "edge=1", "ep=node", "lt=86400", "lwm2m=1.2", "b=UQS", "Q", "pid=\"6:12,oma:x\"", "sms=1"];
        for (int round = 0; round < 60_000; round++)
        {
            string[] queries = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Encoding.UTF8.GetString(Mutate(random, Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]))))];
            bool isChange = AttributeChange.TryParse(queries, out AttributeChange change, out string? reason);
            Assert.Equal(isChange, reason is null);
            if (isChange)
            {
                Assert.True(AttributeChange.TryParse(change.ToQueries(), out AttributeChange again, out _));
                Assert.Equal(change, again);
            }

            Assert.Equal(RegistrationParameters.TryParse(queries, out _, out reason), reason is null);
        }
    }

    [Fact]
    public void Paths_and_links_to_objects_that_are_accepted_are_written_as_they_were()
    {
        Random random = new(13);
        for (int round = 0; round < 100_000; round++)
        {
            byte[] text = Mutate(random, round % 2 == 0 ? "/3303/0/5700/12"u8.ToArray() : "65535:12"u8.ToArray());
            if (Lwm2mPath.TryParse(text, out Lwm2mPath path)) Assert.Equal(Encoding.UTF8.GetString(text), path.ToString());
            if (ObjectLink.TryParse(text, out ObjectLink link)) Assert.Equal(Encoding.UTF8.GetString(text), link.ToString());
        }
    }

    [Fact]
    public void Definitions_never_throw()
    {
        byte[] seed = Encoding.UTF8.GetBytes(
            "<LWM2M><Object><Name>A</Name><ObjectID>5</ObjectID><ObjectVersion>1.1</ObjectVersion><Resources><Item ID=\"1\"><Name>B</Name>"
            + "<Operations>RW</Operations><Type>Integer</Type></Item></Resources></Object></LWM2M>");
        Random random = new(14);
        List<ObjectModel> models = [];
        for (int round = 0; round < 3_000; round++)
        {
            using MemoryStream stream = new(Mutate(random, seed));
            bool isRead = Lwm2mObjectXml.TryRead(stream, "a.xml", models, out string? reason);
            Assert.Equal(isRead, reason is null);
        }
    }

    private static byte[] Mutate(Random random, byte[] seed)
    {
        List<byte> bytes = [.. seed];
        for (int i = random.Next(3); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, "<>;,=\"\\/ 0"u8[random.Next(10)]);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at));
                    break;
            }
        }

        return [.. bytes];
    }
}
