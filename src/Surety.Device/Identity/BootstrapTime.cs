using System.Security.Cryptography.X509Certificates;

namespace Surety.Device;

/// <summary>
/// The time at which the chain of a bootstrap server is judged when the device's clock may be wrong: the clock's, moved into the time in which
/// the chain is valid. What a date cannot tell - issuer, signatures, names, usage - is judged as ever.
/// </summary>
internal static class BootstrapTime
{
    public static DateTimeOffset Choose(IReadOnlyList<X509Certificate2> chain, DateTimeOffset now)
    {
        DateTimeOffset from = chain.Max(certificate => certificate.NotBefore).ToUniversalTime(), until = chain.Min(certificate => certificate.NotAfter).ToUniversalTime();
        return from > until ? now : now < from ? from : now >= until ? until.AddSeconds(-1) : now;
    }
}
