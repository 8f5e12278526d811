using System.Globalization;
using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>
/// The client's side of one connection, message by message, with its peculiarities: blocks of 512 bytes, the "empty" acknowledgement with a
/// Content-Format, responses apart from it. Each message of the server must fit the client's buffer.
/// </summary>
internal sealed class PelionConversation(IPelionConnection connection) : IAsyncDisposable
{
    /// <summary>The client's receive buffer, bytes, and its largest block (pelion-clients, 4.3).</summary>
    public const int BufferSize = 1152, BlockSize = 512;

    private const int SizeExponent = 5;

    private readonly Queue<WireMessage> _requests = [];
    private readonly HashSet<ushort> _seen = [];
    private ushort _messageId = 31_096;
    private uint _token = 0x20e5_21c0;

    public bool IsReliable => connection.IsReliable;

    /// <summary>Sends a request, in blocks where it is longer than one, and gives the whole response.</summary>
    public async Task<WireMessage> CallAsync(CoapCode method, string path, byte[]? payload = null, uint? format = null, bool wantsBlocks = false)
    {
        payload ??= [];
        byte[] token = BitConverter.GetBytes(_token++);
        WireMessage answer = null!;
        for (int offset = 0, number = 0; offset == 0 || offset < payload.Length; offset += BlockSize, number++)
        {
            bool isLast = offset + BlockSize >= payload.Length;
            var request = new WireMessage(MessageType.Confirmable, method, _messageId++)
            {
                Token = token,
                Path = path,
                Payload = payload[offset..Math.Min(offset + BlockSize, payload.Length)],
            };
            request.Options.Set(CoapOptionNumber.ContentFormat, format).Add(CoapOptionNumber.MaxAge, 0u);
            if (wantsBlocks)
                request.Options.Add(CoapOptionNumber.Block2, new BlockValue(0, false, SizeExponent).ToUInt());
            if (payload.Length > BlockSize)
                request.Options.Add(CoapOptionNumber.Block1, new BlockValue((uint)number, !isLast, SizeExponent).ToUInt());
            if (payload.Length > BlockSize && number == 0)
                request.Options.Add(CoapOptionNumber.Size1, (uint)payload.Length);
            answer = await ExchangeAsync(request);
            if (payload.Length <= BlockSize)
                break;
            Assert.Equal(isLast, answer.Code != CoapCode.Continue);
            Assert.Equal(new BlockValue((uint)number, !isLast, SizeExponent), answer.Block1);
        }

        return answer.Block2 is { More: true } ? await CollectAsync(method, path, answer, token) : answer;
    }

    /// <summary>Sends a request of one block, and waits for nothing.</summary>
    public Task BeginAsync(CoapCode method, string path, byte[] payload)
    {
        Assert.InRange(payload.Length, 0, BlockSize);
        var request = new WireMessage(MessageType.Confirmable, method, _messageId++) { Token = BitConverter.GetBytes(_token++), Path = path, Payload = payload };
        request.Options.Add(CoapOptionNumber.ContentFormat, 0u).Add(CoapOptionNumber.MaxAge, 0u);
        return connection.SendAsync(request.ToBytes());
    }

    /// <summary>The next request of the server; its pieces joined, each but the last answered 2.31.</summary>
    public async Task<WireMessage> TakeAsync(CoapCode method, string path)
    {
        var body = new List<byte>();
        byte[]? token = null;
        while (true)
        {
            while (_requests.Count == 0)
                await ReadAsync(null);
            WireMessage request = _requests.Dequeue();
            Assert.Equal((MessageType.Confirmable, method, path), (request.Type, request.Code, request.UriPath));
            // Pieces of one request keep the token (pelion-clients, 4.4).
            token ??= request.Token;
            Assert.Equal(token, request.Token);
            body.AddRange(request.Payload);
            if (request.Block1 is { } block)
                Assert.True(block.Size <= BlockSize && block.Offset + request.Payload.Length == body.Count, block.ToString());
            else
                Assert.True(request.Payload.Length <= BlockSize, request.ToString());
            if (request.Block1 is not { More: true } piece)
                return new WireMessage(request.Type, request.Code, request.MessageId) { Token = request.Token, Options = request.Options, Payload = [.. body] };
            await AnswerAsync(request, CoapCode.Continue, options => options.Add(CoapOptionNumber.Block1, piece.ToUInt()));
        }
    }

    /// <summary>Answers in the acknowledgement.</summary>
    public Task AnswerAsync(WireMessage request, CoapCode code, Action<CoapOptions>? options = null, string payload = "")
    {
        var answer = new WireMessage(MessageType.Acknowledgement, code, request.MessageId) { Token = request.Token, Payload = Encoding.UTF8.GetBytes(payload) };
        if (code != CoapCode.Continue && request.Block1 is { } last)
            answer.Options.Add(CoapOptionNumber.Block1, last.ToUInt());
        options?.Invoke(answer.Options);
        return connection.SendAsync(answer.ToBytes());
    }

    /// <summary>Acknowledges as the client does what takes time: Empty, and yet with a Content-Format (pelion-clients, 4.4).</summary>
    public Task PostponeAsync(WireMessage request) => connection.SendAsync([0x60, 0x00, (byte)(request.MessageId >> 8), (byte)request.MessageId, 0xc0]);

    /// <summary>The response to what was postponed; the server must acknowledge it.</summary>
    public Task RespondAsync(WireMessage request, string payload = "")
    {
        var response = new WireMessage(MessageType.Confirmable, CoapCode.Changed, _messageId++) { Token = request.Token, Payload = Encoding.UTF8.GetBytes(payload) };
        response.Options.Add(CoapOptionNumber.ContentFormat, 0u);
        return ConfirmAsync(response);
    }

    /// <summary>Reports a value under the token of the link, without having been asked; the server must acknowledge it.</summary>
    public Task NotifyAsync(ushort token, uint sequence, string value)
    {
        var notification = new WireMessage(MessageType.Confirmable, CoapCode.Content, _messageId++) { Token = [(byte)(token >> 8), (byte)token], Payload = Encoding.UTF8.GetBytes(value) };
        notification.Options.Add(CoapOptionNumber.Observe, sequence);
        notification.Options.Add(CoapOptionNumber.ContentFormat, 0u).Add(CoapOptionNumber.MaxAge, 0u);
        return ConfirmAsync(notification);
    }

    /// <summary>The client's sign of life over TLS: an empty Confirmable, which is answered by a Reset (RFC 7252, 4.3).</summary>
    public async Task PingAsync()
    {
        ushort id = _messageId++;
        await connection.SendAsync(new WireMessage(MessageType.Confirmable, CoapCode.Empty, id).ToBytes());
        Assert.Equal(MessageType.Reset, (await ReadAsync(id)).Type);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task ConfirmAsync(WireMessage message)
    {
        await connection.SendAsync(message.ToBytes());
        WireMessage acknowledgement = await ReadAsync(message.MessageId);
        Assert.Equal((MessageType.Acknowledgement, CoapCode.Empty), (acknowledgement.Type, acknowledgement.Code));
        Assert.Empty(acknowledgement.Token);
    }

    private async Task<WireMessage> ExchangeAsync(WireMessage request)
    {
        await connection.SendAsync(request.ToBytes());
        WireMessage answer = await ReadAsync(request.MessageId);
        Assert.Equal(MessageType.Acknowledgement, answer.Type);
        if (answer.Code.IsEmpty)
        {
            // The response comes by itself, and is acknowledged (RFC 7252, 5.2.2).
            answer = await ReadAsync(null, request.Token);
            await connection.SendAsync(new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, answer.MessageId).ToBytes());
        }

        Assert.Equal(request.Token, answer.Token);
        Assert.True(answer.Payload.Length <= BlockSize && answer.Block2 is null or { Size: <= BlockSize }, answer.ToString());
        return answer;
    }

    private async Task<WireMessage> CollectAsync(CoapCode method, string path, WireMessage first, byte[] token)
    {
        // The client finds its request by the Message ID, and asks for the rest with path and token alone.
        Assert.Equal(MessageType.Acknowledgement, first.Type);
        var body = new List<byte>(first.Payload);
        WireMessage answer = first;
        for (uint number = 1; answer.Block2 is { More: true }; number++)
        {
            var request = new WireMessage(MessageType.Confirmable, method, _messageId++) { Token = token, Path = path };
            request.Options.Add(CoapOptionNumber.Block2, new BlockValue(number, false, SizeExponent).ToUInt());
            answer = await ExchangeAsync(request);
            Assert.True(answer.Block2?.Number == number, answer.ToString());
            body.AddRange(answer.Payload);
        }

        return new WireMessage(answer.Type, answer.Code, answer.MessageId) { Token = token, Options = first.Options, Payload = [.. body] };
    }

    /// <summary>Reads until the acknowledgement or Reset of a message, or the response of a token, is there. Requests wait for their turn; without both, one is enough.</summary>
    private async Task<WireMessage> ReadAsync(ushort? messageId, byte[]? token = null)
    {
        while (true)
        {
            byte[] bytes = await connection.ReceiveAsync();
            Assert.True(bytes.Length <= BufferSize, string.Create(CultureInfo.InvariantCulture, $"a message of {bytes.Length} bytes"));
            WireMessage message = WireMessage.Parse(bytes);
            if (message.Code.IsRequest)
            {
                // Over DTLS the server repeats what a slow test has not acknowledged yet.
                if (!_seen.Add(message.MessageId))
                    continue;
                _requests.Enqueue(message);
                if (messageId is null && token is null)
                    return message;
            }
            else if (message.Type is MessageType.Acknowledgement or MessageType.Reset ? message.MessageId == messageId : token is not null && message.Token.AsSpan().SequenceEqual(token))
            {
                return message;
            }
        }
    }
}
