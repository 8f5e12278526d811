using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Surety.Server.Tests.Accounts;

/// <summary>A mail server that takes every mail: RFC 5321, as far as a client needs it, without TLS.</summary>
internal sealed class SmtpPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<string> _mails = Channel.CreateUnbounded<string>();
    private readonly Task _running;

    public SmtpPeer()
    {
        _listener.Start();
        _running = RunAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The next mail: its header and text, as they came.</summary>
    public async Task<string> NextAsync() => await _mails.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 peer ESMTP");
        while (await reader.ReadLineAsync(_stopping.Token) is { } line)
        {
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                var mail = new StringBuilder();
                // RFC 5321, 4.5.2: the text ends with a line of one dot; other dots at the start of a line are doubled.
                while (await reader.ReadLineAsync(_stopping.Token) is { } text && text != ".")
                    mail.AppendLine(text.StartsWith('.') ? text[1..] : text);
                _mails.Writer.TryWrite(mail.ToString());
            }
            else if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("221 bye");
                return;
            }

            await writer.WriteLineAsync("250 ok");
        }
    }
}
