namespace Surety.Coap.Tests.Tcp;

/// <summary>Hostile bytes of many kinds, the same ones each time: nothing throws, nothing grows, and the protocol's own error is the answer.</summary>
public sealed class TcpMutationTests
{
    private const int MaxMessage = 70_000;

    private static readonly byte[][] Seeds =
    [
        [0x00, 0xE1],
        Convert.FromHexString("70e12310040020" + "2140"),
        Convert.FromHexString("60e124ffffffff20"),
        Convert.FromHexString("01e242"),
        Convert.FromHexString("11e24220"),
        Convert.FromHexString("00e3"),
        TcpSessionHarness.Get("01", "/hello"),
        TcpSessionHarness.Get("0102030405060708", "/later"),
        TcpSessionHarness.Get("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf", "/large?a=b&c"),
        TcpSessionHarness.Message(CoapCode.Put, "02", o => o.Add(CoapOptionNumber.UriPath, "store").Add(CoapOptionNumber.ContentFormat, 42u), ScriptedHandler.Body(300)),
        TcpSessionHarness.Message(CoapCode.Put, "02", o => o.Add(CoapOptionNumber.UriPath, "store").Add(CoapOptionNumber.Block1, 0x0Fu), ScriptedHandler.Body(2048)),
        TcpSessionHarness.Message(CoapCode.Get, "03", o => o.Add(CoapOptionNumber.UriPath, "large").Add(CoapOptionNumber.Block2, 0x17u)),
        TcpSessionHarness.Message(CoapCode.Content, "77", o => o.Add(CoapOptionNumber.Observe, 5u), "21.5"u8),
        TcpSessionHarness.Message(CoapCode.Release, "", o => o.Add((CoapOptionNumber)2, "a.example").Add((CoapOptionNumber)4, 60u), "bye"u8),
        TcpSessionHarness.Message(CoapCode.Abort, "", null, "bye"u8),
    ];

    [Fact]
    public void Frames_of_any_bytes_are_told_apart()
    {
        for (int seed = 0; seed < 100_000; seed++)
        {
            var random = new Random(seed);
            byte[] input = seed % 2 == 0 ? RandomBytes(random, 40) : Mutate(random, Pick(random));
            CoapTcpFrameStatus status = CoapTcpFrame.TryRead(input, MaxMessage, 64, out int length, out CoapMessage message);
            switch (status)
            {
                case CoapTcpFrameStatus.Message:
                    Assert.True(length <= input.Length && length <= MaxMessage && message.Token.Length <= 64, Say(seed));
                    Assert.True(message.OptionBytes.Length + message.Payload.Length < length, Say(seed));
                    break;
                case CoapTcpFrameStatus.Incomplete:
                    Assert.True(length > input.Length && length <= MaxMessage, Say(seed));
                    break;
            }

            // What is known from a part stays true of the whole.
            for (int part = 0; part < input.Length; part++)
            {
                CoapTcpFrameStatus early = CoapTcpFrame.TryRead(input.AsSpan(0, part), MaxMessage, 64, out int known, out _);
                if (early == CoapTcpFrameStatus.Incomplete)
                    Assert.True(status is CoapTcpFrameStatus.TooLong or CoapTcpFrameStatus.FormatError || known <= length, Say(seed));
                else if (early != CoapTcpFrameStatus.Message)
                    Assert.True(early == status, Say(seed));
            }
        }
    }

    [Fact]
    public void Sessions_survive_any_stream()
    {
        var options = new CoapEndpointOptions { MaxMessageSize = MaxMessage, Tcp = new CoapTcpOptions { MaxOutgoingBacklog = 50_000, MaxDeferredRequests = 5 } };
        int ended = 0;
        for (int seed = 0; seed < 4000; seed++)
        {
            var random = new Random(seed);
            byte[] stream = MakeStream(random);
            try
            {
                var harness = new TcpSessionHarness(options: options) { PeerReads = random.Next(4) > 0 };
                harness.Handler.AcceptsNotifications = random.Next(2) == 0;
                Feed(harness, stream, random);
                Check(harness);
                ended += harness.EndReason is null ? 0 : 1;
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}, stream {Convert.ToHexStringLower(stream)}: {e}");
            }
        }

        // Both kinds of streams were among them.
        Assert.InRange(ended, 500, 3900);
    }

    [Fact]
    public void How_a_stream_is_cut_into_reads_makes_no_difference()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            byte[] stream = MakeStream(new Random(seed));
            var whole = new TcpSessionHarness();
            whole.Receive(stream);
            var pieces = new TcpSessionHarness();
            foreach (byte b in stream)
                pieces.Receive([b]);
            Assert.True(whole.EndReason == pieces.EndReason, Say(seed));
            Assert.True(whole.TakeSentBytes().AsSpan().SequenceEqual(pieces.TakeSentBytes()), Say(seed));
            Assert.True(whole.Handler.Requests.SequenceEqual(pieces.Handler.Requests), Say(seed));
        }
    }

    private static void Feed(TcpSessionHarness harness, byte[] stream, Random random)
    {
        for (int position = 0; position < stream.Length;)
        {
            int count = Math.Min(random.Next(1, 2000), stream.Length - position);
            harness.Receive(stream.AsSpan(position, count));
            position += count;
            if (random.Next(5) == 0 && harness.Handler.Deferred.Count > 0)
                harness.Handler.Deferred[random.Next(harness.Handler.Deferred.Count)].Complete(new CoapResponse(CoapCode.Content));
            if (random.Next(10) == 0)
                harness.Send(new RecordingMessage(CoapCode.Get));
            harness.Settle();
            Assert.InRange(harness.Session.Output.Length, 0, 50_000 + MaxMessage);
        }

        harness.PeerReads = true;
        harness.Do((session, _) => session.Owner.Flush());
        harness.Settle();
    }

    /// <summary>Everything sent is well formed, and a session that ended for the peer's fault has said so last.</summary>
    private static void Check(TcpSessionHarness harness)
    {
        List<string> sent = harness.TakeSent();
        Assert.StartsWith("7.01", sent[0], StringComparison.Ordinal);
        Assert.All(sent.SkipLast(1), message => Assert.False(message.StartsWith("7.05", StringComparison.Ordinal)));
        bool byPeer = harness.EndReason is null || harness.EndReason.StartsWith("the peer", StringComparison.Ordinal);
        Assert.Equal(!byPeer, sent[^1].StartsWith("7.05", StringComparison.Ordinal));
        if (harness.EndReason is null)
            Assert.True(harness.Untaken < MaxMessage);
        else
            Assert.Equal(0, harness.Engine.ExchangesInUse);
    }

    private static byte[] MakeStream(Random random)
    {
        List<byte> stream = [];
        if (random.Next(10) > 0)
            stream.AddRange(Seeds[random.Next(3)]);
        int messages = random.Next(1, 30);
        for (int i = 0; i < messages; i++)
        {
            byte[] message = Pick(random);
            stream.AddRange(random.Next(8) == 0 ? Mutate(random, message) : message);
        }

        return [.. stream];
    }

    /// <summary>Any message, the ones that end a connection less often.</summary>
    private static byte[] Pick(Random random) => Seeds[random.Next(10) == 0 ? random.Next(Seeds.Length) : random.Next(3, Seeds.Length - 2)];

    private static byte[] Mutate(Random random, byte[] message)
    {
        List<byte> bytes = [.. message];
        for (int i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(Math.Min(bytes.Count, random.Next(2) == 0 ? 8 : int.MaxValue));
            switch (random.Next(6))
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
                    bytes.RemoveRange(at, random.Next(bytes.Count - at + 1));
                    break;
                default:
                    bytes.InsertRange(at, RandomBytes(random, 20));
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] RandomBytes(Random random, int most)
    {
        byte[] bytes = new byte[random.Next(most + 1)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Say(int seed) => $"seed {seed}";
}
