using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Blockwise;

/// <summary>The message flows of RFC 7959, 3: our server, with each message as the figures show it.</summary>
public sealed class ServerExampleTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly List<byte[]> _received = [];
    private readonly byte[] _body = Bodies.Make(350);

    // Figure 2: the server proposes a block size of 128.
    [Fact]
    public void Figure_2_simple_get() => Download(
        128,
        ("", "0/1/128"),
        ("1/0/128", "1/1/128"),
        ("2/0/128", "2/0/128"));

    [Fact]
    public void Figure_3_get_with_early_negotiation() => Download(
        1024,
        ("0/0/64", "0/1/64"),
        ("1/0/64", "1/1/64"),
        ("2/0/64", "2/1/64"),
        ("3/0/64", "3/1/64"),
        ("4/0/64", "4/1/64"),
        ("5/0/64", "5/0/64"));

    [Fact]
    public void Figure_4_get_with_late_negotiation() => Download(
        128,
        ("", "0/1/128"),
        ("2/0/64", "2/1/64"),
        ("3/0/64", "3/1/64"),
        ("4/0/64", "4/1/64"),
        ("5/0/64", "5/0/64"));

    [Fact]
    public void Figure_6_a_block_whose_acknowledgement_was_lost_is_given_again()
    {
        (SimulatedEndpoint server, RawPeer client) = Add(128);
        client.Exchange(server, Bodies.Message(CoapCode.Get, 1234, "/body"));
        WireMessage request = Bodies.Message(CoapCode.Get, 1235, "/body", block2: Bodies.Block("2/0/64"));
        WireMessage lost = client.Exchange(server, request);
        Assert.Equal(Bodies.Block("2/1/64"), lost.Block2);
        Assert.Equal(lost.ToBytes(), client.Exchange(server, request).ToBytes());
    }

    [Fact]
    public void Figure_7_simple_atomic_put() => Upload(
        1024,
        ("0/1/128", "2.31", "0/1/128"),
        ("1/1/128", "2.31", "1/1/128"),
        ("2/0/128", "2.04", "2/0/128"));

    [Fact]
    public void Figure_9_atomic_put_with_negotiation()
    {
        (SimulatedEndpoint server, RawPeer client) = Add(32);
        byte[] body = _body[..220];
        (string Request, string Code, string Response)[] flow =
        [
            ("0/1/128", "2.31", "0/1/32"),
            ("4/1/32", "2.31", "4/1/32"),
            ("5/1/32", "2.31", "5/1/32"),
            ("6/0/32", "2.04", "6/0/32"),
        ];
        foreach ((string request, string code, string response) in flow)
        {
            BlockValue block = Bodies.Block(request);
            WireMessage answer = client.Exchange(
                server, Bodies.Message(CoapCode.Put, client.NextMessageId(), "/body", block1: block, payload: body.AsSpan((int)block.Offset, Math.Min(block.Size, body.Length - (int)block.Offset))));
            Assert.Equal((code, Bodies.Block(response)), (answer.Code.ToString(), answer.Block1!.Value));
        }

        Assert.Equal(body, Assert.Single(_received));
    }

    [Fact]
    public void Figure_10_post_with_a_response_in_blocks() => Soap(
        128,
        ("0/1/128", "", "2.31", "0/1/128", ""),
        ("1/1/128", "", "2.31", "1/1/128", ""),
        ("2/0/128", "", "2.04", "2/0/128", "0/1/128"),
        ("", "1/0/128", "2.04", "", "1/1/128"),
        ("", "2/0/128", "2.04", "", "2/0/128"));

    [Fact]
    public void Figure_11_post_with_a_response_in_blocks_and_early_negotiation() => Soap(
        128,
        ("0/1/128", "", "2.31", "0/1/128", ""),
        ("1/1/128", "", "2.31", "1/1/128", ""),
        ("2/0/128", "0/0/64", "2.04", "2/0/128", "0/1/64"),
        ("", "1/0/64", "2.04", "", "1/1/64"),
        ("", "2/0/64", "2.04", "", "2/1/64"),
        ("", "3/0/64", "2.04", "", "3/1/64"),
        ("", "4/0/64", "2.04", "", "4/1/64"),
        ("", "5/0/64", "2.04", "", "5/0/64"));

    // The client of figure 10 may negotiate late as well, as its note says.
    [Fact]
    public void Figure_10_with_late_negotiation() => Soap(
        128,
        ("0/1/128", "", "2.31", "0/1/128", ""),
        ("1/1/128", "", "2.31", "1/1/128", ""),
        ("2/0/128", "", "2.04", "2/0/128", "0/1/128"),
        ("", "2/0/64", "2.04", "", "2/1/64"),
        ("", "3/0/64", "2.04", "", "3/1/64"),
        ("", "4/0/64", "2.04", "", "4/1/64"),
        ("", "5/0/64", "2.04", "", "5/0/64"));

    private void Download(int serverBlockSize, params (string Request, string Response)[] flow)
    {
        (SimulatedEndpoint server, RawPeer client) = Add(serverBlockSize);
        var body = new List<byte>();
        string? etag = null;
        foreach ((string request, string response) in flow)
        {
            WireMessage answer = client.Exchange(
                server, Bodies.Message(CoapCode.Get, client.NextMessageId(), "/body", block2: request.Length > 0 ? Bodies.Block(request) : null));
            BlockValue block = Bodies.Block(response);
            Assert.Equal((MessageType.Acknowledgement, CoapCode.Content), (answer.Type, answer.Code));
            Assert.Equal(block, answer.Block2);
            Assert.Equal(Math.Min(block.Size, _body.Length - (int)block.Offset), answer.Payload.Length);
            Assert.Equal(block.Offset, body.Count);
            body.AddRange(answer.Payload);
            Assert.True(answer.Options.TryGet(CoapOptionNumber.ETag, out ReadOnlyMemory<byte> tag));
            Assert.Equal(etag ??= Hex.Digits(tag.Span), Hex.Digits(tag.Span));
        }

        Assert.Equal(_body, body);
    }

    private void Upload(int serverBlockSize, params (string Request, string Code, string Response)[] flow)
    {
        (SimulatedEndpoint server, RawPeer client) = Add(serverBlockSize);
        foreach ((string request, string code, string response) in flow)
        {
            BlockValue block = Bodies.Block(request);
            WireMessage answer = client.Exchange(
                server, Bodies.Message(CoapCode.Put, client.NextMessageId(), "/body", block1: block, payload: _body.AsSpan((int)block.Offset, Math.Min(block.Size, _body.Length - (int)block.Offset))));
            Assert.Equal((code, Bodies.Block(response)), (answer.Code.ToString(), answer.Block1!.Value));
            Assert.Null(answer.Block2);
        }

        Assert.Equal(_body, Assert.Single(_received));
    }

    private void Soap(int serverBlockSize, params (string Block1, string Block2, string Code, string AnsweredBlock1, string AnsweredBlock2)[] flow)
    {
        (SimulatedEndpoint server, RawPeer client) = Add(serverBlockSize);
        var body = new List<byte>();
        foreach ((string block1, string block2, string code, string answered1, string answered2) in flow)
        {
            BlockValue? b1 = block1.Length > 0 ? Bodies.Block(block1) : null;
            ReadOnlySpan<byte> payload = b1 is { } b ? _body.AsSpan((int)b.Offset, Math.Min(b.Size, _body.Length - (int)b.Offset)) : default;
            WireMessage answer = client.Exchange(
                server, Bodies.Message(CoapCode.Post, client.NextMessageId(), "/body", block1: b1, block2: block2.Length > 0 ? Bodies.Block(block2) : null, payload));
            Assert.Equal(code, answer.Code.ToString());
            Assert.Equal(answered1, answer.Block1?.ToString() ?? "");
            Assert.Equal(answered2, answer.Block2?.ToString() ?? "");
            if (answer.Block2 is { } block)
                Assert.Equal(block.Offset, body.Count);
            body.AddRange(answer.Payload);
        }

        Assert.Equal(_body, body);
        Assert.Equal(_body, Assert.Single(_received));
    }

    private (SimulatedEndpoint Server, RawPeer Client) Add(int blockSize) =>
        (_network.Add(Bodies.Serve(_body, _received), new CoapEndpointOptions { MaxBlockSize = blockSize }), _network.AddRaw());
}
