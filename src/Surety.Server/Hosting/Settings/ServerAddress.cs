using System.Globalization;

namespace Surety.Server.Hosting.Settings;

/// <summary>A server that is named as <c>host:port</c>; IPv6 addresses are in brackets.</summary>
internal static class ServerAddress
{
    public static bool IsValid(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            && Uri.CheckHostName(text[..colon]) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
    }
}
