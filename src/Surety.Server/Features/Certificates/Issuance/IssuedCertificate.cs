using System.Security.Cryptography.X509Certificates;

namespace Surety.Server.Features.Certificates;

/// <summary>What a device gets for its request.</summary>
/// <param name="Certificate">The device's certificate.</param>
/// <param name="Issuers">The authorities above it, its issuer first, up to and with the root or as far as the issuer tells.</param>
internal sealed record IssuedCertificate(X509Certificate2 Certificate, IReadOnlyList<X509Certificate2> Issuers);
