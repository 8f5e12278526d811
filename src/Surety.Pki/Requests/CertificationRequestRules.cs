namespace Surety.Pki;

/// <summary>Which keys certificates are asked for.</summary>
public sealed record CertificationRequestRules
{
    /// <summary>P-256 and P-384 alone: what devices are made for (RFC 7925, 4.4).</summary>
    public static CertificationRequestRules Default { get; } = new();

    /// <summary>RSA keys too, of 2048 to 8192 bits, for gateways and servers; no device of RFC 7925 verifies them. Default: no.</summary>
    public bool AllowRsa { get; init; }
}
