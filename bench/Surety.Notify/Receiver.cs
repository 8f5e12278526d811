using System.Buffers.Text;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

/// <summary>An application that takes envelopes, and how long each value was on its way.</summary>
internal sealed class Receiver(Devices devices)
{
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];
    private readonly HashSet<int> _values = [];

    /// <summary>Values that came, each counted once.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _values.Count;
        }
    }

    /// <summary>The times that were measured since the last call, sorted.</summary>
    public double[] TakeTimes()
    {
        lock (_lock)
        {
            double[] times = [.. _milliseconds.Order()];
            _milliseconds.Clear();
            return times;
        }
    }

    /// <summary>Takes an envelope.</summary>
    public void Take(ReadOnlySpan<byte> envelope)
    {
        var now = Stopwatch.GetTimestamp();
        var reader = new Utf8JsonReader(envelope);
        Span<byte> payload = stackalloc byte[32];
        lock (_lock)
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("payload"u8))
                    continue;
                reader.Read();
                if (reader.ValueSpan.Length > 40)
                    continue;
                Base64.DecodeFromUtf8(reader.ValueSpan, payload, out _, out var length);
                if (!Utf8Parser.TryParse(payload[..length], out double number, out var consumed) || consumed != length)
                    continue;
                var value = (int)number;
                if (!_values.Add(value))
                    continue;
                if (devices.SentAt(value) is > 0 and var sent)
                    _milliseconds.Add(Stopwatch.GetElapsedTime(sent, now).TotalMilliseconds);
            }
        }
    }

    /// <summary>A webhook on a port of this machine.</summary>
    /// <returns>Its URL.</returns>
    public async Task<string> ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Take(body.GetBuffer().AsSpan(0, (int)body.Length));
            context.Response.StatusCode = 204;
        });
        await app.StartAsync();
        return app.Urls.Single() + "/hook";
    }

    /// <summary>Reads a websocket to its end.</summary>
    public async Task ReadAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4 * 1024 * 1024];
        var length = 0;
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (result.MessageType == WebSocketMessageType.Close)
                    return;
                length += result.Count;
                if (!result.EndOfMessage)
                    continue;
                Take(buffer.AsSpan(0, length));
                length = 0;
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // The round is over.
        }
    }

    /// <summary>Opens the application's websocket.</summary>
    public static async Task<ClientWebSocket> OpenAsync(Uri server, string key)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        await socket.ConnectAsync(new Uri($"ws://{server.Authority}/v2/notification/websocket-connect"), CancellationToken.None);
        return socket;
    }
}
