using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Surety.Server.Tests.Notifications;

/// <summary>A client that does what no library would.</summary>
internal sealed class RawSocket(TcpClient client) : IDisposable
{
    public string Answer { get; private set; } = "";

    public static async Task<RawSocket> OpenAsync(Uri address, string handshake)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var socket = new RawSocket(client);
        await socket.SendAsync(Encoding.ASCII.GetBytes(handshake));
        var answer = new StringBuilder();
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            answer.Append((char)(await socket.ReadAsync(1))[0]);
        socket.Answer = answer.ToString();
        return socket;
    }

    public async Task SendAsync(byte[] bytes) => await client.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);

    public async Task<string> ReadTextFrameAsync() => Encoding.UTF8.GetString(await ReadFrameAsync(0x81));

    public async Task<string> ReadPongAsync() => Encoding.UTF8.GetString(await ReadFrameAsync(0x8A));

    public async Task<int> ReadCloseAsync() => BinaryPrimitives.ReadUInt16BigEndian(await ReadFrameAsync(0x88));

    public void Dispose() => client.Dispose();

    /// <summary>The next frame of a kind; others are passed over.</summary>
    private async Task<byte[]> ReadFrameAsync(byte first)
    {
        while (true)
        {
            var header = await ReadAsync(2);
            var length = header[1] switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2)),
                127 => (int)BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(8)),
                var small => small,
            };
            var payload = await ReadAsync(length);
            if (header[0] == first)
                return payload;
        }
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var bytes = new byte[count];
        await client.GetStream().ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }
}
