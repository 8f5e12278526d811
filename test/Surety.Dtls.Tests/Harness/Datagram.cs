namespace Surety.Dtls.Tests;

internal sealed record Datagram(PeerAddress From, PeerAddress To, byte[] Bytes, long Due = 0);
