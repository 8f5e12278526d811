using System.Net;
using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>
/// A discovery with a query: the input's first line is the query of the request, the others are resources with their attributes. The
/// answer is a document in link format, whatever the query.
/// </summary>
internal sealed class LinkFilterTarget : FuzzTarget
{
    public override string Name => "link-filter";

    public override int MaxLength => 600;

    public override long MaxAllocation => 64 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "rt=", "href=/", "*", "if=sensor", "\n", ";", "\"", ";rt=\"a b\"", ";ct=40", ";obs", "=", "&", "\\\"" }.Select(Encoding.UTF8.GetBytes)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        string[] lines = Encoding.UTF8.GetString(input).Split('\n');
        var router = new CoapRouter();
        foreach (string line in lines[1..])
        {
            int semicolon = line.IndexOf(';', StringComparison.Ordinal);
            CoapResource resource = router.Map(semicolon < 0 ? line : line[..semicolon]);
            // What an application writes there is well formed, or it is its own fault.
            if (semicolon >= 0 && LinkFormat.TryParse(Encoding.UTF8.GetBytes($"</x>{line[semicolon..]}"), out IReadOnlyList<CoreLink>? links, out _) && links.Count == 1)
                resource.LinkAttributes = line[(semicolon + 1)..];
        }

        var network = new SimulatedNetwork();
        SimulatedEndpoint server = network.Add(router, new CoapEndpointOptions { DeduplicationMemory = 64 * 1024 });
        RawPeer client = network.AddRaw();
        var get = new WireMessage(MessageType.Confirmable, CoapCode.Get, 1);
        get.Options.Add(CoapOptionNumber.UriPath, ".well-known").Add(CoapOptionNumber.UriPath, "core");
        foreach (string argument in lines[0].Split('&'))
        {
            if (Encoding.UTF8.GetByteCount(argument) <= 255)
                get.Options.Add(CoapOptionNumber.UriQuery, argument);
        }

        WireMessage answer = client.Exchange(server, get);
        Assert.Equal(CoapCode.Content, answer.Code);
        features.Add(0, answer.Block2 is null ? 0 : 1);
        if (answer.Block2 is null)
        {
            Assert.True(LinkFormat.TryParse(answer.Payload, out IReadOnlyList<CoreLink>? links, out string? reason), reason);
            features.AddAmount(1, links.Count);
            features.AddAmount(2, router.Resources.Count() - 1 - links.Count);
        }

        server.ReceiveMulticast(new IPEndPoint(IPAddress.Loopback, 1), new WireMessage(MessageType.NonConfirmable, CoapCode.Get, 2) { Options = get.Options }.ToBytes());
    }
}
