using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Surety.Server.Hosting.Settings;

/// <summary>Reads <c>address:port</c>. A name, a missing port or a missing address is refused, with a hint how to write it.</summary>
internal static class ListenAddress
{
    /// <summary>
    /// True with an address, or with null when <paramref name="text"/> is empty or <c>none</c>; false with the reason otherwise.
    /// </summary>
    public static bool TryParse(string text, out IPEndPoint? address, [NotNullWhen(false)] out string? reason)
    {
        address = null;
        reason = null;
        if (text.Length == 0 || text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return true;

        // IPEndPoint.Parse takes "5684" for the address 0.0.22.52, so the parts are taken apart here.
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (colon < 0 || (host.Contains(':', StringComparison.Ordinal) && !isBracketed))
            reason = $"'{text}' has no port; write for example 0.0.0.0:5684 or [::]:5684";
        else if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            reason = $"'{text[(colon + 1)..]}' is not a port from 0 to 65535 (0 takes a free one)";
        else if (!IPAddress.TryParse(isBracketed ? host[1..^1] : host, out var ip) || !(isBracketed || host.Count(c => c == '.') == 3))
            reason = $"'{host}' is not an IP address; write for example 0.0.0.0:5684 or [::]:5684, or 'none' to turn it off";
        else
            address = new IPEndPoint(ip, port);
        return reason is null;
    }
}
