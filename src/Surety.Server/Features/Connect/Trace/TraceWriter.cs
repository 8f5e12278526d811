using System.Globalization;
using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Connect;

/// <summary>Writes messages down for people. One for each trace; calls come from the threads of endpoints, one at a time.</summary>
internal sealed class TraceWriter(ObjectDefinitions definitions, TimeProvider time)
{
    // Requests whose answers may still come.
    private const int MaxRequests = 64;

    // Of a payload in words.
    private const int MaxText = 16 * 1024;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly Dictionary<(CoapPeer Peer, string Token), string> _paths = [];
    private readonly Queue<(CoapPeer Peer, string Token)> _order = new();

    /// <summary>A line of the trace.</summary>
    /// <param name="peer">With whom.</param>
    /// <param name="isSent">The message is ours.</param>
    /// <param name="message">The message.</param>
    /// <param name="isBootstrap">It is one of the bootstrap server's.</param>
    /// <param name="registration">The device's registration; null: it has none.</param>
    public TraceLine Write(in CoapPeer peer, bool isSent, in CoapMessage message, bool isBootstrap, Registration? registration)
    {
        var token = Convert.ToHexStringLower(message.Token);
        var path = PathOf(peer, message, token);
        var isReliable = peer.Endpoint.IsReliable;
        // Errors say why, in words.
        var withheld = isSent && message.Payload.Length > 0 && message.Code.Class < 4 && (isBootstrap || HasKey(path));
        return new TraceLine
        {
            Time = time.GetUtcNow(),
            Direction = isSent ? "out" : "in",
            Server = isBootstrap ? "bootstrap" : "lwm2m",
            Scheme = peer.Endpoint.Scheme,
            Address = peer.Endpoint.GetRemoteEndPoint(peer.Key)?.ToString(),
            Security = peer.Endpoint.DescribeSecurity(peer.Key),
            Type = isReliable ? null : NameOf(message.Type),
            Code = message.Code.ToString(),
            CodeName = NameOf(message.Code),
            MessageId = isReliable ? null : message.MessageId,
            Token = token,
            Path = path,
            Options = ReadOptions(message),
            ContentFormat = message.ContentFormat is { } format ? format.Value : null,
            PayloadLength = message.Payload.Length,
            Withheld = withheld,
            Text = withheld ? null : TextOf(message, path, registration),
            Datagram = withheld ? null : Convert.ToBase64String(message.ToDatagram()),
        };
    }

    private static string NameOf(MessageType type) => type switch
    {
        MessageType.Confirmable => "CON",
        MessageType.NonConfirmable => "NON",
        MessageType.Acknowledgement => "ACK",
        _ => "RST",
    };

    /// <summary>The names of RFC 7252, 12.1, RFC 8132 and RFC 8323.</summary>
    private static string NameOf(CoapCode code) => (code.Class, code.Detail) switch
    {
        (0, 0) => "Empty",
        (0, 1) => "GET",
        (0, 2) => "POST",
        (0, 3) => "PUT",
        (0, 4) => "DELETE",
        (0, 5) => "FETCH",
        (0, 6) => "PATCH",
        (0, 7) => "iPATCH",
        (2, 1) => "Created",
        (2, 2) => "Deleted",
        (2, 3) => "Valid",
        (2, 4) => "Changed",
        (2, 5) => "Content",
        (2, 31) => "Continue",
        (4, 0) => "Bad Request",
        (4, 1) => "Unauthorized",
        (4, 2) => "Bad Option",
        (4, 3) => "Forbidden",
        (4, 4) => "Not Found",
        (4, 5) => "Method Not Allowed",
        (4, 6) => "Not Acceptable",
        (4, 8) => "Request Entity Incomplete",
        (4, 9) => "Conflict",
        (4, 12) => "Precondition Failed",
        (4, 13) => "Request Entity Too Large",
        (4, 15) => "Unsupported Content-Format",
        (4, 22) => "Unprocessable Entity",
        (4, 29) => "Too Many Requests",
        (5, 0) => "Internal Server Error",
        (5, 1) => "Not Implemented",
        (5, 2) => "Bad Gateway",
        (5, 3) => "Service Unavailable",
        (5, 4) => "Gateway Timeout",
        (5, 5) => "Proxying Not Supported",
        (7, 1) => "CSM",
        (7, 2) => "Ping",
        (7, 3) => "Pong",
        (7, 4) => "Release",
        (7, 5) => "Abort",
        _ => code.ToString(),
    };

    /// <summary>The path of a request; of an answer that of the request with its token.</summary>
    private string? PathOf(in CoapPeer peer, in CoapMessage message, string token)
    {
        var key = (peer, token);
        if (!message.Code.IsRequest)
            return _paths.GetValueOrDefault(key);
        var path = new StringBuilder();
        var options = message.Options;
        while (options.MoveNext())
        {
            if (options.Number == CoapOptionNumber.UriPath)
                path.Append('/').Append(Encoding.UTF8.GetString(options.Value));
        }

        var text = path.Length == 0 ? "/" : path.ToString();
        if (!_paths.ContainsKey(key))
            _order.Enqueue(key);
        _paths[key] = text;
        if (_order.Count > MaxRequests)
            _paths.Remove(_order.Dequeue());
        return text;
    }

    /// <summary>Keys that were made for a device over EST (RFC 9148, 4.8).</summary>
    private static bool HasKey(string? path) => path is not null && (path.EndsWith("/skg", StringComparison.Ordinal) || path.EndsWith("/skc", StringComparison.Ordinal));

    private static List<TraceOption> ReadOptions(in CoapMessage message)
    {
        // Those of signals have meanings of their own (RFC 8323, 5.2).
        List<TraceOption> list = [];
        var options = message.Options;
        while (options.MoveNext())
        {
            var name = message.Code.Class == 7 || !Enum.IsDefined(options.Number) ? null : options.Number.ToString();
            list.Add(new TraceOption((int)options.Number, name, name is null ? Convert.ToHexStringLower(options.Value) : ValueOf(options.Number, options.Value)));
        }

        return list;
    }

    private static string ValueOf(CoapOptionNumber number, ReadOnlySpan<byte> value) => number switch
    {
        CoapOptionNumber.UriPath or CoapOptionNumber.UriQuery or CoapOptionNumber.UriHost or CoapOptionNumber.LocationPath or CoapOptionNumber.LocationQuery
            or CoapOptionNumber.ProxyUri or CoapOptionNumber.ProxyScheme => Encoding.UTF8.GetString(value),
        CoapOptionNumber.Block1 or CoapOptionNumber.Block2 when value.Length <= 4 => BlockOf(CoapOption.ReadUInt(value)),
        CoapOptionNumber.Observe or CoapOptionNumber.UriPort or CoapOptionNumber.ContentFormat or CoapOptionNumber.MaxAge or CoapOptionNumber.Accept
            or CoapOptionNumber.HopLimit or CoapOptionNumber.Size1 or CoapOptionNumber.Size2 or CoapOptionNumber.NoResponse when value.Length <= 4 =>
            CoapOption.ReadUInt(value).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToHexStringLower(value),
    };

    /// <summary>RFC 7959, 2.2: number, more, size.</summary>
    private static string BlockOf(uint value) => string.Create(
        CultureInfo.InvariantCulture, $"{value >> 4}/{((value & 8) != 0 ? 1 : 0)}/{((value & 7) == 7 ? "BERT" : (16 << (int)(value & 7)).ToString(CultureInfo.InvariantCulture))}");

    private string? TextOf(in CoapMessage message, string? path, Registration? registration)
    {
        if (message.Payload.IsEmpty)
            return null;
        // An error says in words what is wrong (RFC 7252, 5.5.2).
        if (message.ContentFormat is not { } format)
            return message.Code.IsRequest || message.Code.Class == 2 ? null : AsText(message.Payload);
        if (IsBlock(message))
            return null;
        var at = Lwm2mPath.TryParse(path ?? "/", out var parsed) ? parsed : Lwm2mPath.Root;
        var context = new ContentContext(definitions.Registry, time.GetUtcNow(), registration?.Links, registration?.Version ?? Lwm2mVersion.V11) { KeepMistyped = true, AllowsOtherObjects = true };
        List<ResourceEntry> entries = [];
        return Lwm2mContent.TryDecode(format, message.Payload, at, context, entries, out _) && entries.Count > 0
            ? Cut(string.Join('\n', entries.Select(entry => $"{entry.Path} = {entry.Value}")))
            : AsText(message.Payload);
    }

    private static bool IsBlock(in CoapMessage message) =>
        message.GetUIntOption(message.Code.IsRequest ? CoapOptionNumber.Block1 : CoapOptionNumber.Block2) is { } block && ((block & 8) != 0 || block >> 4 > 0);

    private static string? AsText(ReadOnlySpan<byte> payload)
    {
        try
        {
            var text = Utf8.GetString(payload);
            return text.Any(c => char.IsControl(c) && c is not '\n' and not '\r' and not '\t') ? null : Cut(text);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText] + "…";
}
