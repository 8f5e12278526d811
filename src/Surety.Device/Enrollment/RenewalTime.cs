using System.Security.Cryptography.X509Certificates;

namespace Surety.Device;

/// <summary>When a certificate is renewed: 30 days before it expires, or after 90 % of its lifetime, whichever is later.</summary>
internal static class RenewalTime
{
    private static readonly TimeSpan Margin = TimeSpan.FromDays(30);

    public static DateTimeOffset Of(X509Certificate2 certificate)
    {
        DateTimeOffset from = certificate.NotBefore.ToUniversalTime(), until = certificate.NotAfter.ToUniversalTime();
        DateTimeOffset byShare = from + ((until - from) * 0.9), byMargin = until - Margin;
        return byShare > byMargin ? byShare : byMargin;
    }
}
