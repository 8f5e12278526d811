namespace Surety.Server.Features.Certificates;

/// <summary>How EST works.</summary>
internal sealed record EstOptions
{
    /// <summary>The server makes keys for devices that ask for it (RFC 7030, 4.4). Default false: a key that was made elsewhere has been elsewhere.</summary>
    public bool ServerKeyGeneration { get; init; }

    /// <summary>Certificates that one device may ask for in an hour, and in a burst. Default 20.</summary>
    public int EnrollmentsPerHour { get; init; } = 20;

    /// <summary>How long a client is kept waiting for an issuer before it is told to come back. Default 20 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>When a client that was told to come back should. Default 30 s.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a certificate is kept for the repetition of the request that got it, whose answer may be lost. Default 10 minutes.</summary>
    public TimeSpan RepetitionTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Enrolments that run or are kept for a repetition. Default 10,000; what comes on top is told to come back.</summary>
    public int MaxEnrollments { get; init; } = 10_000;
}
