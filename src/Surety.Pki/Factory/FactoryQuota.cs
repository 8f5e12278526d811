using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Surety.Pki;

/// <summary>How many devices a factory may make, signed by who owns the product.</summary>
/// <param name="Id">The quota's name.</param>
/// <param name="Factory">The factory that it is for.</param>
/// <param name="Limit">Certificates that the box may have made altogether, since its beginning; a new quota has a higher limit.</param>
/// <param name="NotAfter">When it ends.</param>
public sealed record FactoryQuota(string Id, string Factory, int Limit, DateTimeOffset NotAfter)
{
    /// <summary>The <c>typ</c> of the signed document.</summary>
    public const string DocumentType = "surety-factory-quota+json";

    /// <summary>Signs the quota.</summary>
    /// <param name="authority">Who grants it; its certificate goes with it.</param>
    /// <param name="chain">Certificates above it, but for the root.</param>
    public byte[] Sign(CertificateAuthority authority, params X509Certificate2[] chain)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return SignedDocument.Sign(JsonSerializer.SerializeToUtf8Bytes(this, FactoryJson.Default.FactoryQuota), DocumentType, authority.Key, [authority.Certificate, .. chain]);
    }

    /// <summary>Reads a quota of somebody trusted.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> document, CertificationPathValidator trusted, DateTimeOffset time, [NotNullWhen(true)] out FactoryQuota? quota, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        quota = null;
        if (!SignedDocument.TryVerify(document, DocumentType, trusted, time, out byte[]? payload, out problem))
            return false;
        try
        {
            quota = JsonSerializer.Deserialize(payload, FactoryJson.Default.FactoryQuota);
        }
        catch (JsonException e)
        {
            problem = $"it is no quota ({e.Message})";
            return false;
        }

        problem = quota is not { Id.Length: > 0, Factory.Length: > 0, Limit: >= 0 } ? "it is no quota: id, factory and limit are wanted" : null;
        return problem is null;
    }
}
