namespace Surety.Client;

/// <summary>How a <see cref="SuretyClient"/> behaves.</summary>
public sealed record SuretyClientOptions
{
    /// <summary>How long one attempt may take. 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Further attempts of a request that changes nothing when repeated (GET, PUT, DELETE) after 429 or 503. 4.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The longest <c>Retry-After</c> that is waited for; a longer one becomes an error at once. One minute.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The largest answer that is read, in bytes. 64 MiB.</summary>
    public int MaxAnswerLength { get; init; } = 64 * 1024 * 1024;

    /// <summary>Fetch notifications by long polls alone, where no websocket passes.</summary>
    public bool UseLongPoll { get; init; }

    /// <summary>The clock of time-outs and pauses.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What requests are sent with, for proxies and own trust; it stays the caller's. Null: a handler of the client's own.</summary>
    public HttpMessageHandler? Handler { get; init; }
}
