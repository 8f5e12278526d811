using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Surety.Server.Features.Notifications;

/// <summary>Where a webhook delivers, and what it adds to every request. Headers may hold secrets: never logged.</summary>
internal sealed class WebhookTarget
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // What belongs to the connection or to the body is not the application's to say (RFC 9110, 7.6.1), and Host could reach what the URL
    // does not name.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Encoding", "Content-Length", "Content-Range", "Expect", "Host", "Keep-Alive", "Proxy-Authenticate",
        "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    private WebhookTarget(Uri url, string text, IReadOnlyDictionary<string, string> headers)
    {
        Url = url;
        Text = text;
        Headers = headers;
    }

    public Uri Url { get; }

    /// <summary>The URL as the application wrote it.</summary>
    public string Text { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Checks what an application sent.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="headers">Name to value.</param>
    /// <param name="target">The target.</param>
    /// <param name="reason">What is wrong, for the application.</param>
    public static bool TryCreate(
        string url,
        IReadOnlyDictionary<string, string?>? headers,
        [NotNullWhen(true)] out WebhookTarget? target,
        [NotNullWhen(false)] out string? reason)
    {
        target = null;
        var checkedHeaders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        reason = UrlMistake(url, out var uri);
        foreach (var (name, value) in headers ?? new Dictionary<string, string?>())
            reason ??= HeaderMistake(name, value ?? "") ?? (checkedHeaders.TryAdd(name, value ?? "") ? null : $"header {name}: is there twice");
        if (reason is null && url.Length + checkedHeaders.Sum(header => header.Key.Length + header.Value.Length) > ChannelLimits.MaxWebhook)
            reason = $"url and headers: must have at most {ChannelLimits.MaxWebhook} characters together";
        if (reason is not null)
            return false;
        target = new WebhookTarget(uri!, url, checkedHeaders);
        return true;
    }

    private static string? UrlMistake(string url, out Uri? uri)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            return "url: must be an absolute http or https URL";
        if (uri.UserInfo.Length > 0)
            return "url: must not hold a user name or password; send them as a header";
        return null;
    }

    private static string? HeaderMistake(string name, string value)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters))
            return $"header '{Api.ApiException.Shorten(name)}': is not a valid header name";
        if (Reserved.Contains(name))
            return $"header {name}: is set by the server";
        // Field values are visible ASCII, blanks and tabs (RFC 9110, 5.5).
        foreach (var c in value)
        {
            if (c is (< ' ' or > '~') and not '\t')
                return $"header {name}: has a character that is not allowed in a header";
        }

        return null;
    }
}
