using System.Net.Http.Headers;
using System.Text.Json;

namespace Surety.Client;

/// <summary>Sends requests: who is asking, how long to wait, when to ask again, and what an error means.</summary>
internal sealed class RestTransport : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    // A token is renewed before the server's clock ends it.
    private static readonly TimeSpan TokenMargin = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly SuretyCredential _credential;
    private readonly SemaphoreSlim _login = new(1, 1);
    private string? _token;
    private DateTimeOffset _tokenEnd;

    public RestTransport(Uri url, SuretyCredential credential, SuretyClientOptions options)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))
            throw new ArgumentException($"'{url}' is no address of a server; write it as https://host:port.", nameof(url));
        // A base without its last slash would lose its last segment.
        Url = url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
        Options = options;
        _credential = credential;
        _http = options.Handler is { } handler
            ? new HttpClient(handler, disposeHandler: false)
            // A redirect would carry the key to another host, or turn a POST into a GET.
            : new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        _http.BaseAddress = Url;
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _http.MaxResponseContentBufferSize = options.MaxAnswerLength;
    }

    public Uri Url { get; }

    public SuretyClientOptions Options { get; }

    public TimeProvider Time => Options.TimeProvider;

    public static HttpContent Json<T>(T body) => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, SuretyJson.Of<T>()))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false)).Read<T>();

    public async Task<TAnswer> SendAsync<T, TAnswer>(HttpMethod method, string path, T body, CancellationToken cancellationToken) =>
        (await SendAsync(method, path, () => Json(body), cancellationToken).ConfigureAwait(false)).Read<TAnswer>();

    /// <summary>Sends a request, and again when that is safe and the server asks for patience.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, without a slash at its begin.</param>
    /// <param name="content">Makes the body of an attempt.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="timeout">For one attempt; that of the options when null.</param>
    /// <param name="ifMatch">The etag that must still be there.</param>
    /// <exception cref="SuretyException">The server has refused.</exception>
    /// <exception cref="TimeoutException">The server did not answer.</exception>
    /// <exception cref="HttpRequestException">There is no way to the server.</exception>
    public async Task<RestAnswer> SendAsync(HttpMethod method, string path, Func<HttpContent>? content, CancellationToken cancellationToken, TimeSpan? timeout = null, string? ifMatch = null)
    {
        bool mayRepeat = method != HttpMethod.Post;
        for (int attempt = 0; ; attempt++)
        {
            string token = await GetTokenAsync(cancellationToken).ConfigureAwait(false);
            using var request = new HttpRequestMessage(method, path) { Content = content?.Invoke(), Headers = { Authorization = new("Bearer", token) } };
            if (ifMatch is not null)
                request.Headers.TryAddWithoutValidation("If-Match", $"\"{ifMatch}\"");
            using HttpResponseMessage response = await AttemptAsync(request, timeout ?? Options.Timeout, cancellationToken).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
            if (mayRepeat && attempt < Options.Retries && (int)response.StatusCode is 429 or 503 && PauseOf(response, attempt) is var pause && pause <= Options.MaxRetryAfter)
            {
                await Task.Delay(pause, Time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if ((int)response.StatusCode == 401 && _credential.Token is null && attempt == 0)
            {
                // The session has been ended on the server; the password may open another.
                Interlocked.CompareExchange(ref _token, null, token);
                continue;
            }

            throw RestErrors.Read(response, body);
        }
    }

    /// <summary>Opens an answer that is read as it comes. Not sent again; the caller disposes of it.</summary>
    /// <param name="path">The path, without a slash at its begin.</param>
    /// <param name="lastEventId">For event streams.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="SuretyException">The server has refused.</exception>
    /// <exception cref="TimeoutException">The answer did not begin.</exception>
    /// <exception cref="HttpRequestException">There is no way to the server.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, string? lastEventId, CancellationToken cancellationToken)
    {
        string token = await GetTokenAsync(cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new("Bearer", token) } };
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        HttpResponseMessage response = await AttemptAsync(request, Options.Timeout, cancellationToken, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw RestErrors.Read(response, await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Copies an answer of any length.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public async Task CopyAsync(string path, Stream destination, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await OpenAsync(path, null, cancellationToken).ConfigureAwait(false);
        await using var body = new PatientStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), Options.Timeout, Time);
        await body.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the header <c>Authorization</c> carries behind <c>Bearer</c>.</summary>
    public async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (_credential.Token is { } key)
            return key;
        await _login.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token is { } token && Time.GetUtcNow() < _tokenEnd)
                return token;
            Dictionary<string, string> form = new() { ["username"] = _credential.Username!, ["password"] = _credential.Password! };
            if (_credential.Account is { } account)
                form["account"] = account;
            using var request = new HttpRequestMessage(HttpMethod.Post, "auth/login") { Content = new FormUrlEncodedContent(form) };
            using HttpResponseMessage response = await AttemptAsync(request, Options.Timeout, cancellationToken).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw RestErrors.Read(response, body);
            LoginAnswer answer = new RestAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body).Read<LoginAnswer>();
            _tokenEnd = Time.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresIn, 0, 86_400)) - TokenMargin;
            _token = string.IsNullOrEmpty(answer.Token) ? throw new SuretyException(200, SuretyException.UnexpectedAnswer, "The server signed the user in, but sent no token.") : answer.Token;
            return _token;
        }
        finally
        {
            _login.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _login.Dispose();
    }

    private async Task<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellationToken, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var timer = new CancellationTokenSource(timeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            // By default read to the end within the time: a body may hang as well as a header.
            return await _http.SendAsync(request, completion, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{Url} did not answer {request.Method} /{request.RequestUri} within {timeout.TotalSeconds:0.#} seconds.", e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new SuretyException(0, SuretyException.UnexpectedAnswer, $"The answer of {Url} is longer than {Options.MaxAnswerLength} bytes and was not read.", inner: e);
        }
    }

    private TimeSpan PauseOf(HttpResponseMessage response, int attempt) => response.Headers.RetryAfter switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - Time.GetUtcNow()).Ticks)),
        _ => FirstPause * Math.Pow(2, attempt),
    };
}
