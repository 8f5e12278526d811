namespace Surety.Pki;

/// <summary>What came of a validation (RFC 5280, 6).</summary>
public sealed class CertificationPath
{
    internal CertificationPath(IReadOnlyList<ReadOnlyMemory<byte>> certificates, IReadOnlyList<CertificateFault> faults)
    {
        Certificates = certificates;
        Faults = faults;
    }

    /// <summary>A path was found, and all of it is right.</summary>
    public bool IsValid => Faults.Count == 0;

    /// <summary>The best path found, DER: the certificate asked about first, the trust anchor last. When none was found: the certificate alone.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; }

    /// <summary>All that is wrong, from the trust anchor down to the certificate.</summary>
    public IReadOnlyList<CertificateFault> Faults { get; }

    /// <summary>The faults in one line; empty when there are none.</summary>
    public string Reason => string.Join("; ", Faults);
}
