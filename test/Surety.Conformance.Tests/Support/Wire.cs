using System.Text;
using System.Text.RegularExpressions;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Conformance.Tests;

/// <summary>
/// Messages as a line of text, everything that is in them included: <c>GET /3/0/0 Accept=0</c>, <c>2.05 Content-Format=0 | 1.0</c>,
/// <c>NON 2.05 Observe Content-Format=112 | /3/0/7/0=3800</c>. Text and SenML stand behind the bar as they read, other formats in hexadecimal.
/// </summary>
/// <remarks>
/// Left out is what LwM2M leaves open: the diagnostic payload of errors, the number in a notification's Observe, and what the server calls a
/// registration. A response in an acknowledgement has no type before it, nor has a Confirmable request.
/// </remarks>
internal static partial class Wire
{
    public static string Describe(WireMessage message)
    {
        if (message.Code.IsEmpty)
            return message.Type.ToString();
        bool isRequest = message.Code.IsRequest;
        var text = new StringBuilder();
        if (message.Type == MessageType.NonConfirmable)
            text.Append("NON ");
        else if (!isRequest && message.Type == MessageType.Confirmable)
            text.Append("CON ");
        text.Append(isRequest ? MethodOf(message.Code) : $"{message.Code.Class}.{message.Code.Detail:00}");
        if (isRequest)
            text.Append(' ').Append(PathOf(message));
        AppendOptions(text, message, isRequest);
        if (message.Payload.Length > 0 && message.Code.Class < 4)
            text.Append(" | ").Append(PayloadOf(message));
        return text.ToString();
    }

    private static void AppendOptions(StringBuilder text, WireMessage message, bool isRequest)
    {
        if (message.Options.GetUInt(CoapOptionNumber.Observe) is { } observe)
            text.Append(isRequest ? $" Observe={observe}" : " Observe");
        if (message.Options.Contains(CoapOptionNumber.LocationPath))
            text.Append(" Location=").Append(WithoutLocation("/" + string.Join('/', message.Options.GetStrings(CoapOptionNumber.LocationPath))));
        foreach ((CoapOptionNumber number, ReadOnlyMemory<byte> value) in message.Options)
        {
            switch (number)
            {
                case CoapOptionNumber.Observe or CoapOptionNumber.LocationPath or CoapOptionNumber.UriPath or CoapOptionNumber.UriQuery:
                    break;
                case CoapOptionNumber.ContentFormat:
                    text.Append($" Content-Format={message.Options.GetUInt(number)}");
                    break;
                case CoapOptionNumber.Accept:
                    text.Append($" Accept={message.Options.GetUInt(number)}");
                    break;
                default:
                    text.Append($" {number}={Convert.ToHexString(value.Span)}");
                    break;
            }
        }
    }

    private static string PathOf(WireMessage message)
    {
        string path = WithoutLocation("/" + string.Join('/', message.Options.GetStrings(CoapOptionNumber.UriPath)));
        string query = string.Join('&', message.Options.GetStrings(CoapOptionNumber.UriQuery));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    private static string PayloadOf(WireMessage message) => message.Options.GetUInt(CoapOptionNumber.ContentFormat) switch
    {
        0 or 40 or 11543 => message.Text,
        110 => SenmlText.FromJson(message.Payload),
        112 => SenmlText.FromCbor(message.Payload),
        _ => Convert.ToHexString(message.Payload),
    };

    private static string MethodOf(CoapCode code) => code.Value switch { 1 => "GET", 2 => "POST", 3 => "PUT", 4 => "DELETE", 5 => "FETCH", 6 => "PATCH", _ => "iPATCH" };

    private static string WithoutLocation(string path) => Location().Replace(path, "/rd/{loc}");

    [GeneratedRegex("^/rd/[^/]+$")]
    private static partial Regex Location();
}
