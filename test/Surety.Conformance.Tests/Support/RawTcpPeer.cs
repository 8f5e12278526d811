using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Surety.Coap;

namespace Surety.Conformance.Tests;

/// <summary>A peer made of a bare socket and the message format of RFC 8323, 3.2.</summary>
internal sealed class RawTcpPeer(Socket socket) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>7.01: Capabilities and Settings.</summary>
    public static readonly CoapCode Csm = new(0xE1);

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    public static async Task<RawTcpPeer> ConnectAsync(IPEndPoint server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server).WaitAsync(Patience);
        return new RawTcpPeer(socket);
    }

    public async Task SendAsync(CoapCode code, string path, byte[] token, ContentFormat? format = null, string payload = "", params string[] location)
    {
        var options = new List<(int Number, byte[] Value)>();
        string[] parts = path.Split('?');
        options.AddRange(location.Select(segment => (8, Encoding.UTF8.GetBytes(segment))));
        options.AddRange(parts[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(segment => (11, Encoding.UTF8.GetBytes(segment))));
        if (format is { } f)
            options.Add((12, [(byte)f.Value]));
        if (parts.Length > 1)
            options.AddRange(parts[1].Split('&').Select(query => (15, Encoding.UTF8.GetBytes(query))));
        var body = new List<byte>();
        int last = 0;
        foreach ((int number, byte[] value) in options)
        {
            // Neither a difference nor a length here needs an extension.
            Assert.InRange(value.Length, 0, 12);
            body.Add((byte)((number - last) << 4 | value.Length));
            body.AddRange(value);
            last = number;
        }

        if (payload.Length > 0)
            body.AddRange([0xFF, .. Encoding.UTF8.GetBytes(payload)]);
        byte[] head = body.Count < 13 ? [(byte)(body.Count << 4 | token.Length)] : [(byte)(13 << 4 | token.Length), (byte)(body.Count - 13)];
        Assert.InRange(body.Count, 0, 268);
        await _stream.WriteAsync((byte[])[.. head, code.Value, .. token, .. body]).AsTask().WaitAsync(Patience);
    }

    public async Task<(CoapCode Code, byte[] Token, CoapOptions Options, string Payload)> ReceiveAsync()
    {
        byte first = (await ReadAsync(1))[0];
        int length = (first >> 4) switch
        {
            13 => (await ReadAsync(1))[0] + 13,
            14 => BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2)) + 269,
            int small => small,
        };
        var code = new CoapCode((await ReadAsync(1))[0]);
        byte[] token = await ReadAsync(first & 0x0F);
        byte[] body = await ReadAsync(length);
        var options = new CoapOptions();
        int number = 0;
        int position = 0;
        while (position < body.Length && body[position] != 0xFF)
        {
            byte head = body[position++];
            number += (head >> 4) == 13 ? body[position++] + 13 : head >> 4;
            int size = (head & 0x0F) == 13 ? body[position++] + 13 : head & 0x0F;
            options.Add((CoapOptionNumber)number, body.AsSpan(position, size).ToArray());
            position += size;
        }

        return (code, token, options, position < body.Length ? Encoding.UTF8.GetString(body[(position + 1)..]) : "");
    }

    public void Dispose() => _stream.Dispose();

    private async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
        return bytes;
    }
}
