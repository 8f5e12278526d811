namespace Surety.Pki;

/// <summary>How an <see cref="OcspResponder"/> answers.</summary>
public sealed record OcspResponderOptions
{
    /// <summary>How long an answer holds: thisUpdate to nextUpdate. Default one hour: short, so that a revocation is believed soon.</summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Answers without a nonce that are kept, about 1 KiB each. Default 10,000; 0: each is signed anew.</summary>
    public int MaxKept { get; init; } = 10_000;
}
