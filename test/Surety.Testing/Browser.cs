using System.Net;
using System.Net.Http.Headers;

namespace Surety.Testing;

/// <summary>As much of a web browser as signing in takes: cookies by host, forms, and redirections, which are followed one at a time.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Dictionary<(string Host, string Name), string> _cookies = [];

    /// <summary>The attributes of each cookie that was set, by its name: lower case, with their values.</summary>
    public Dictionary<string, IReadOnlyList<string>> CookieAttributes { get; } = [];

    /// <summary>Where the last answer has come from.</summary>
    public Uri Location { get; private set; } = new("about:blank");

    /// <summary>Asks for a page.</summary>
    public Task<HttpResponseMessage> GetAsync(Uri uri, CancellationToken cancellationToken) => SendAsync(new HttpRequestMessage(HttpMethod.Get, uri), cancellationToken);

    /// <summary>Sends a form or another body.</summary>
    public Task<HttpResponseMessage> PostAsync(Uri uri, HttpContent content, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, uri) { Content = content }, cancellationToken);

    /// <summary>Follows redirections until there are no more, or one leads to where <paramref name="until"/> says.</summary>
    /// <returns>The last answer.</returns>
    public async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage response, Func<Uri, bool> until, CancellationToken cancellationToken)
    {
        for (int i = 0; i < 20 && Next(response) is { } next && !until(next); i++)
        {
            response.Dispose();
            response = await GetAsync(next, cancellationToken);
        }

        return response;
    }

    /// <summary>Where an answer leads; null when it is no redirection.</summary>
    public Uri? Next(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther && response.Headers.Location is { } location ? new Uri(Location, location) : null;

    /// <summary>Has the cookies of another browser, as who has stolen them would.</summary>
    public void Steal(Browser from)
    {
        foreach (var (key, value) in from._cookies)
            _cookies[key] = value;
    }

    /// <summary>Changes every cookie that there is.</summary>
    public void Tamper(Func<string, string> change)
    {
        foreach (var key in _cookies.Keys.ToList())
            _cookies[key] = change(_cookies[key]);
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Location = request.RequestUri!;
        string host = Location.Authority;
        string cookies = string.Join("; ", _cookies.Where(cookie => cookie.Key.Host == host).Select(cookie => $"{cookie.Key.Name}={cookie.Value}"));
        if (cookies.Length > 0)
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
        foreach (string line in response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? lines) ? lines : [])
            Keep(host, line);
        return response;
    }

    private void Keep(string host, string line)
    {
        string[] parts = line.Split(';', StringSplitOptions.TrimEntries);
        int equals = parts[0].IndexOf('=', StringComparison.Ordinal);
        string name = parts[0][..equals], value = parts[0][(equals + 1)..];
        CookieAttributes[name] = [.. parts.Skip(1).Select(part => part.ToLowerInvariant())];
        if (value.Length == 0 || CookieAttributes[name].Contains("max-age=0"))
            _cookies.Remove((host, name));
        else
            _cookies[(host, name)] = value;
    }
}
