using Surety.Dtls;

namespace Surety.Coap;

/// <summary>What an endpoint over DTLS needs beside certificates, which it has in common with TLS.</summary>
public sealed record DtlsCoapOptions
{
    /// <summary>The defaults.</summary>
    public static DtlsCoapOptions Default { get; } = new();

    /// <summary>Limits and times of DTLS.</summary>
    public DtlsEngineOptions Engine { get; init; } = DtlsEngineOptions.Default;

    /// <summary>The keys of clients with pre-shared keys; null: there are none.</summary>
    public IPreSharedKeyStore? PreSharedKeys { get; init; }

    /// <summary>Steps of handshakes with public-key work that may wait for a processor. Default 1,000, a fifth of a second's work of one core; beyond that clients repeat themselves.</summary>
    public int MaxPublicKeyWork { get; init; } = 1000;
}
