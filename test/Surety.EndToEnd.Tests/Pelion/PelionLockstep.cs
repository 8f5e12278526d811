using System.Security.Cryptography;
using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>
/// Plays a recording against a server: the client's messages go out as they were, and the server's next message must do for the client what the
/// recorded one did. Only what must differ is replaced: account, device id and name by others of the same length, the certificate request by one
/// with a key that we have, and in answers to the server its Message IDs and tokens.
/// </summary>
internal sealed class PelionLockstep(PelionServer server, PelionCredentials credentials, bool isReliable) : IAsyncDisposable
{
    private const int SizeExponent = 5;

    private readonly Dictionary<ushort, WireMessage> _byMessageId = [];
    private readonly Dictionary<string, (WireMessage Actual, string? AsyncId)> _byToken = [];
    private readonly HashSet<ushort> _seen = [];
    private IPelionConnection? _connection;
    private PelionAccount? _account;
    private PelionIdentity? _identity;
    private PelionEnrollment? _enrollment;

    public string? DeviceId { get; private set; }

    public async Task PlayAsync(IReadOnlyList<RecordedMessage> recording)
    {
        foreach (RecordedMessage recorded in recording)
        {
            try
            {
                await PlayAsync(recorded);
            }
            catch (Exception e) when (e is Xunit.Sdk.XunitException or IOException)
            {
                throw new Xunit.Sdk.XunitException($"{(recorded.IsFromDevice ? "device" : "server")}: {recorded.What}\n{e.Message}", e);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _enrollment?.Dispose();
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private Task PlayAsync(RecordedMessage recorded)
    {
        if (recorded.Bytes.Length == 0)
            return ConnectAsync();
        WireMessage message = recorded.Parse();
        return recorded.IsFromDevice ? SendAsync(recorded, message) : message.Code.IsRequest ? ExpectRequestAsync(message) : ExpectAnswerAsync(message);
    }

    private async Task ConnectAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        (int port, PelionIdentity identity) = _account is null ? (credentials.Port, credentials.Identity) : (_account.Server.Port, _identity!);
        _connection = isReliable ? await TlsRecords.ConnectAsync(port, identity) : await MbedTlsDatagrams.ConnectAsync(port, identity);
        _byMessageId.Clear();
        _byToken.Clear();
        _seen.Clear();
    }

    private async Task SendAsync(RecordedMessage recorded, WireMessage message)
    {
        byte[] bytes = Replace(recorded.Bytes);
        if (message.Code.IsRequest && message.UriPath.StartsWith("/est/", StringComparison.Ordinal))
        {
            _enrollment = new PelionEnrollment(credentials.EndpointName, credentials.AccountId, DeviceId!);
            bytes = [.. bytes.AsSpan(0, bytes.Length - message.Payload.Length), .. _enrollment.CreateRequest()];
        }
        else if (message.Type == MessageType.Acknowledgement)
        {
            WireMessage actual = _byMessageId[message.MessageId];
            byte[] rest = bytes[(4 + message.Token.Length)..];
            byte[] token = message.Code.IsEmpty ? [] : actual.Token;
            bytes = [(byte)((bytes[0] & 0xf0) | token.Length), bytes[1], (byte)(actual.MessageId >> 8), (byte)actual.MessageId, .. token, .. rest];
            if (actual.Block1 is { } last)
                bytes = WithBlock1(bytes, last);
        }
        else if (!message.Code.IsRequest && _byToken.TryGetValue(Convert.ToHexString(message.Token), out var request))
        {
            bytes = [(byte)((bytes[0] & 0xf0) | request.Actual.Token.Length), .. bytes.AsSpan(1, 3), .. request.Actual.Token, .. bytes.AsSpan(4 + message.Token.Length)];
        }

        await _connection!.SendAsync(bytes);
        if (!message.Code.IsRequest && !message.Code.IsEmpty && _byToken.Remove(Convert.ToHexString(message.Token), out var answered) && answered.AsyncId is { } id)
            await CheckOutcomeAsync(id, message);
    }

    /// <summary>The application gets what the device has answered.</summary>
    private async Task CheckOutcomeAsync(string asyncId, WireMessage answer)
    {
        var response = await server.PullAsync("async-responses", item => item.GetProperty("id").GetString() == asyncId);
        int status = answer.Code == CoapCode.Content || answer.Code == CoapCode.Changed ? 200 : (answer.Code.Class * 100) + answer.Code.Detail;
        Assert.Equal(status, response.GetProperty("status").GetInt32());
        if (answer.Payload.Length > 0)
            Assert.Equal(Convert.ToHexStringLower(answer.Payload), Convert.ToHexStringLower(response.GetProperty("payload").GetBytesFromBase64()));
    }

    private async Task ExpectRequestAsync(WireMessage recorded)
    {
        string path = recorded.UriPath;
        // To the LwM2M server's requests somebody must cause them.
        string? asyncId = _identity is null ? null : await CauseAsync(recorded);
        WireMessage actual = await TakeAsync();
        Assert.Equal((recorded.Type, recorded.Code, path), (actual.Type, actual.Code, actual.UriPath));
        Assert.Equal(Numbers(recorded), Numbers(actual).Where(number => number != CoapOptionNumber.Block1));
        Assert.Equal(recorded.Options.GetUInt(CoapOptionNumber.ContentFormat), actual.Options.GetUInt(CoapOptionNumber.ContentFormat));
        Assert.Equal(recorded.Options.GetUInt(CoapOptionNumber.Observe), actual.Options.GetUInt(CoapOptionNumber.Observe));
        string[] queries = [.. actual.Options.GetStrings(CoapOptionNumber.UriQuery)];
        switch (path)
        {
            case "/0" when recorded.Code == CoapCode.Put:
                _account = PelionAccount.Parse(actual.Payload, credentials.AccountId);
                break;
            case "/3" when recorded.Code == CoapCode.Put:
                // 0/13 in an object instance, Unix time in four bytes, as recorded.
                Assert.Equal(recorded.Payload.Length, actual.Payload.Length);
                Assert.Equal(recorded.Payload[..4], actual.Payload[..4]);
                break;
            case "/bs":
                string iep = Assert.Single(queries);
                Assert.Matches("^iep=[0-9a-f]{32}$", iep);
                DeviceId = iep[4..];
                break;
            default:
                Assert.Equal(Convert.ToHexStringLower(recorded.Payload), Convert.ToHexStringLower(actual.Payload));
                Assert.Empty(queries);
                break;
        }

        _byMessageId[recorded.MessageId] = actual;
        _byToken[Convert.ToHexString(recorded.Token)] = (actual, asyncId);
    }

    /// <summary>Asks over REST for what the recorded server did.</summary>
    private async Task<string> CauseAsync(WireMessage recorded)
    {
        if (recorded.Options.Contains(CoapOptionNumber.Observe))
            return await server.SubscribeAsync(DeviceId!, recorded.UriPath);
        string asyncId = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var body = new Dictionary<string, string> { ["method"] = recorded.Code == CoapCode.Get ? "GET" : recorded.Code == CoapCode.Put ? "PUT" : "POST", ["uri"] = recorded.UriPath };
        if (recorded.Payload.Length > 0)
        {
            body["payload-b64"] = Convert.ToBase64String(recorded.Payload);
            // Content-Format 0, and no other: pelion-clients, 4.6.
            body["content-type"] = "text/plain";
        }

        await server.RequestAsync(DeviceId!, asyncId, body);
        return asyncId;
    }

    private async Task ExpectAnswerAsync(WireMessage recorded)
    {
        WireMessage actual = await ReadAsync();
        Assert.Equal((recorded.Type, recorded.MessageId), (actual.Type, actual.MessageId));
        if (actual.Code.IsEmpty && !recorded.Code.IsEmpty)
        {
            // It takes its time, and comes by itself (RFC 7252, 5.2.2); the client acknowledges.
            actual = await ReadAsync();
            Assert.Equal(MessageType.Confirmable, actual.Type);
            await _connection!.SendAsync(new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, actual.MessageId).ToBytes());
        }

        Assert.Equal(recorded.Code, actual.Code);
        Assert.Equal(recorded.Token, actual.Token);
        if (_enrollment is not null)
        {
            _identity = _enrollment.Accept(await CollectAsync(actual), _account!.Authority);
            _enrollment.Dispose();
            _enrollment = null;
            return;
        }

        // No option more than what the client is known to take: Max-Age would change its lifetime (pelion-clients, 4.5).
        Assert.Equal(Numbers(recorded), Numbers(actual));
        Assert.Equal(recorded.Block1, actual.Block1);
        Assert.Equal(recorded.Options.GetStrings(CoapOptionNumber.LocationPath).Select(Replace), actual.Options.GetStrings(CoapOptionNumber.LocationPath));
        Assert.Equal(Convert.ToHexStringLower(recorded.Payload), Convert.ToHexStringLower(actual.Payload));
    }

    /// <summary>The next request, in whole: the client answers each piece but the last with 2.31, and the token stays (pelion-clients, 4.4).</summary>
    private async Task<WireMessage> TakeAsync()
    {
        var body = new List<byte>();
        byte[]? token = null;
        while (true)
        {
            WireMessage request = await ReadAsync();
            Assert.True(request.Code.IsRequest, request.ToString());
            Assert.Equal(token ??= request.Token, request.Token);
            Assert.True(request.Payload.Length <= PelionConversation.BlockSize && request.Block1 is null or { Size: <= PelionConversation.BlockSize }, request.ToString());
            body.AddRange(request.Payload);
            if (request.Block1 is not { More: true } piece)
                return new WireMessage(request.Type, request.Code, request.MessageId) { Token = request.Token, Options = request.Options, Payload = [.. body] };
            var next = new WireMessage(MessageType.Acknowledgement, CoapCode.Continue, request.MessageId) { Token = request.Token };
            next.Options.Add(CoapOptionNumber.Block1, piece.ToUInt());
            await _connection!.SendAsync(next.ToBytes());
        }
    }

    /// <summary>An answer in whole: the client asks for the rest with path and token alone.</summary>
    private async Task<WireMessage> CollectAsync(WireMessage first)
    {
        var body = new List<byte>(first.Payload);
        WireMessage answer = first;
        for (uint number = 1; answer.Block2 is { More: true } block; number++)
        {
            Assert.Equal(PelionConversation.BlockSize, block.Size);
            var request = new WireMessage(MessageType.Confirmable, CoapCode.Post, (ushort)(first.MessageId + number)) { Token = first.Token, Path = "/est/sen" };
            request.Options.Add(CoapOptionNumber.Block2, new BlockValue(number, false, SizeExponent).ToUInt());
            await _connection!.SendAsync(request.ToBytes());
            answer = await ReadAsync();
            Assert.Equal((request.MessageId, number), (answer.MessageId, answer.Block2?.Number));
            body.AddRange(answer.Payload);
        }

        return new WireMessage(first.Type, first.Code, first.MessageId) { Token = first.Token, Options = first.Options, Payload = [.. body] };
    }

    /// <summary>The server's next message. What it repeats over DTLS, where a slow machine has not acknowledged in time, counts once.</summary>
    private async Task<WireMessage> ReadAsync()
    {
        while (true)
        {
            byte[] bytes = await _connection!.ReceiveAsync();
            Assert.InRange(bytes.Length, 4, PelionConversation.BufferSize);
            WireMessage message = WireMessage.Parse(bytes);
            if (message.Type != MessageType.Confirmable || _seen.Add(message.MessageId))
                return message;
        }
    }

    private static CoapOptionNumber[] Numbers(WireMessage message) => [.. message.Options.Select(option => option.Key)];

    private static byte[] WithBlock1(byte[] acknowledgement, BlockValue block)
    {
        WireMessage message = WireMessage.Parse(acknowledgement);
        message.Options.Add(CoapOptionNumber.Block1, block.ToUInt());
        return message.ToBytes();
    }

    private byte[] Replace(byte[] message) => Encoding.Latin1.GetBytes(Replace(Encoding.Latin1.GetString(message)));

    private string Replace(string text) => text.Replace(RecordedMessage.AccountId, credentials.AccountId, StringComparison.Ordinal)
        .Replace(RecordedMessage.EndpointName, credentials.EndpointName, StringComparison.Ordinal).Replace(RecordedMessage.DeviceId, DeviceId ?? "", StringComparison.Ordinal);
}
