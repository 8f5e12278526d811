namespace Surety.Dtls;

/// <summary>RFC 5246, 7.4.1.3.</summary>
internal sealed class ServerHello
{
    public ushort Version { get; set; } = ProtocolVersion.Dtls12;

    public byte[] Random { get; set; } = [];

    public byte[] SessionId { get; set; } = [];

    public ushort CipherSuite { get; set; }

    public byte Compression { get; set; }

    public HelloExtensions Extensions { get; set; } = new();

    /// <summary>Reads the body of a message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ServerHello hello)
    {
        var reader = new WireReader(body);
        hello = new ServerHello
        {
            Version = reader.UInt16(),
            Random = reader.Bytes(ClientHello.RandomLength).ToArray(),
            SessionId = reader.Vector8().ToArray(),
            CipherSuite = reader.UInt16(),
            Compression = reader.UInt8(),
        };
        if (!reader.IsValid || hello.SessionId.Length > 32 || !HelloExtensions.TryRead(ref reader, isServer: true, out HelloExtensions extensions))
            return false;
        hello.Extensions = extensions;
        return true;
    }

    public void Write(WireWriter writer)
    {
        writer.UInt16(Version);
        writer.Bytes(Random);
        writer.Vector8(SessionId);
        writer.UInt16(CipherSuite);
        writer.UInt8(Compression);
        Extensions.Write(writer, isServer: true);
    }
}
