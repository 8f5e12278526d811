using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>RFC 5246, 7.4.1.2; RFC 6347, 4.2.1.</summary>
internal sealed class ClientHello
{
    public const int RandomLength = 32;
    private const int MaxSessionId = 32;

    public ushort Version { get; set; } = ProtocolVersion.Dtls12;

    public byte[] Random { get; set; } = [];

    public byte[] SessionId { get; set; } = [];

    public byte[] Cookie { get; set; } = [];

    public ushort[] CipherSuites { get; set; } = [];

    public bool AllowsNullCompression { get; set; } = true;

    public HelloExtensions Extensions { get; set; } = new();

    /// <summary>Reads the body of a message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ClientHello hello)
    {
        var reader = new WireReader(body);
        hello = new ClientHello
        {
            Version = reader.UInt16(),
            Random = reader.Bytes(RandomLength).ToArray(),
            SessionId = reader.Vector8().ToArray(),
            Cookie = reader.Vector8().ToArray(),
            CipherSuites = reader.UInt16s(),
            AllowsNullCompression = reader.Vector8().Contains((byte)0),
        };
        if (!reader.IsValid || hello.CipherSuites.Length == 0 || hello.SessionId.Length > MaxSessionId
            || !HelloExtensions.TryRead(ref reader, isServer: false, out HelloExtensions extensions))
            return false;
        hello.Extensions = extensions;
        return true;
    }

    /// <summary>
    /// Finds the cookie of a hello without keeping anything of it, and mixes what it vouches for - version and random - into a MAC (RFC 6347, 4.2.1).
    /// The session id is not among it: mbedTLS 2.28, with a ticket, makes a new one for its second hello. Nor are the suites, which may be in the next
    /// fragment: that they are what the client has sent is proven by its Finished.
    /// </summary>
    /// <param name="body">The body of the message, or the beginning of it.</param>
    /// <param name="cookie">The cookie, empty in a first hello.</param>
    /// <param name="mac">Is given the parameters.</param>
    /// <returns>False when it is no hello.</returns>
    public static bool TryFindCookie(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> cookie, IncrementalHash mac)
    {
        var reader = new WireReader(body);
        reader.Bytes(2 + RandomLength);
        ReadOnlySpan<byte> sessionId = reader.Vector8();
        cookie = reader.Vector8();
        if (!reader.IsValid || sessionId.Length > MaxSessionId)
            return false;
        mac.AppendData(body[..(2 + RandomLength)]);
        return true;
    }

    /// <summary>A message, a ClientHello or its first fragment, has this number and this random.</summary>
    public static bool IsSame(ReadOnlySpan<byte> message, ushort sequence, ReadOnlySpan<byte> random) =>
        HandshakeHeader.TryRead(message, out HandshakeHeader header) && header.Sequence == sequence
        && message.Slice(HandshakeHeader.Size + 2, RandomLength).SequenceEqual(random);

    public void Write(WireWriter writer)
    {
        writer.UInt16(Version);
        writer.Bytes(Random);
        writer.Vector8(SessionId);
        writer.Vector8(Cookie);
        writer.UInt16s(CipherSuites);
        writer.Vector8([0]);
        Extensions.Write(writer, isServer: false);
    }
}
