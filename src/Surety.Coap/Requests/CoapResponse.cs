using System.Text;

namespace Surety.Coap;

/// <summary>A response: code, options and the whole body.</summary>
public sealed class CoapResponse
{
    /// <summary>A response with this code.</summary>
    public CoapResponse(CoapCode code) => Code = code;

    /// <summary>A response with a body.</summary>
    public CoapResponse(CoapCode code, ContentFormat format, ReadOnlyMemory<byte> payload)
    {
        Code = code;
        Payload = payload;
        Options.Add(CoapOptionNumber.ContentFormat, format.Value);
    }

    /// <summary>The response code.</summary>
    public CoapCode Code { get; }

    /// <summary>The options.</summary>
    public CoapOptions Options { get; init; } = new();

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The token, on responses received.</summary>
    public CoapToken Token { get; init; }

    /// <summary>The Content-Format of the payload.</summary>
    public ContentFormat? ContentFormat => Options.GetUInt(CoapOptionNumber.ContentFormat) is { } value ? new ContentFormat((ushort)value) : null;

    /// <summary>Observe: present when the server has added the client to the observers (RFC 7641, 3.1).</summary>
    public uint? Observe => Options.GetUInt(CoapOptionNumber.Observe);

    /// <summary>How long the response stays fresh; 60 seconds unless the server says otherwise (RFC 7252, 5.10.5).</summary>
    public TimeSpan MaxAge => TimeSpan.FromSeconds(Options.GetUInt(CoapOptionNumber.MaxAge) ?? 60);

    /// <summary>The path that the Location-Path options make, percent-encoded, <c>/rd/5a3f</c>: what a request for the new resource takes (RFC 7252, 5.10.7).</summary>
    public string LocationPath => CoapUri.ComposePath(Options, CoapOptionNumber.LocationPath);

    /// <summary>The query that the Location-Query options make, percent-encoded, with the question mark; empty without any.</summary>
    public string LocationQuery => CoapUri.ComposeQuery(Options, CoapOptionNumber.LocationQuery);

    /// <summary>The payload as text: a diagnostic message in errors (RFC 7252, 5.5.2).</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);

    /// <summary>An error with a diagnostic message.</summary>
    public static CoapResponse Error(CoapCode code, string diagnostic) => new(code) { Payload = Encoding.UTF8.GetBytes(diagnostic) };

    /// <summary>A copy of a received message, that may be kept.</summary>
    public static CoapResponse Read(in CoapMessage message) => new(message.Code)
    {
        Options = CoapOptions.Read(message.Options),
        Payload = message.Payload.ToArray(),
        Token = new CoapToken(message.Token),
    };

    /// <inheritdoc/>
    public override string ToString() => Code.IsSuccess || Payload.IsEmpty ? Code.ToString() : $"{Code} {Text}";
}
