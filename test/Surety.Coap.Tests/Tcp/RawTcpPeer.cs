using System.Net;
using System.Net.Sockets;

namespace Surety.Coap.Tests.Tcp;

/// <summary>A peer made of a bare socket, which sends what it is told to and shows the messages it gets.</summary>
internal sealed class RawTcpPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Stream _stream;
    private byte[] _buffer = new byte[4096];
    private int _count;

    public RawTcpPeer(Socket socket, Stream? stream = null)
    {
        Socket = socket;
        _stream = stream ?? new NetworkStream(socket, ownsSocket: true);
    }

    public Socket Socket { get; }

    public static async Task<RawTcpPeer> ConnectAsync(IPEndPoint remote, bool csm = true)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(remote);
        var peer = new RawTcpPeer(socket);
        if (csm)
            await peer.SendAsync([0x00, 0xE1]);
        return peer;
    }

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    /// <summary>The next message as text; null when the connection was closed.</summary>
    public async Task<string?> ReceiveAsync()
    {
        while (true)
        {
            if (TryTake() is { } text)
                return text;
            if (_count == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            int read;
            try
            {
                read = await _stream.ReadAsync(_buffer.AsMemory(_count)).AsTask().WaitAsync(Patience);
            }
            catch (IOException)
            {
                return null;
            }

            if (read == 0)
                return null;
            _count += read;
        }
    }

    public void Dispose() => _stream.Dispose();

    private string? TryTake()
    {
        if (CoapTcpFrame.TryRead(_buffer.AsSpan(0, _count), int.MaxValue, CoapToken.MaxExtendedLength, out int length, out CoapMessage message) != CoapTcpFrameStatus.Message)
            return null;
        string text = TcpSessionHarness.Describe(message);
        _buffer.AsSpan(length, _count - length).CopyTo(_buffer);
        _count -= length;
        return text;
    }
}
