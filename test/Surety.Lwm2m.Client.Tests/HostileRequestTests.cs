using System.Buffers;
using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>Whatever a server sends: an answer of the specification comes, and what was refused has changed nothing.</summary>
public sealed class HostileRequestTests
{
    private static readonly CoapCode[] Methods = [CoapCode.Get, CoapCode.Put, CoapCode.Post, CoapCode.Delete, CoapCode.Fetch, CoapCode.IPatch, CoapCode.Patch];

    private static readonly ushort[] Formats = [0, 40, 42, 60, 110, 112, 320, 322, 11542, 11543, 11544, 1542, 65535];

    private static readonly string[] Queries = ["pmin=1", "pmax", "gt=5", "lt=99", "st=-1", "depth=2", "depth=9", "edge=1", "con=1", "=", "&", "pmin=99999999999"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_request_gets_an_answer(int seed)
    {
        var random = new Random(seed);
        var world = new World(seed);
        var server = new ScriptedServer(world);
        var device = new TestDevice(world, server, o => o with { Version = Lwm2mVersion.V12 });
        device.Client.Objects.Add(new ObjectInstance(16) { [0, 0] = "a" });
        device.Client.Objects.Add(new ObjectInstance(3306) { [5850] = false, [5851] = 10 });
        device.Client.Objects.Add(new Lwm2mObject(3311) { AllowsCreate = true, AllowsDelete = true });
        device.Start();
        byte[][] corpus = Corpus();
        Lwm2mPath[] paths = [.. new[] { "/", "/1", "/1/0", "/1/0/1", "/3/0", "/3/0/11", "/3/0/11/0", "/16/0/0", "/16/0/0/0", "/3306/0/5850", "/3311", "/3311/1/5850", "/0/0", "/9" }.Select(path => Lwm2mPath.Parse(path))];

        for (int i = 0; i < 20_000; i++)
        {
            // Registration and connection are the engine's; these would end them.
            Lwm2mPath path = paths[random.Next(paths.Length)];
            var request = new OperationRequest
            {
                Method = Methods[random.Next(Methods.Length)],
                Path = random.Next(50) == 0 ? null : path,
                ContentFormat = random.Next(4) == 0 ? null : new ContentFormat(Formats[random.Next(Formats.Length)]),
                Accept = random.Next(2) == 0 ? null : new ContentFormat(Formats[random.Next(Formats.Length)]),
                Observe = random.Next(3) - 1 is var observe && observe < 0 ? null : observe,
                Token = new CoapToken([(byte)random.Next(4)]),
                Queries = random.Next(3) == 0 ? [Queries[random.Next(Queries.Length)], Queries[random.Next(Queries.Length)]] : [],
                Payload = Mutate(corpus[random.Next(corpus.Length)], random),
            };

            OperationResponse response;
            using (device.Client.Objects.Gate.EnterScope())
                response = device.Client.Management.Serve(device.Session, request);

            Assert.True(response.Code.IsSuccess || response.Code.Class == 4, $"{request} {response.Code} {response.Diagnostic}");
            Assert.Equal(response.Code.Class == 4, response.Diagnostic is not null);
        }

        world.Run(100);
        Assert.Equal(1, device.Session.Server.ShortServerId);
    }

    private static byte[][] Corpus()
    {
        ResourceEntry[] entries =
        [
            new(Lwm2mPath.Parse("/3306/0/5850"), true), new(Lwm2mPath.Parse("/3306/0/5851"), 5), new(Lwm2mPath.Parse("/16/0/0/0"), "x"), new(Lwm2mPath.Parse("/16/0/0/1"), "y"),
            new(Lwm2mPath.Parse("/1/0/1"), 60), new(Lwm2mPath.Parse("/3311/2/5850"), true),
        ];
        var corpus = new List<byte[]> { Array.Empty<byte>(), "1"u8.ToArray(), "0='a',1"u8.ToArray(), Convert.FromHexString("C10265C20303F2C20507D0C10601C10755") };
        foreach (ushort format in Formats)
        {
            foreach ((string root, int from, int count) in new[] { ("/", 0, 6), ("/3306/0", 0, 2), ("/16/0/0", 2, 2), ("/3311", 5, 1) })
            {
                var buffer = new ArrayBufferWriter<byte>();
                if (Lwm2mContent.TryEncode(new ContentFormat(format), Lwm2mPath.Parse(root), entries.AsSpan(from, count), default, buffer, out _))
                    corpus.Add(buffer.WrittenSpan.ToArray());
            }

            var paths = new ArrayBufferWriter<byte>();
            if (Lwm2mContent.TryEncodePaths(new ContentFormat(format), [Lwm2mPath.Parse("/3/0"), Lwm2mPath.Parse("/16"), Lwm2mPath.Parse("/3306/0/5850")], default, paths, out _))
                corpus.Add(paths.WrittenSpan.ToArray());
        }

        return [.. corpus];
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        byte[] result = [.. bytes];
        for (int i = random.Next(3); i > 0 && result.Length > 0; i--)
        {
            switch (random.Next(3))
            {
                case 0:
                    result[random.Next(result.Length)] = (byte)random.Next(256);
                    break;
                case 1:
                    result = result[..random.Next(result.Length + 1)];
                    break;
                default:
                    int at = random.Next(result.Length);
                    result = [.. result[..at], (byte)random.Next(256), .. result[at..]];
                    break;
            }
        }

        return result;
    }
}
