using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Tcp.Records;

/// <summary>
/// The recorded bootstrap of a genuine client, in lockstep: the device's records go to our endpoint as they were, but for Message ID and
/// token of its answers; what our endpoint sends must carry what the recorded server sent.
/// </summary>
public sealed class PelionRecordingTests
{
    [Fact]
    public async Task The_recorded_bootstrap_runs_to_its_end()
    {
        var handler = new RecordedServer();
        await using TcpCoapEndpoint server = RecordFixture.Open(handler);
        using RecordClient device = await RecordClient.ConnectAsync(server.LocalEndPoint, "dev-ep-0001");
        WireMessage? request = null;
        Task<CoapResponse>? pending = null;
        foreach ((bool fromDevice, string hex) in PelionRecording.Bootstrap)
        {
            byte[] bytes = Convert.FromHexString(hex);
            bool isQuirk = bytes is [0x60, 0x00, _, _, 0xC0];
            WireMessage recorded = WireMessage.Parse(isQuirk ? bytes[..4] : bytes);
            if (fromDevice)
            {
                if (recorded.Code.IsRequest)
                {
                    handler.Expect(recorded);
                    await device.SendAsync(bytes);
                }
                else if (recorded.Code.IsEmpty)
                {
                    await device.SendAsync([0x60, 0x00, (byte)(request!.MessageId >> 8), (byte)request.MessageId, 0xC0]);
                }
                else
                {
                    ushort id = recorded.Type == MessageType.Acknowledgement ? request!.MessageId : recorded.MessageId;
                    await device.SendAsync(new WireMessage(recorded.Type, recorded.Code, id) { Token = request!.Token });
                    Assert.Equal(recorded.Code, (await pending!).Code);
                }

                continue;
            }

            if (recorded.Code.IsRequest)
                pending = handler.Peer!.Value.SendAsync(ToRequest(recorded), TestContext.Current.CancellationToken);
            WireMessage sent = await device.ReceiveAsync();
            Assert.Equal((recorded.Type, recorded.Code), (sent.Type, sent.Code));
            if (recorded.Code.IsRequest)
            {
                Assert.Equal(recorded.UriPath, sent.UriPath);
                Assert.Equal(recorded.Payload, sent.Payload);
                request = sent;
            }
            else
            {
                // An acknowledgement of what the device has sent: its Message ID and, with a response, its token.
                Assert.Equal(recorded.MessageId, sent.MessageId);
                Assert.Equal(recorded.Token, sent.Token);
            }
        }

        Assert.Equal(["0.02 /bs", "0.02 /est/sen"], handler.Requests);
        Assert.Equal(302, handler.LastBody);
    }

    private static CoapRequest ToRequest(WireMessage recorded)
    {
        var request = new CoapRequest(recorded.Code, recorded.UriPath) { Payload = recorded.Payload };
        foreach ((CoapOptionNumber number, ReadOnlyMemory<byte> value) in recorded.Options)
        {
            if (number is CoapOptionNumber.UriQuery or CoapOptionNumber.ContentFormat)
                request.Options.Add(number, value);
        }

        return request;
    }

    private sealed class RecordedServer : ICoapHandler
    {
        public CoapPeer? Peer { get; private set; }

        public List<string> Requests { get; } = [];

        public int LastBody { get; private set; }

        public void Expect(WireMessage request) => Requests.Add($"{request.Code} {request.UriPath}");

        public void OnRequest(ref IncomingRequest request)
        {
            Peer = request.Peer;
            LastBody = request.Payload.Length;
            request.Respond(CoapCode.Changed);
        }

        public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;
    }
}
