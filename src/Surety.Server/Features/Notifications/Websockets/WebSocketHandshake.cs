using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Surety.Server.Features.Notifications.Websockets;

/// <summary>The opening handshake (RFC 6455, 4.2), and the key that may come in it.</summary>
internal static class WebSocketHandshake
{
    /// <summary>The subprotocol of the answer. (connect, "Channels", Websocket.)</summary>
    public const string Subprotocol = "wss";

    private const string KeyPrefix = "pelion_";
    private const string Version = "13";
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>The API key in <c>Sec-WebSocket-Protocol</c>, for clients that cannot set a header; null when there is none.</summary>
    public static string? FindKey(HttpRequest request) => Subprotocols(request)
        .FirstOrDefault(name => name.StartsWith(KeyPrefix, StringComparison.Ordinal))?[KeyPrefix.Length..];

    /// <summary>Checks the request.</summary>
    /// <returns>0 when all is well, otherwise the HTTP status, and what to say.</returns>
    public static (int Status, string Reason) Check(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (!HasToken(headers.Connection, "upgrade") || !HasToken(headers.Upgrade, "websocket")
            || context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true })
        {
            return (StatusCodes.Status426UpgradeRequired, "Connect with a websocket: the headers 'Connection: Upgrade' and 'Upgrade: websocket' are missing.");
        }

        if (headers.SecWebSocketVersion.Count == 0)
            return (StatusCodes.Status400BadRequest, "The header Sec-WebSocket-Version is missing.");
        if (headers.SecWebSocketVersion != Version)
            return (StatusCodes.Status426UpgradeRequired, "The version of the websocket must be 13.");
        Span<byte> nonce = stackalloc byte[24];
        if (headers.SecWebSocketKey is not [{ Length: 24 } key] || !Convert.TryFromBase64String(key, nonce, out var length) || length != 16)
            return (StatusCodes.Status400BadRequest, "The header Sec-WebSocket-Key is missing, or is not 16 bytes in base64.");
        return default;
    }

    /// <summary>Answers a request that was checked.</summary>
    /// <returns>The connection.</returns>
    public static Task<Stream> AcceptAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey.ToString());
        if (Subprotocols(context.Request).Contains(Subprotocol, StringComparer.Ordinal))
            headers.SecWebSocketProtocol = Subprotocol;
        return context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    /// <summary>Tells a client whose request was refused what it must send.</summary>
    public static void Require(HttpResponse response)
    {
        response.Headers.Upgrade = "websocket";
        response.Headers.Connection = "Upgrade";
        response.Headers.SecWebSocketVersion = Version;
    }

    // One header with commas, or several headers: the same (RFC 6455, 11.3.4).
    private static IEnumerable<string> Subprotocols(HttpRequest request) =>
        request.Headers.SecWebSocketProtocol.SelectMany(
            value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static bool HasToken(Microsoft.Extensions.Primitives.StringValues values, string token) =>
        values.Any(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries).Contains(token, StringComparer.OrdinalIgnoreCase));

    private static string Accept(string key)
    {
        // RFC 6455, 4.2.2 asks for SHA-1; it proves only that the server has read the request.
#pragma warning disable RS0030, CA5350
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)));
#pragma warning restore RS0030, CA5350
    }
}
