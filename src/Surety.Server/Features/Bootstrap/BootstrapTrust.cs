using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Certificates;
using Surety.Server.Storage;

namespace Surety.Server.Features.Bootstrap;

/// <summary>
/// The authorities that accounts trust for bootstrap, for handshakes: in memory. Those that are INACTIVE are among them, so that their devices are
/// told, and accounts see, why they are refused.
/// </summary>
internal sealed partial class BootstrapTrust(SuretyDbFactory databases, TrustedCertificates certificates, ILogger<BootstrapTrust> log) : IDisposable
{
    // By subject name, since a chain names its issuers.
    private volatile ILookup<string, X509Certificate2> _anchors = Array.Empty<X509Certificate2>().ToLookup(certificate => "");
    private readonly ConcurrentDictionary<string, X509Certificate2> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _loading = new(1);

    /// <summary>Reads what is trusted, and from now on what changes.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        certificates.Changed += OnChanged;
    }

    /// <summary>The anchors that a chain may end in.</summary>
    public IEnumerable<X509Certificate2> Find(IReadOnlyList<X509Certificate2> chain)
    {
        var anchors = _anchors;
        // A trusted certificate may be the device's own: the one that developers share.
        return chain.SelectMany(certificate => anchors[NameOf(certificate.IssuerName)].Concat(anchors[NameOf(certificate.SubjectName)])).Distinct();
    }

    public void Dispose() => certificates.Changed -= OnChanged;

    private void OnChanged(EntityId account) => _ = ReloadAsync();

    private async Task ReloadAsync()
    {
        try
        {
            await LoadAsync(CancellationToken.None);
        }
        catch (Exception error)
        {
            LogFailed(error);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            await using var db = databases.OpenForPlatform();
            var rows = await db.AllAccounts<TrustedCertificate>().AsNoTracking().Where(row => row.Service == TrustedCertificateService.Bootstrap)
                .Select(row => new { row.Certificate, row.Fingerprint }).ToListAsync(cancellationToken);
            // Certificates that are gone stay in memory: handshakes may hold them. There are at most some dozens to an account.
            _anchors = rows.DistinctBy(row => row.Fingerprint).Select(row => Read(row.Certificate, row.Fingerprint)).OfType<X509Certificate2>()
                .ToLookup(certificate => NameOf(certificate.SubjectName), StringComparer.Ordinal);
        }
        finally
        {
            _loading.Release();
        }
    }

    private X509Certificate2? Read(string pem, string fingerprint)
    {
        if (_known.TryGetValue(fingerprint, out var known))
            return known;
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        return all.FirstOrDefault(certificate => certificate.GetCertHashString(HashAlgorithmName.SHA256).Equals(fingerprint, StringComparison.OrdinalIgnoreCase)) is { } found
            ? _known.GetOrAdd(fingerprint, found)
            : null;
    }

    private static string NameOf(X500DistinguishedName name) => Convert.ToHexString(name.RawData);

    [LoggerMessage(1601, LogLevel.Error, "The trusted certificates for bootstrap could not be read anew; those of before count")]
    private partial void LogFailed(Exception exception);
}
