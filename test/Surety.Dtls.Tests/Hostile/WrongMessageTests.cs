namespace Surety.Dtls.Tests;

/// <summary>Each message of a handshake is replaced by each other one, once: the peer must notice, or not be touched by it.</summary>
public sealed class WrongMessageTests
{
    private static readonly HandshakeType[] Types = Enum.GetValues<HandshakeType>();

    /// <summary>What a full handshake with certificates sends, without the ClientHellos and what is encrypted.</summary>
    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, bool>();
            foreach (bool psk in new[] { false, true })
            {
                HandshakeType[] sent = psk
                    ? [HandshakeType.ServerHello, HandshakeType.ServerKeyExchange, HandshakeType.ServerHelloDone, HandshakeType.ClientKeyExchange]
                    : [HandshakeType.ServerHello, HandshakeType.Certificate, HandshakeType.ServerKeyExchange, HandshakeType.CertificateRequest, HandshakeType.ServerHelloDone,
                        HandshakeType.ClientKeyExchange, HandshakeType.CertificateVerify];
                foreach (HandshakeType type in sent)
                {
                    foreach (HandshakeType other in Types.Where(other => other != type))
                        cases.Add(type.ToString(), other.ToString(), psk);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_in_the_wrong_state_ends_the_handshake_or_is_ignored(string replaced, string by, bool psk)
    {
        HandshakeType type = Enum.Parse<HandshakeType>(replaced), other = Enum.Parse<HandshakeType>(by);
        var link = new Link();
        Peer server = link.Add(Keys.Server(), DtlsEngineOptions.Default with { MaxDatagram = 16_384 });
        Peer client = link.Add(null, DtlsEngineOptions.Default with { MaxDatagram = 16_384 });
        bool done = false;
        link.Filter = datagram =>
        {
            done = done || Replace(datagram.Bytes, type, other);
            return true;
        };
        client.Engine.Connect(server.Address, psk ? Keys.PskClient() : Keys.Client(), link.Now);
        link.Run(() => client.Failures.Count > 0 || (client.Established.Count > 0 && server.Established.Count > 0), 50_000);
        Assert.True(done);

        // What is not looked at: a Finished that is not encrypted; a hello that goes to the cookie exchange; before the ServerHello, requests
        // for cookies that make no sense and whatever may have overtaken it; HelloRequests, which take a number of their own.
        bool toClient = type is not (HandshakeType.ClientKeyExchange or HandshakeType.CertificateVerify);
        bool ignored = other == HandshakeType.Finished || (other == HandshakeType.ClientHello && !toClient) || type == HandshakeType.ServerHello || other == HandshakeType.HelloRequest;
        if (ignored)
        {
            Assert.All(client.Failures.Concat(server.Failures), failure => Assert.Contains(failure.Alert, new[] { AlertDescription.UnexpectedMessage, AlertDescription.DecodeError }));
            return;
        }

        HandshakeFailure failure = Assert.Single(toClient ? client.Failures : server.Failures);
        Assert.Contains(failure.Alert, new[] { AlertDescription.UnexpectedMessage, AlertDescription.DecodeError });
        Assert.Empty(server.Established);
        Assert.Empty(client.Established);
        // The other side is told.
        link.Settle();
        Assert.Equal(failure.Alert, Assert.Single(toClient ? server.Failures : client.Failures).Alert);
    }

    /// <summary>Gives the first whole message of a type another type.</summary>
    private static bool Replace(byte[] datagram, HandshakeType type, HandshakeType by)
    {
        for (int at = 0; RecordHeader.TryRead(datagram.AsSpan(at), 8, out RecordHeader header); at += header.HeaderLength + header.Length)
        {
            if (header is not { Type: ContentType.Handshake, Epoch: 0 } || datagram[at + RecordHeader.Size] != (byte)type)
                continue;
            datagram[at + RecordHeader.Size] = (byte)by;
            return true;
        }

        return false;
    }
}
