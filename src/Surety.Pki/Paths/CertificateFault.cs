namespace Surety.Pki;

/// <summary>What is wrong with one certificate of a path.</summary>
/// <param name="Subject">Its subject, for people.</param>
/// <param name="Reason">What is wrong, in words: a part of a sentence.</param>
public sealed record CertificateFault(string Subject, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Subject}: {Reason}";
}
